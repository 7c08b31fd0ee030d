"""What a mother's mails have told her: noted before they go, counted once they have gone."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from lichtbrief.delivery import Day, Had, Ledger, Round, State
from lichtbrief.delivery.rounds import parse_occasion
from lichtbrief.editions import Week

W46, W47 = Week.parse("2026-W46"), Week.parse("2026-W47")
TUESDAY, WEDNESDAY = date(2026, 11, 17), date(2026, 11, 18)
D2, D3 = Day.on(TUESDAY), Day.on(WEDNESDAY)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.sqlite3") as ledger:
        yield ledger


def mail(
    ledger: Ledger, occasion: Week, *marks: str, end: State = State.SENT, day: date = TUESDAY
) -> None:
    """A mail to g1 that tells this much and ends so."""
    ledger.freeze(occasion, ["g1"])
    if marks:
        ledger.told.note(occasion, day, {"g1": marks})
    ledger.mark(occasion, "g1", State.SENDING)
    if end is not State.SENDING:
        ledger.mark(occasion, "g1", end)


def had(ledger: Ledger, since: Week = W47, now: Week = D3, *, holds: bool = False) -> Had | None:
    return ledger.told.had(["g1", "g2"], since, now, holds=holds).get("g1")


def test_days_and_weeks_and_rounds_are_told_apart_by_how_they_are_written() -> None:
    assert ("2026-W47-D2", W47) == (str(D2), Week(D2.year, D2.number))
    for occasion in (W47, D2, Round(2026, 47, 2), Day(2026, 53, 7)):
        assert occasion == parse_occasion(str(occasion))


@pytest.mark.parametrize("text", ["2026-W47-D", "2026-W47-X1", "2026-W54-D1", "", "D2"])
def test_what_no_occasion_is_written_as_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"week|invalid literal"):
        parse_occasion(text)


def test_a_mail_has_told_once_it_has_gone_out(ledger: Ledger) -> None:
    assert had(ledger) is None
    mail(ledger, D2, "bos", "mand")
    assert Had(frozenset({"bos", "mand"})) == had(ledger)
    mail(ledger, D3, "lezen", end=State.RETRY)
    assert Had(frozenset({"bos", "mand"})) == had(ledger)


@pytest.mark.parametrize("state", [State.FAILED, State.RETRY, State.UNCERTAIN])
def test_what_a_mail_told_that_did_not_surely_go_is_news_still(
    ledger: Ledger, state: State
) -> None:
    mail(ledger, D2, "bos", end=state)
    assert had(ledger) is None


def test_who_holds_what_is_uncertain_tells_it_once_and_goes_on_with_today(ledger: Ledger) -> None:
    mail(ledger, D2, "bos", end=State.UNCERTAIN)
    assert Had(frozenset({"bos"})) == had(ledger, holds=True)
    assert had(ledger, now=D2, holds=True) is None


def test_a_weeks_mail_without_marks_has_told_all_of_its_week(ledger: Ledger) -> None:
    mail(ledger, W46)
    mail(ledger, Round(2026, 47, 1))  # a fresh link tells nothing
    assert Had(weeks=frozenset({W46})) == had(ledger, since=W46)
    assert had(ledger, since=W47) is None


def test_a_mail_that_went_out_tells_what_it_told_then(ledger: Ledger) -> None:
    mail(ledger, D2, "bos")
    ledger.told.note(D2, TUESDAY, {"g1": ["bos", "lezen"]})
    assert Had(frozenset({"bos"})) == had(ledger)
    mail(ledger, D3, "bos", end=State.RETRY, day=WEDNESDAY)
    ledger.told.note(D3, WEDNESDAY, {"g1": ["lezen"]})
    ledger.mark(D3, "g1", State.SENDING)
    ledger.mark(D3, "g1", State.SENT)
    assert Had(frozenset({"bos", "lezen"})) == had(ledger)


def test_who_had_a_mail_on_a_day_is_known_whichever_job_sent_it(ledger: Ledger) -> None:
    mail(ledger, W47, "bos", day=WEDNESDAY)
    assert frozenset() == ledger.told.on(TUESDAY)
    assert {"g1"} == ledger.told.on(WEDNESDAY)
    assert {"g1"} == ledger.told.mailed(W47)


def test_what_is_long_past_is_forgotten_and_its_week_is_not_told_again(ledger: Ledger) -> None:
    mail(ledger, D2, "bos")
    ledger.told.note(Day.on(TUESDAY + timedelta(60)), TUESDAY + timedelta(60), {"g2": ["feest"]})
    assert Had(weeks=frozenset({W47})) == had(ledger)


def test_the_occasions_of_some_weeks_are_listed_in_order_without_rounds(ledger: Ledger) -> None:
    for occasion in (D3, W47, Round(2026, 47, 1), W46, D2, Day(2026, 48, 1)):
        ledger.freeze(occasion, ["g1"])
    assert (W46, W47, D2, D3) == ledger.told.occasions(W46, W47)
    assert (W47, D2, D3) == ledger.told.occasions(W47, D3)
    assert {} == ledger.waiting(W46)
    assert {W46: 1, W47: 1} == ledger.waiting(Week(2026, 48))
    assert Round(2026, 47, 1) == ledger.round(W47)
