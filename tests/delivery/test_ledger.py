"""The ledger: who gets the week, what became of each mail, and who may hold it."""

import sqlite3
import stat
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lichtbrief.delivery import Ledger, State, StoredLetter, Unsent
from lichtbrief.delivery.states import FOLLOWERS, before
from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError
from tests.delivery.school import REPOSITORY, SENT_AT, WEEK

NEXT_WEEK = Week.parse("2026-W48")
OPEN = "import sys; from pathlib import Path; from lichtbrief.delivery import Ledger;"
LETTER = StoredLetter(
    "letters/qv3ztm5x2r", WEEK, "g1", "fingerprint", '"etag"', SENT_AT + timedelta(days=7)
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "ledger.sqlite"


def test_everybody_frozen_is_pending_and_due_in_order(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.freeze(WEEK, ["g2", "g1"])
        assert ("g1", "g2") == ledger.due(WEEK)
        assert 2 == ledger.counts(WEEK)[State.PENDING]


def test_freezing_again_adds_the_new_guardian_and_leaves_the_others_alone(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.freeze(WEEK, ["g1"])
        ledger.mark(WEEK, "g1", State.SENDING)
        ledger.mark(WEEK, "g1", State.SENT)
        ledger.freeze(WEEK, ["g1", "g2"])
        assert ("g2",) == ledger.due(WEEK)
        assert (ledger.counts(WEEK)[State.SENT], ledger.counts(WEEK)[State.PENDING]) == (1, 1)


def test_another_week_is_another_matter(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.freeze(WEEK, ["g1"])
        assert () == ledger.due(NEXT_WEEK)
        assert dict.fromkeys(State, 0) == ledger.counts(NEXT_WEEK)


def test_a_run_of_last_week_that_never_ended_is_remembered(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.freeze(WEEK, ["g1", "g2", "g3"])
        ledger.mark(WEEK, "g1", State.SENDING)
        ledger.mark(WEEK, "g1", State.SENT)
        ledger.mark(WEEK, "g2", State.SENDING)
        ledger.freeze(NEXT_WEEK, ["g1"])
        assert {WEEK: 2} == ledger.waiting(NEXT_WEEK)
        assert {} == ledger.waiting(WEEK)


def test_those_who_surely_had_no_mail_come_first(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.freeze(WEEK, ["g1", "g2", "g3"])
        ledger.mark(WEEK, "g1", State.SENDING)
        ledger.mark(WEEK, "g1", State.UNCERTAIN)
        ledger.mark(WEEK, "g2", State.RETRY)
        assert ("g3", "g2", "g1") == ledger.due(WEEK)


def test_what_a_killed_run_was_sending_is_uncertain_and_due(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.freeze(WEEK, ["g1", "g2"])
        ledger.mark(WEEK, "g1", State.SENDING, message_id="2026-W47.abc")
        assert ("g2",) == ledger.due(WEEK)
        assert 1 == ledger.recover(WEEK)
        assert ("g2", "g1") == ledger.due(WEEK)


def test_a_sent_mail_stays_sent_whatever_anybody_marks(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.freeze(WEEK, ["g1"])
        ledger.mark(WEEK, "g1", State.SENDING)
        ledger.mark(WEEK, "g1", State.SENT)
        for state in State:
            with pytest.raises(LichtbriefError, match="cannot mark g1"):
                ledger.mark(WEEK, "g1", state)


def test_a_guardian_who_was_not_frozen_cannot_be_marked(path: Path) -> None:
    with Ledger(path) as ledger, pytest.raises(LichtbriefError, match="cannot mark g9"):
        ledger.mark(WEEK, "g9", State.SENDING)


def test_the_office_mends_an_address_and_the_mail_is_due_again(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.freeze(WEEK, ["g1"])
        ledger.mark(WEEK, "g1", State.FAILED, "550 no such user")
        assert () == ledger.due(WEEK)
        assert (Unsent("g1", State.FAILED, "550 no such user"),) == ledger.unsent(WEEK)
        ledger.mark(WEEK, "g1", State.PENDING)
        assert ("g1",) == ledger.due(WEEK)
        assert () == ledger.unsent(WEEK)


def test_a_guardian_on_paper_is_suppressed_and_counted(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.freeze(WEEK, ["g1", "g2"])
        ledger.mark(WEEK, "g2", State.SUPPRESSED)
        assert ("g1",) == ledger.due(WEEK)
        assert {"g1": State.PENDING, "g2": State.SUPPRESSED} == ledger.states(WEEK)
        assert 2 == sum(ledger.counts(WEEK).values())


def test_attempts_moments_and_identities_are_kept(path: Path) -> None:
    with Ledger(path, clock=lambda: SENT_AT) as ledger:
        ledger.freeze(WEEK, ["g1"])
        for _ in range(2):
            ledger.mark(WEEK, "g1", State.SENDING, message_id="2026-W47.abc")
            ledger.mark(WEEK, "g1", State.RETRY, "451 busy")
    with sqlite3.connect(path) as rows:
        kept = rows.execute("SELECT * FROM recipients").fetchall()
    moment = "2026-11-20T14:00:00+00:00"
    assert [("2026-W47", "g1", "retry", 2, moment, "2026-W47.abc", "451 busy")] == kept


@given(
    st.lists(
        st.tuples(st.sampled_from(["freeze", "recover", *State]), st.sampled_from("abcdef")),
        max_size=40,
    )
)
@settings(max_examples=60, deadline=None)
def test_states_always_add_up_to_the_frozen_number(
    steps: list[tuple[State | str, str]],
) -> None:
    with TemporaryDirectory() as folder, Ledger(Path(folder) / "ledger.sqlite") as ledger:
        frozen, sent = set(), set()
        for step, guardian in steps:
            if isinstance(step, State):
                with suppress(LichtbriefError):
                    ledger.mark(WEEK, guardian, step)
                    sent |= {guardian} if step is State.SENT else set()
            elif step == "freeze":
                ledger.freeze(WEEK, [guardian])
                frozen.add(guardian)
            else:
                ledger.recover(WEEK)
            assert len(frozen) == sum(ledger.counts(WEEK).values())
            assert len(sent) == ledger.counts(WEEK)[State.SENT]
            assert not sent & set(ledger.due(WEEK))


def test_only_a_mail_being_sent_can_become_sent() -> None:
    assert (State.SENDING,) == before(State.SENT)
    assert frozenset() == FOLLOWERS[State.SENT]


def test_a_stored_letter_is_known_until_it_is_forgotten(path: Path) -> None:
    with Ledger(path) as ledger:
        assert ledger.known(LETTER.name) is None
        ledger.remember(LETTER)
    with Ledger(path) as ledger:
        assert LETTER == ledger.known(LETTER.name)
        assert (LETTER,) == ledger.letters()
        ledger.forget(LETTER.name)
        ledger.forget(LETTER.name)
        assert () == ledger.letters()


def test_a_letter_uploaded_again_takes_the_place_of_the_earlier_one(path: Path) -> None:
    amsterdam_summer = timezone(timedelta(hours=2))
    later = datetime(2026, 12, 4, 17, 0, tzinfo=amsterdam_summer)
    again = StoredLetter(LETTER.name, WEEK, "g1", "other", '"new"', later)
    with Ledger(path) as ledger:
        ledger.remember(LETTER)
        ledger.remember(again)
        assert (again,) == ledger.letters()
        assert ledger.letters()[0].until.tzinfo == UTC


def test_only_its_owner_can_read_the_file(path: Path) -> None:
    with Ledger(path):
        assert 0o600 == stat.S_IMODE(path.stat().st_mode)


def test_a_second_job_is_refused_in_one_line_and_served_after_the_first(path: Path) -> None:
    program = f"{OPEN}\ntry: Ledger(Path(sys.argv[1]))\nexcept Exception as e: print(e.message)"
    with Ledger(path) as ledger:
        ledger.freeze(WEEK, ["g1"])
        assert "another job is using the ledger\n" == in_another_process(program, path)
        assert ("g1",) == ledger.due(WEEK)
    assert "" == in_another_process(program, path)


def in_another_process(program: str, path: Path) -> str:
    command = [sys.executable, "-c", program, str(path)]
    done = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True)
    return done.stdout


def test_a_second_job_in_the_same_process_is_refused_too(path: Path) -> None:
    with Ledger(path), pytest.raises(LichtbriefError, match="another job") as refusal:
        Ledger(path)
    assert "wait until it has ended, or end it: it goes on where it was" == refusal.value.hint


@pytest.mark.parametrize("damage", [b"not a database, but long enough to be one" * 20, b"SQLite"])
def test_a_file_that_is_no_database_is_refused(path: Path, damage: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(damage)
    with pytest.raises(LichtbriefError, match="damaged") as refusal:
        Ledger(path)
    assert "put its latest copy back" in refusal.value.hint
    assert damage == path.read_bytes()


def test_a_ledger_with_a_torn_page_is_refused(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.freeze(WEEK, [f"guardian-{n:05}" for n in range(2000)])
    torn = bytearray(path.read_bytes())
    torn[3 * 4096 : 4 * 4096] = b"\xff" * 4096
    path.write_bytes(torn)
    with pytest.raises(LichtbriefError, match="damaged"):
        Ledger(path)


def test_a_ledger_of_a_later_version_is_refused(path: Path) -> None:
    Ledger(path).close()
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA user_version = 2")
    newer.close()
    with pytest.raises(LichtbriefError, match="of version 2; this Lichtbrief writes version 1"):
        Ledger(path)


def test_another_programs_database_is_refused_and_left_as_it_was(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE cookies (name TEXT)")
    other.close()
    held = path.read_bytes()
    with pytest.raises(LichtbriefError, match="belongs to another program"):
        Ledger(path)
    assert held == path.read_bytes()


def test_a_folder_where_the_ledger_should_be_is_an_error_with_a_hint(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(LichtbriefError, match="cannot be read or written") as refusal:
        Ledger(path)
    assert "rights of the state folder" in refusal.value.hint
