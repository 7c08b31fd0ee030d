"""An explanation is that of the decision itself, and tells what each guardian has said by then."""

from datetime import datetime, timedelta

from hypothesis import given

from lichtbrief.consent import Deny, Facts, explain, silent
from lichtbrief.consent.explaining import PURPOSES, Explained
from lichtbrief.roster import Audience, Kind
from tests.consent.case import NOW, POSTED, Case, block, related, said
from tests.consent.test_laws import CASES

ASKED = Audience.group, Kind.photo


def explained(case: Case) -> Explained:
    facts = Facts.of(case.roster)
    return explain("sem-k", ASKED, case.on, case.at, facts, case.rules)


@given(CASES)
def test_the_reason_is_that_of_the_decision(case: Case) -> None:
    decision = case.showing("sem-k").decided()
    expected = decision.reason if isinstance(decision, Deny) else None
    assert expected == explained(case).reason


@given(CASES)
def test_nobody_is_heard_who_is_no_guardian_that_day(case: Case) -> None:
    deciding, others = Facts.of(case.roster).pupils["sem-k"].guardians(NOW.date())
    heard = {(one.guardian, one.decides) for one in explained(case).heard}
    assert {(one, True) for one in deciding} | {(one, False) for one in others} == heard


def test_each_guardian_is_heard_with_the_answer_that_counts() -> None:
    case = Case().on_file(
        said("yes"),
        said("no", at="2026-10-01T09:00"),
        said("yes", at="2026-12-01T09:00"),
        blocks=[block("safety", "2026-01-01"), block("objection", "2027-01-01")],
        relations=[related("ann", True, "2020-01-01"), related("oma", False, "2020-01-01")],
    )
    found = explained(case)
    assert ("blocked", ("safety",)) == (found.reason, found.blocks)
    ann, oma = found.heard
    assert ann.decides
    assert ann.said is not None
    assert (False, datetime(2026, 10, 1, 9)) == (ann.said.yes, ann.said.said_at)
    assert (False, None) == (oma.decides, oma.said)


def test_somebody_who_is_no_pupil_has_a_reason_alone() -> None:
    facts = Facts.of(Case().roster)
    asked = (ASKED, POSTED, NOW, facts, Case().rules)
    assert Explained("juf-sanne", None) == explain("juf-sanne", *asked)
    assert "unknown-person" == explain("kees-x", *asked).reason


def test_whoever_never_answered_anything_is_silent() -> None:
    case = Case().on_file(said("no", kind=Kind.video))
    pupil = Facts.of(case.roster).pupils["sem-k"]
    assert {"bob"} == silent(pupil, NOW)
    assert {"ann", "bob"} == silent(pupil, datetime(2026, 9, 1, 9) - timedelta(seconds=1))


def test_every_purpose_is_there_once() -> None:
    assert 12 == len(set(PURPOSES))
