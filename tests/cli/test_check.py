"""`lichtbrief check`, as a teacher reads it; it needs no keys, no credentials and no network."""

import json
import re
from pathlib import Path

import pytest

from tests.media.documents import pdf_bytes
from tests.school import SmallSchool, answer, photo

NO_NETWORK = """
import socket
def _refuse(*_):
    raise SystemExit("somebody went out into the network")
socket.socket.connect = socket.socket.connect_ex = _refuse
socket.getaddrinfo = _refuse
"""


@pytest.fixture
def alone(school: SmallSchool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallSchool:
    """A teacher's machine: no keys, no credentials, no network."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "LICHTBRIEF_KEYS"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "home").mkdir()
    school.write("python/sitecustomize.py", NO_NETWORK)
    around = {"HOME": str(tmp_path / "home"), "PYTHONPATH": str(tmp_path / "python")}
    return SmallSchool(school.folder, around)


def test_a_week_without_trouble_is_a_list_of_posts(alone: SmallSchool) -> None:
    result = alone.run("check")
    assert (0, "") == (result.returncode, result.stderr)
    assert (
        "Week 2026-W47\n"
        "  groep-3/2026-11-17-bos: 2 photos\n"
        "  groep-3/2026-11-18-lezen: no photos\n"
        "  groep-5/2026-11-19-sommen: 1 photo\n"
        "  school/2026-11-20-nieuws: no photos\n"
        "\n"
        "4 posts, 3 photos shown, 0 left out.\n"
    ) == result.stdout
    kept = {path.name for path in (alone.folder / ".lichtbrief").iterdir()}
    assert not {name for name in kept if "keys" in name or "ledger" in name}
    assert not (alone.folder / "preview").exists()


def test_a_photo_that_may_not_be_shown_is_normal_and_says_what_to_do(alone: SmallSchool) -> None:
    alone.add("school/consents.csv", answer("tess-v", "g5", "no", "2026-10-01T09:00"))
    result = alone.run("check")
    assert (0, "") == (result.returncode, result.stderr)
    assert (
        "  groep-3/2026-11-17-bos: 1 of 2 photos\n"
        "      plas.jpg is not shown: there is no permission to show tess-v here.\n"
        "        -> choose a photo without them\n"
    ) in result.stdout
    assert "g5" not in result.stdout


def test_every_problem_is_listed_at_its_post_and_the_rest_is_still_shown(
    alone: SmallSchool,
) -> None:
    alone.post("groep-3/2026-11-19-stuk", "juf-niemand", "![](weg.jpg)\n", head="Kleur: rood\n")
    alone.post("groep-5/2026-11-19-gym", "juf-sanne", "Gym.\n")
    alone.write("content/groups/groep-5/2026-11-19-gym/oud.gif", photo(4))
    alone.write("content/groups/groep-5/los.jpg", photo(5))
    result = alone.run("check")
    assert 1 == result.returncode
    assert "  groep-3/2026-11-17-bos: 2 photos\n" in result.stdout
    broken = "cannot be read; nothing at all can be published until it is mended"
    assert (
        f"  groep-3/2026-11-19-stuk: {broken}\n"
        "      line 3 Author “juf-niemand” is nobody on the staff.\n"
        "        -> write an id from staff.csv\n"
        "      line 4 Kleur “rood” is not something a post can say.\n"
    ) in result.stdout
    assert (
        f"  groep-5/2026-11-19-gym: {broken}\n"
        "      line 3 Author “juf-sanne” may not post to groep-5.\n"
    ) in result.stdout
    assert (
        "Elsewhere\n  content/groups/groep-5/los.jpg is an original outside any post\n"
    ) in result.stdout
    message, hint = result.stderr.splitlines()
    assert re.fullmatch(r"error: \d problems to mend", message)
    assert "hint: mend what they say, then check again" == hint


def test_a_draft_and_a_post_that_is_kept_back_are_in_the_list(alone: SmallSchool) -> None:
    alone.post("groep-3/2026-11-19-later", "juf-sanne", "Nog schrijven.\n", "Status: draft\n")
    alone.post("groep-3/2026-11-19-nieuws", "juf-sanne", "Vandaag las Tess voor.\n")
    result = alone.run("check")
    assert (
        "  groep-3/2026-11-19-later: a draft; parents see nothing of it\n"
        "  groep-3/2026-11-19-nieuws: kept back; parents see nothing of it until it is rewritten\n"
        "      line 5 names tess-v, who may not be named here.\n"
        "        -> write “een leerling” or leave the name out\n"
    ) in result.stdout
    assert (1, "error: 1 problem to mend") == (result.returncode, result.stderr.splitlines()[0])


def test_a_photo_that_cannot_be_read_is_told_before_anybody_builds(alone: SmallSchool) -> None:
    whole = (alone.folder / "content/groups/groep-3/2026-11-17-bos/plas.jpg").read_bytes()
    alone.write("content/groups/groep-3/2026-11-17-bos/plas.jpg", whole[: len(whole) // 2])
    for _ in range(2):
        result = alone.run("check")
        assert (
            "  groep-3/2026-11-17-bos: 1 of 2 photos\n"
            "      plas.jpg is not shown: it is damaged or not a photo.\n"
            "        -> open it in a photo program and save it again as JPEG\n"
        ) in result.stdout
        assert (0, "") == (result.returncode, result.stderr)


def test_posts_of_another_school_year_are_counted(alone: SmallSchool) -> None:
    alone.settings(LICHTBRIEF_WEEK=None)
    alone.post("groep-3/2026-06-02-oud", "juf-sanne", "Vorig schooljaar.\n")
    result = alone.run("check")
    assert result.stdout.endswith(
        "4 posts, 3 photos shown, 0 left out.\n"
        "1 post of another school year not looked at (2026-W23); --week looks at one week.\n"
    )


def test_a_roster_with_mistakes_lists_them_all(alone: SmallSchool) -> None:
    alone.add("school/relations.csv", "g9,anna-b,yes,yes,,\ng1,kees-x,yes,perhaps,,\n")
    result = alone.run("check")
    assert (1, "") == (result.returncode, result.stdout)
    problems = [line for line in result.stderr.splitlines() if "relations.csv:" in line]
    assert len(problems) >= 3
    assert "Traceback" not in result.stderr


def test_one_week_can_be_asked_for(alone: SmallSchool) -> None:
    alone.post("groep-5/2026-11-12-eerder", "meester-tom", "Vorige week.\n")
    assert "Week 2026-W46: 1 post, nothing to do\n" in alone.run("check").stdout
    result = alone.run("check", "--week", "2026-W46")
    assert (
        "Week 2026-W46\n  groep-5/2026-11-12-eerder: no photos\n\n"
        "1 post, 0 photos shown, 0 left out.\n"
    ) == result.stdout


def test_a_program_reads_the_same_as_json(alone: SmallSchool) -> None:
    alone.add("school/blocks.csv", "tess-v,safety,2026-09-01,,directeur-els\n")
    alone.post("groep-5/2026-11-19-stuk", "juf-niemand", "Wie?\n")
    result = alone.run("check", "--json")
    assert 1 == result.returncode
    value = json.loads(result.stdout)
    (told,) = (photo for post in value["posts"] for photo in post["left_out"])
    assert {
        "file": "plas.jpg",
        "reason": "no-permission",
        "what": "there is no permission to show tess-v here",
        "todo": "choose a photo without them",
    } == told
    (problem,) = value["problems"]
    assert ("content/groups/groep-5/2026-11-19-stuk/post.md", 3) == (
        problem["file"],
        problem["line"],
    )
    assert "blocked" not in result.stdout + result.stderr
    assert "safety" not in result.stdout + result.stderr


def test_the_moving_half_of_a_live_photo_is_told_in_plain_words(alone: SmallSchool) -> None:
    film = b"\0\0\0\x14ftypqt  "
    alone.write("content/groups/groep-3/2026-11-17-bos/MAND.MOV", film)
    alone.write("content/groups/groep-3/2026-11-17-bos/dag.mp4", film)
    assert (
        "      not used in the text, so not shown:"
        " MAND.MOV (the moving half of the Live Photo mand.jpg), dag.mp4\n"
    ) in alone.run("check").stdout
    value = json.loads(alone.run("check", "--json").stdout)
    assert {"MAND.MOV": "mand.jpg"} == value["posts"][0]["halves"]


def test_files_that_are_sent_along_are_listed_and_a_bad_one_is_told(alone: SmallSchool) -> None:
    text = 'Eet mee: [Het menu](menu.pdf){: attested_by="meester-tom" }\n'
    alone.post("groep-5/2026-11-18-eten", "meester-tom", text)
    menu = alone.write("content/groups/groep-5/2026-11-18-eten/menu.pdf", pdf_bytes())
    told = "  groep-5/2026-11-18-eten: no photos\n      sent along: menu.pdf\n"
    assert told in alone.run("check").stdout
    menu.write_bytes(b"MZ")
    result = alone.run("check")
    assert 1 == result.returncode
    assert "      line 5 “menu.pdf” is not what its name says, a PDF file.\n" in result.stdout
