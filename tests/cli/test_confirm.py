"""`lichtbrief confirm`, as a teacher types it."""

import json

import pytest

from tests.school import SmallSchool, answer, photo

NAME = "groep-3/2026-11-19-samen/samen.jpg"
TEXT = '![Samen](samen.jpg){: people="anna-b tess-v" cover="tess-v=0.4/0.2/0.2/0.3" }\n'


@pytest.fixture
def covered(school: SmallSchool) -> SmallSchool:
    """Tess's parents said no, and she is covered in a photo with Anna."""
    school.add("school/consents.csv", answer("tess-v", "g5", "no", "2026-10-01T09:00"))
    school.post("groep-3/2026-11-19-samen", "juf-sanne", TEXT, samen=photo(5))
    return school


def test_a_teacher_looks_and_then_confirms(covered: SmallSchool) -> None:
    told = covered.run("check").stdout
    assert "samen.jpg is not shown: nobody has looked yet whether tess-v" in told
    assert f"-> look: lichtbrief confirm {NAME}, and add --by YOUR-ID if it is right\n" in told
    looked = covered.run("confirm", NAME)
    assert (0, "") == (looked.returncode, looked.stderr)
    assert (
        f"{NAME}: 1 person to be seen, tess-v covered.\n"
        f"As parents would see it: {covered.folder}/.lichtbrief/look.jpg\n"
        "See whether clothes, company or place give away who is covered.\n"
        f"If it is right: lichtbrief confirm {NAME} --by YOUR-ID\n"
    ) == looked.stdout
    confirmed = covered.run("confirm", f"content/groups/{NAME}", "--by", "juf-sanne")
    assert (0, "") == (confirmed.returncode, confirmed.stderr)
    assert (
        f"{NAME} is confirmed by juf-sanne, as the file is now.\n"
        "It is shown: 1 person to be seen, tess-v covered.\n"
    ) == confirmed.stdout
    assert "groep-3/2026-11-19-samen: 1 photo\n" in covered.run("check").stdout


def test_a_stranger_confirms_nothing(covered: SmallSchool) -> None:
    result = covered.run("confirm", NAME, "--by", "g5")
    assert (1, "") == (result.returncode, result.stdout)
    assert (
        "error: g5 is not on the staff\nhint: write an id that is in staff.csv\n" == result.stderr
    )


def test_what_is_confirmed_may_still_not_be_shown(covered: SmallSchool) -> None:
    covered.add("school/consents.csv", answer("anna-b", "g1", "no", "2026-10-01T09:00"))
    result = covered.run("confirm", NAME, "--by", "juf-sanne", "--json")
    assert 1 == result.returncode
    assert {
        "photo": NAME,
        "covered": ["tess-v"],
        "visible": 1,
        "shown": False,
        "confirmed_by": "juf-sanne",
    } == json.loads(result.stdout)
    words = covered.run("confirm", NAME, "--by", "juf-sanne").stdout
    assert "It is not shown all the same: there is no permission to show anna-b here.\n" in words
