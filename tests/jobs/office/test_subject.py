"""What a guardian who asks is told about a child; and a child who has left is forgotten."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from lichtbrief.cli.main import make_parser
from lichtbrief.consent import Permit
from lichtbrief.consent.lines import As, Event, What
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.office.forgetting import forget, plan_leaving
from lichtbrief.roster import OpenTable, read_roster
from lichtbrief.settings import read_settings
from tests.jobs.given import decide_now, site_of
from tests.school import SmallSchool, answer, photo

BOS = "groep-3/2026-11-17-bos"
Ask = Callable[..., tuple[str, str]]


@pytest.fixture
def ask(
    school: SmallSchool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Ask:
    """Run a command of the school in this process; what it prints, and what it says beside."""
    monkeypatch.chdir(school.folder)

    def run(*arguments: str) -> tuple[str, str]:
        options = make_parser(arguments[0]).parse_args(arguments)
        assert 0 == options.run(options)
        printed = capsys.readouterr()
        return printed.out, printed.err

    return run


def log(school: SmallSchool) -> Log:
    return Log.of(school.folder / ".lichtbrief", lambda: datetime(2026, 11, 20, 14, tzinfo=UTC))


@pytest.fixture
def tess(school: SmallSchool) -> SmallSchool:
    """About Tess there is something of every kind."""
    school.add("school/consents.csv", answer("tess-v", "g6", "no", "2026-10-01T09:00"))
    school.add("school/blocks.csv", "tess-v,safety,2026-09-01,,directeur-els\n")
    school.post(
        "groep-3/2026-11-19-klas",
        "juf-sanne",
        '![De klas](klas.jpg){: people="all" }\n',
        klas=photo(7),
    )
    school.post("groep-3/2026-11-16-boek", "juf-sanne", "Tess las voor uit Pluk.\n")
    who = ((As.pupil, "tess-v"), (As.pupil, "anna-b"))
    log(school).add([Event(What.denied, {"post": BOS, "photo": "x", "reason": "no"}, who)])
    return school


def test_a_guardian_reads_everything_about_the_child_and_nothing_about_others(
    tess: SmallSchool, ask: Ask
) -> None:
    told, beside = ask("subject-access", "tess-v", "--for", "g5")
    assert "first name: Tess, last name: Vink" in told
    assert "group: groep-3, from: 2026-08-01" in told
    assert "said: 2026-09-01 09:00, audience: group, kind: photo, answer: yes" in told
    assert f"post: {BOS}, file: plas.jpg, declared: alone" in told
    assert "file: klas.jpg, declared: with 2 other people" in told
    assert "post: groep-3/2026-11-16-boek, times: 1" in told
    assert "what: denied" in told
    for hidden in ("g6", "anna", "Anna", "sem-k", "safety", "g5@", "2026-10-01", "directeur"):
        assert hidden not in told
    assert beside.startswith(
        "left out: 1 other guardian(s), 1 answer(s) of other guardians, 1 block(s)\n"
    )


def test_it_can_be_read_by_a_program(tess: SmallSchool, ask: Ask) -> None:
    value = json.loads(ask("subject-access", "tess-v", "--for", "g5", "--json")[0])
    assert "tess-v" == value["pupil"]
    assert 2 == len(value["Your answers"])


@pytest.mark.parametrize("who", ["g1", "kees"])
def test_nobody_else_is_told(tess: SmallSchool, ask: Ask, who: str) -> None:
    with pytest.raises(LichtbriefError, match="is no guardian of tess-v today"):
        ask("subject-access", "tess-v", "--for", who)


@pytest.fixture
def left(tess: SmallSchool) -> SmallSchool:
    """Tess has left since."""
    path = tess.folder / "school/memberships.csv"
    here = "tess-v,groep-3,2026-08-01,"
    tess.write("school/memberships.csv", path.read_text().replace(here, f"{here}2026-11-20"))
    return tess


def everything(school: SmallSchool) -> str:
    """All of the roster and the log."""
    files = [*(school.folder / "school").iterdir(), school.folder / ".lichtbrief/log/log.jsonl"]
    return "".join(path.read_text() for path in files)


def test_a_child_who_is_still_here_is_not_forgotten(tess: SmallSchool, ask: Ask) -> None:
    before = everything(tess)
    with pytest.raises(LichtbriefError, match="tess-v has not left the school"):
        ask("forget", "tess-v", "--yes")
    assert before == everything(tess)


def test_without_yes_it_is_only_told(left: SmallSchool, ask: Ask) -> None:
    before = everything(left)
    told, _ = ask("forget", "tess-v")
    assert "tess-v would be forgotten:\n  consents.csv: 3 rows\n" in told
    assert "guardians of no other child: g5, g6" in told
    assert "plas.jpg" in told
    assert "Nothing was changed." in told
    assert before == everything(left)


def test_a_child_who_has_left_is_nowhere_any_more_and_the_log_still_holds(
    left: SmallSchool, ask: Ask
) -> None:
    told, _ = ask("forget", "tess-v", "--yes")
    assert "tess-v is forgotten:" in told
    assert "the log: 1 line, its chain as it was" in told
    kept = everything(left)
    for gone in ("tess", "Tess", "Vink", "g5", "g6"):
        assert gone not in kept
    assert "anna-b" in kept
    assert log(left).check().verdict.sound
    assert {"anna-b", "sem-k", "bram-b", "noor-d", "forgotten-1"} == set(
        read_roster(left.folder / "school").pupils
    )


def test_photos_that_show_the_child_are_shown_to_nobody_afterwards(
    left: SmallSchool, ask: Ask
) -> None:
    """Also one declared as all: without the child among them it would pass."""
    klas = "groep-3/2026-11-19-klas", "klas.jpg"
    left.write("school/blocks.csv", "pupil,kind,from,until,by\n")
    text = (left.folder / "school/consents.csv").read_text()
    left.write("school/consents.csv", text.replace("g6,group,photo,no", "g6,group,photo,yes"))
    assert Permit() == decide_now(left).decisions[klas]
    ask("forget", "tess-v", "--yes")
    after = decide_now(left).decisions
    assert Permit() != after[klas]
    assert Permit() != after[BOS, "plas.jpg"]
    assert Permit() == after[BOS, "mand.jpg"]


class Stopped(Exception):  # noqa: N818 -- a power cut is no error of ours
    """The power is cut."""


@pytest.mark.parametrize("steps", range(1, 8))
def test_a_kill_on_the_way_leaves_a_roster_that_is_read_and_it_is_run_again(
    left: SmallSchool, ask: Ask, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    settings = read_settings(site_of(left))
    leaving = plan_leaving(
        read_roster(settings.school), decide_now(left).posts, "tess-v", settings.now().date()
    )
    done: Iterator[int] = iter(range(1, 100))
    real = OpenTable.save

    def save(table: OpenTable) -> None:
        if next(done) == steps:
            raise Stopped
        real(table)

    monkeypatch.setattr(OpenTable, "save", save)
    with pytest.raises(Stopped):
        forget(settings, leaving)
    monkeypatch.undo()
    monkeypatch.chdir(left.folder)
    assert Permit() != decide_now(left).decisions["groep-3/2026-11-19-klas", "klas.jpg"]
    ask("forget", "tess-v", "--yes")
    kept = everything(left)
    for gone in ("tess", "g5", "g6"):
        assert gone not in kept
