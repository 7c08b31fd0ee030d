"""From answers to the office's table, and into letters: nobody moved, nobody overheard."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from lichtbrief.errors import LichtbriefError, ProblemsError
from lichtbrief.jobs.answers.answering import rights_of
from lichtbrief.jobs.answers.appointing import Appointed, appoint, offering, summary_of
from lichtbrief.jobs.answers.talk_news import TalkNews
from lichtbrief.jobs.answers.talk_plans import make_plans, write_plans
from lichtbrief.jobs.runs.inbox import filed_for
from lichtbrief.roster import read_roster
from tests.jobs.given import RING, THEME, decide_now
from tests.replies.office import Office, reply
from tests.school import SmallSchool

HEAD = "Kind: talks\nLength: 10\nDates: 2026-12-01 15:30-16:10\n"
HEADER = "post,pupil,guardians,teacher,start,status,changed_at\n"
POST = "groep-3/2026-11-20-praten"


@pytest.fixture
def school(tmp_path: Path) -> SmallSchool:
    school = SmallSchool.build(tmp_path / "school")
    school.post(POST, "juf-sanne", "Kom!\n", HEAD)
    school.post("groep-5/2026-11-20-praten", "meester-tom", "Kom!\n", HEAD)
    return school


def office_of(school: SmallSchool, before: Office | None = None, **more: object) -> Office:
    """The school as it is now, with what was filed before."""
    decided = decide_now(school, LICHTBRIEF_REPLIES="post", **more)
    return Office(decided, before.store) if before else Office(decided)


def asks(
    number: int, office: Office, *times: str, place: str = POST, **more: object
) -> Mapping[str, Any]:
    """An answer about the talks of a post: the hours on that Tuesday, best first."""
    (code,) = (post.code for post in office.decided.posts if post.id == place)
    said = {"together": True, "elsewhere": False, "words": "", **more}
    body = {"post": code, "times": [f"2026-12-01T{time}" for time in times], **said}
    return reply(number, "talks", body)


def give(office: Office) -> Appointed:
    return appoint(office.decided, office.cabinet.all(), offering(office.decided))


def table(school: SmallSchool) -> dict[str, str]:
    """Who has which hour, by the guardians; a talk that is off has none."""
    return {
        " ".join(row.guardians): "" if row.cancelled else f"{row.start:%H:%M}"
        for row in read_roster(school.folder / "school").talks
    }


def told(office: Office, guardian: str) -> dict[str, Any]:
    """What this guardian's next letter says of talks."""
    decided = office.decided
    news = TalkNews.of(decided, rights_of(decided), THEME, RING, office.cabinet.all())
    return dict(news.asks(guardian))


def event_of(appointment: Mapping[str, Any]) -> dict[str, Any]:
    """The one event of its file: each property as text, the number of its change as a number."""
    (event,) = Calendar.from_ical(str(appointment["ics"])).walk("VEVENT")
    found = {name: event.decoded(name) for name in ("UID", "SEQUENCE", "STATUS", "SUMMARY")}
    return {n: value.decode() if isinstance(value, bytes) else value for n, value in found.items()}


def test_a_later_answer_is_fitted_in_without_moving_anybody(school: SmallSchool) -> None:
    office = office_of(school)
    office.put("g1", asks(1, office, "15:30"))
    office.empty()
    assert 1 == summary_of(give(office))["first"]
    later = office_of(school, office)
    later.put("g2", asks(2, later, "15:30", "15:50"))
    later.empty()
    assert 1 == summary_of(give(later))["second"]
    assert {"g1": "15:30", "g2 g3": "15:50"} == table(school)
    before = (school.folder / "school/talks.csv").read_bytes()
    again = give(office_of(school, later))
    assert ((), before) == (again.assigned.given, (school.folder / "school/talks.csv").read_bytes())


def test_who_is_given_a_time_sees_it_and_who_still_chooses_sees_what_is_free(
    school: SmallSchool,
) -> None:
    office = office_of(school)
    office.put("g1", asks(1, office, "15:40"))
    office.empty()
    give(office)
    now = office_of(school, office)
    (mine,), (own_form, _) = told(now, "g1")["appointments"], told(now, "g1")["talks"]
    assert ("Anna", "Juf Sanne") == (mine["child"], mine["teacher"])
    assert ("2026-12-01T15:40", "2026-12-01T15:50") == (mine["start"], mine["end"])
    assert ["2026-12-01T15:40"] == own_form["chosen"]["times"]
    assert "2026-12-01T15:40" in own_form["times"]
    other = told(now, "g2")
    assert [] == other["appointments"]
    assert ["15:30", "15:50", "16:00"] == [time[-5:] for time in other["talks"][0]["times"]]
    assert {"talks": [], "appointments": []} == told(now, "g6"), "who may not read"


def test_of_parents_apart_each_sees_their_own_time_alone(school: SmallSchool) -> None:
    office = office_of(school)
    office.put("g2", asks(1, office, "15:30", together=False))
    office.put("g3", asks(2, office, "15:30", "16:00", together=False))
    office.empty()
    give(office)
    now = office_of(school, office)
    starts = [[one["start"][-5:] for one in told(now, who)["appointments"]] for who in ("g2", "g3")]
    assert {("15:30",), ("16:00",)} == set(map(tuple, starts))
    mine, theirs = (event_of(told(now, who)["appointments"][0]) for who in ("g2", "g3"))
    assert mine["UID"] != theirs["UID"]
    assert "Talk about Sem, with Juf Sanne" == str(theirs["SUMMARY"]), "g3 reads English"


def test_parents_who_come_together_both_see_it(school: SmallSchool) -> None:
    office = office_of(school)
    office.put("g2", asks(1, office, "15:30"))
    office.empty()
    give(office)
    now = office_of(school, office)
    assert [1, 1] == [len(told(now, who)["appointments"]) for who in ("g2", "g3")]
    rows = (school.folder / "school/relations.csv").read_text()
    school.write("school/relations.csv", rows.replace("g3,sem-k,no,yes", "g3,sem-k,no,no"))
    after = office_of(school, office)
    assert [1, 0] == [len(told(after, who)["appointments"]) for who in ("g2", "g3")]


def test_a_talk_that_the_office_moves_or_calls_off_is_the_same_entry_and_newer(
    school: SmallSchool,
) -> None:
    row = f"{POST},anna-b,g1,juf-sanne,2026-12-01T15:30,,2026-11-20T14:30\n"
    school.write("school/talks.csv", HEADER + row)
    first = event_of(told(office_of(school), "g1")["appointments"][0])
    moved = row.replace("15:30", "15:50").replace("14:30\n", "14:45\n")
    school.write("school/talks.csv", HEADER + moved)
    second = event_of(told(office_of(school), "g1")["appointments"][0])
    school.write("school/talks.csv", HEADER + moved.replace(",,", ",afgezegd,"))
    third = event_of(told(office_of(school), "g1")["appointments"][0])
    assert first["UID"] == second["UID"] == third["UID"]
    assert first["SEQUENCE"] < second["SEQUENCE"] < third["SEQUENCE"]
    assert ["CONFIRMED", "CONFIRMED", "CANCELLED"] == [
        str(each["STATUS"]) for each in (first, second, third)
    ]


def test_who_answers_again_gets_the_better_time_or_keeps_the_old(school: SmallSchool) -> None:
    rows = f"{POST},anna-b,g1,juf-sanne,2026-12-01T15:30,,2026-11-20T12:00\n"
    rows += f"{POST},sem-k,g2 g3,juf-sanne,2026-12-01T15:40,,2026-11-20T12:00\n"
    school.write("school/talks.csv", (HEADER + rows).replace(",", ";").replace("\n", "\r\n"))
    office = office_of(school)
    office.put("g1", asks(1, office, "15:40"))  # taken
    office.put("g2", asks(2, office, "16:00"))
    office.empty()
    give(office)
    assert {"g1": "15:40", "g2 g3": "16:00"} == table(school), "their own answers, and no others"
    text = (school.folder / "school/talks.csv").read_bytes()
    assert text.startswith(b"post;pupil;")
    assert text.endswith(b"\r\n")


def test_who_cannot_come_after_all_is_called_off_and_told_of(school: SmallSchool) -> None:
    row = f"{POST},anna-b,g1,juf-sanne,2026-12-01T15:30,,2026-11-20T12:00\n"
    school.write("school/talks.csv", HEADER + row)
    office = office_of(school)
    office.put("g1", asks(1, office))
    office.empty()
    done = give(office)
    assert (1, 1) == (summary_of(done)["cancelled"], summary_of(done)["cannot"])
    assert {"g1": ""} == table(school)


@pytest.mark.parametrize(
    ("guardian", "place", "times"),
    [
        ("g4", POST, ("15:30",)),  # no child in that group
        ("g6", POST, ("15:30",)),  # decides, and may not read
        ("g1", POST, ("16:10",)),  # no talk begins then
        ("g1", POST, ("15:35",)),
        ("g2", "groep-5/2026-11-20-praten", ()),
    ],
)
def test_who_may_not_choose_that_time_is_kept_aside(
    school: SmallSchool, guardian: str, place: str, times: tuple[str, ...]
) -> None:
    office = office_of(school)
    office.put(guardian, asks(1, office, *times, place=place))
    assert {"rights": 1} == {str(why): count for why, count in office.empty().aside.items()}


@pytest.mark.parametrize(
    "head", [HEAD + "Status: cancelled\n", HEAD.replace("Length: 10\n", ""),
             HEAD.replace("2026-12-01", "2026-11-19")],
)  # fmt: skip
def test_a_post_that_offers_no_times_takes_no_answer(school: SmallSchool, head: str) -> None:
    school.post(POST, "juf-sanne", "Kom!\n", head)
    office = office_of(school)
    office.put("g1", asks(1, office, "15:30"))
    assert 1 == office.empty().aside.total()
    with pytest.raises(LichtbriefError, match="offers no times"):
        offering(office.decided, [POST])


@pytest.mark.parametrize(
    ("row", "column", "what"),
    [
        ("groep-3/2026-11-17-bos,sem-k,g2,juf-sanne,2026-12-01T15:50,,", "post", "offers no times"),
        (f"{POST},sem-k,g2,juf-sanne,2026-12-01T15:35,,", "start", "overlaps the talk of row 2"),
        (f"{POST},anna-b,g1,directeur-els,2026-12-01T15:35,,", "start", "overlaps the talk of row"),
    ],
)
def test_a_table_in_which_something_cannot_be_is_refused_with_its_row(
    school: SmallSchool, row: str, column: str, what: str
) -> None:
    first = f"{POST},anna-b,g1,juf-sanne,2026-12-01T15:30,,\n"
    school.write("school/talks.csv", f"{HEADER}{first}\n{row}\n")
    with pytest.raises(ProblemsError) as refused:
        give(office_of(school))
    (problem,) = refused.value.problems
    assert (4, column) == (problem.line, problem.column)
    assert what in problem.what


def test_the_teacher_who_holds_the_talks_reads_what_was_answered(school: SmallSchool) -> None:
    school.add("school/staff.csv", "juf-noor,Juf Noor,noor@dijk.example,teacher,groep-3,yes\n")
    school.post(POST, "juf-sanne", "Kom!\n", HEAD + "Teachers: juf-noor\n")
    office = office_of(school)
    office.put("g1", asks(1, office, "15:30"))
    office.empty()
    staff = office.decided.roster.staff
    seen = [len(filed_for(office.decided, office.cabinet, staff[who])) for who in staff]
    assert [1, 0, 1, 1] == seen, "who wrote it, the management, who holds it"


def test_plans_are_for_their_owner_only_and_made_anew(school: SmallSchool) -> None:
    office = office_of(school)
    office.put("g1", asks(1, office, "15:30"))
    office.empty()
    rows = give(office).talks
    folder = office.decided.settings.state / "talks"
    folder.mkdir(parents=True)
    (folder / "gone.txt").write_text("Anna")
    write_plans(office.decided, make_plans(office.decided, offering(office.decided), rows))
    plans = sorted(folder.iterdir())
    assert ["juf-sanne.txt", "meester-tom.txt"] == [path.name for path in plans]
    assert [0o600, 0o600] == [path.stat().st_mode & 0o777 for path in plans]
    assert "Anna Bakker" in plans[0].read_text()
