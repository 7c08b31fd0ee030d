"""A run that nobody watches: the office hears of its failure, and of nobody's name."""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lichtbrief.cli.main import main, make_parser
from lichtbrief.cli.watching import Run, watched
from lichtbrief.delivery import Catcher, mails_by_recipient
from lichtbrief.errors import LichtbriefError, PausedError, Problem, ProblemsError
from tests.school import SmallSchool

OFFICE = "kantoor@dijk.example"
Told = Callable[[], list[str]]


@pytest.fixture
def told(school: SmallSchool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    """The mails that the office has got from a school whose relay works."""
    monkeypatch.chdir(school.folder)
    monkeypatch.setenv("LICHTBRIEF_OFFICE", OFFICE)
    with Catcher(tmp_path / "mail") as catcher:
        monkeypatch.setenv("LICHTBRIEF_MAIL", catcher.address)
        yield lambda: [
            path.read_text() for path in mails_by_recipient(tmp_path / "mail").get(OFFICE, [])
        ]


def options(*more: str) -> argparse.Namespace:
    return make_parser("weekly").parse_args(["weekly", *more])


def ending_in(status: int) -> Run:
    return lambda _: status


def raising(error: BaseException) -> Run:
    def run(_: argparse.Namespace) -> int:
        raise error

    return run


def test_a_run_that_is_done_tells_nobody(told: Told) -> None:
    assert 0 == watched(ending_in(0))(options())
    assert [] == told()


def test_a_run_that_leaves_something_undone_tells_the_office(told: Told) -> None:
    assert 1 == watched(ending_in(1))(options())
    (mail,) = told()
    assert "Subject: The newsletter of week 47 needs somebody" in mail
    assert "not everything went out" in mail.replace("=\n", "")
    assert "Auto-Submitted: auto-generated" in mail


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (LichtbriefError("the store cannot be reached", "see the network"), "cannot be reached"),
        (KeyboardInterrupt(), "stopped before its end"),
        (RuntimeError("Anna Bakker"), "something went wrong that should not (RuntimeError)"),
    ],
)
def test_a_run_that_breaks_off_tells_why_and_ends_as_it_would(
    told: Told, error: BaseException, words: str
) -> None:
    with pytest.raises(type(error)):
        watched(raising(error))(options())
    (mail,) = told()
    assert words in mail.replace("=\n", "")
    assert "Anna" not in mail


def test_mails_that_must_wait_are_told_of_as_that_and_as_no_failure(
    told: Told, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "the limit of mails a day is reached: 120 still to be mailed"
    waits = PausedError(words, "run this again in 22 h: it goes on where it was")
    monkeypatch.setattr("lichtbrief.cli.weekly.run", raising(waits))
    assert 75 == main(["weekly"])
    assert [f"error: {words}", f"hint: {waits.hint}"] == capsys.readouterr().err.splitlines()
    (mail,) = told()
    assert "Subject: The newsletter of week 47: some mails must wait" in mail
    text = mail.replace("=\n", "")
    assert f"What: {words}." in text
    assert "Nothing is wrong" in text
    assert "fail" not in text


def test_the_mail_names_no_pupil_whom_the_error_names(told: Told) -> None:
    problem = Problem("school/consents.csv", "is nobody", "correct it", 3, "pupil", "tess-v")
    error = ProblemsError("1 problem in the roster; nothing was done", [problem], "mend it")
    with pytest.raises(ProblemsError):
        watched(raising(error))(options())
    (mail,) = told()
    assert "1 problem in the roster" in mail
    assert "tess-v" not in mail


def test_a_rehearsal_tells_nobody(told: Told) -> None:
    assert 1 == watched(ending_in(1))(options("--dry-run"))
    assert [] == told()


def test_a_run_on_a_terminal_tells_only_who_sits_there(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert 1 == watched(ending_in(1))(options())
    assert [] == told()


@pytest.mark.usefixtures("told")
def test_when_not_even_that_mail_goes_the_run_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LICHTBRIEF_MAIL", "smtp://127.0.0.1:9")
    assert 1 == watched(ending_in(1))(options())
    said = capsys.readouterr().err
    assert said.startswith("error: the office could not be told by mail: ")
    assert OFFICE not in said


def test_the_command_itself_tells(told: Told, school: SmallSchool) -> None:
    half = {"LICHTBRIEF_STORE": "s3://school", "LICHTBRIEF_SIGNER_ACCESS_KEY_ID": "half"}
    keys = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    nowhere = "http://127.0.0.1:9"
    result = school.run("weekly", LICHTBRIEF_S3_ENDPOINT=nowhere, **half, **keys)
    assert (1, "") == (result.returncode, result.stdout)
    (mail,) = told()
    assert "What: the signer's access key is half there." in mail
