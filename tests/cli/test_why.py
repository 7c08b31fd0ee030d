"""`lichtbrief why` and `consents`: words for staff that tell nothing, all of it for the office."""

import json
from collections.abc import Callable

import pytest

from lichtbrief.cli.main import make_parser
from tests.jobs.look.test_checking import WHY, block, doubt
from tests.school import SmallSchool, answer

PLAS = "groep-3/2026-11-17-bos/plas.jpg"
STAFF = (
    f"{PLAS} is not shown: there is no permission to show tess-v here.\n"
    "  -> choose a photo without them\n"
)
AS_JSON = {
    "photo": PLAS,
    "shown": False,
    "reason": "no-permission",
    "what": "there is no permission to show tess-v here",
    "todo": "choose a photo without them",
}
OFFICE = {
    "blocked": "blocked",
    "objection": "objection",
    "dispute": "dispute",
    "doubt": "dispute",
    "refused": "refused",
    "refused by the other": "refused",
    "withdrawn": "refused",
    "no answer": "no-answer",
    "another audience": "no-answer",
    "expired": "expired",
    "form changed": "form-changed",
}


Ask = Callable[..., str]


@pytest.fixture
def ask(
    school: SmallSchool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Ask:
    """Run a command of the school in this process; what it prints."""
    monkeypatch.chdir(school.folder)

    def run(*arguments: str) -> str:
        options = make_parser(arguments[0]).parse_args(arguments)
        assert 0 == options.run(options)
        printed = capsys.readouterr()
        assert "" == printed.err
        return printed.out

    return run


@pytest.mark.parametrize("why", WHY)
def test_whatever_the_reason_staff_read_the_same_bytes_and_the_office_the_reason(
    school: SmallSchool, ask: Ask, why: str
) -> None:
    WHY[why](school)
    assert STAFF == ask("why", PLAS)
    assert AS_JSON == json.loads(ask("why", PLAS, "--json"))
    assert OFFICE[why] == json.loads(ask("why", PLAS, "--office", "--json"))["full_reason"]


def test_the_office_reads_who_answered_what(school: SmallSchool, ask: Ask) -> None:
    doubt(school)
    block("safety")(school)
    assert (
        f"{STAFF}\n"
        "Asked: photo, audience group. Decision: blocked.\n"
        "  tess-v: blocked\n"
        "    block: safety\n"
        "    g5 (decides): yes, said 2026-09-01 09:00, form 1\n"
        "    g6 (does not decide): no or withdrawn, said 2026-10-01 09:00, form 1\n"
    ) == ask("why", f"content/groups/{PLAS}", "--office")


def test_a_photo_that_is_shown_says_so(ask: Ask) -> None:
    assert f"{PLAS} is shown.\n" == ask("why", PLAS)


def test_a_photo_of_no_post_is_an_error(school: SmallSchool) -> None:
    result = school.run("why", "groep-3/weg.jpg")
    assert (1, "") == (result.returncode, result.stdout)
    assert "error: no post of this school year has that photo" in result.stderr


def test_what_was_answered_about_a_pupil_as_of_then(school: SmallSchool, ask: Ask) -> None:
    school.add("school/consents.csv", answer("tess-v", "g5", "withdrawn", "2026-11-18T10:00"))
    before = ask("consents", "tess-v", "--at", "2026-11-17")
    assert "  group photo    yes         yes 2026-09-01   -\n" in before
    assert "2 answers on file:" in before
    after = ask("consents", "tess-v", "--at", "2026-11-18")
    assert "  group photo    refused     no 2026-11-18    -\n" in after
    assert "  school photo   yes         yes 2026-09-01   -\n" in after
    assert "2026-11-18 10:00  g5  group photo: withdrawn (form 1" in after
    (outcome,) = [
        one
        for one in json.loads(ask("consents", "tess-v", "--json"))["outcomes"]
        if (one["audience"], one["kind"]) == ("group", "photo")
    ]
    assert "refused" == outcome["reason"]


def test_who_has_never_answered_is_listed_for_the_reminder(school: SmallSchool, ask: Ask) -> None:
    kept = (school.folder / "school/consents.csv").read_text().splitlines(keepends=True)
    school.write("school/consents.csv", "".join(one for one in kept if "sem-k" not in one))
    result = ask("consents", "--missing", "groep-3")
    assert (
        "2 pupils of groep-3 with a deciding guardian who has never answered:\n"
        "sem-k: g2\n"
        "tess-v: g6\n"
    ) == result
    five = ask("consents", "--missing", "groep-5")
    assert "0 pupils of groep-5 with a deciding guardian who has never answered.\n" == five
    assert "groups are groep-3" in school.run("consents", "--missing", "groep-9").stderr


def test_questions_that_cannot_be_answered_say_what_to_write(school: SmallSchool) -> None:
    assert "there is no pupil kees-x" in school.run("consents", "kees-x").stderr
    assert 2 == school.run("consents", "tess-v", "--at", "gisteren").returncode
    assert 2 == school.run("consents").returncode
