"""Three faces, two declared: the photo waits until a member of staff has looked."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from lichtbrief.consent import Decision, Deny, Permit, Reason
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.look.checking import LeftOut, PostReport, check_posts
from lichtbrief.jobs.look.confirming import find_photo
from lichtbrief.media import yunet
from tests.jobs.build.test_building import build_now
from tests.jobs.given import decide_now
from tests.media.astronauts import jpeg, row
from tests.school import SmallSchool, answer

POST = "groep-3/2026-11-19-samen"
NAME = f"{POST}/samen.jpg"
TWO = '![Samen](samen.jpg){: people="anna-b sem-k" }\n'
NOBODY = '![Samen](samen.jpg){: people="nobody" attested_by="juf-sanne" }\n'
SETTING = {"LICHTBRIEF_COUNT_FACES": True}


@pytest.fixture
def counting(school: SmallSchool) -> SmallSchool:
    """A school that counts faces."""
    school.settings(**SETTING)
    return school


def post(school: SmallSchool, faces: int, text: str = TWO) -> SmallSchool:
    """A post with one photo in which there are so many faces."""
    school.post(POST, "juf-sanne", text, samen=jpeg(row(faces)))
    return school


def decided(school: SmallSchool) -> Decision:
    return decide_now(school).decisions[POST, "samen.jpg"]


def report(school: SmallSchool) -> PostReport:
    return next(one for one in check_posts(decide_now(school)) if one.id == POST)


def confirm(school: SmallSchool) -> None:
    find_photo(decide_now(school), Path(NAME)).confirm("juf-sanne")


def test_three_faces_and_two_declared_wait_for_a_look(counting: SmallSchool) -> None:
    post(counting, 3)
    assert Deny(Reason.more_faces) == decided(counting)
    assert (
        LeftOut(
            "samen.jpg",
            "more-faces",
            "more faces than people declared: 3 seen, 2 declared",
            "name everybody who is in it; if nobody is missing: "
            f"lichtbrief confirm {NAME} --by YOUR-ID",
        ),
    ) == report(counting).left_out


def test_who_has_looked_lets_it_through(counting: SmallSchool) -> None:
    confirm(post(counting, 3))
    assert Permit() == decided(counting)


def test_the_third_child_is_named_and_asked_about(counting: SmallSchool) -> None:
    three = TWO.replace("sem-k", "sem-k tess-v")
    assert Permit() == decided(post(counting, 3, three))
    counting.add("school/consents.csv", answer("tess-v", "g5", "no", "2026-10-01T09:00"))
    assert Deny(Reason.refused, frozenset({"tess-v"})) == decided(counting)


@pytest.mark.parametrize("faces", [0, 1, 2])
def test_as_many_faces_or_fewer_hold_nothing_back(counting: SmallSchool, faces: int) -> None:
    assert Permit() == decided(post(counting, faces))


def test_fewer_faces_are_a_hint(counting: SmallSchool) -> None:
    assert ("samen.jpg (1 of 2)",) == report(post(counting, 1)).fewer
    assert () == report(post(counting, 2)).fewer


def test_a_face_where_nobody_is_said_to_be_waits(counting: SmallSchool) -> None:
    assert Permit() == decided(post(counting, 0, NOBODY))
    assert Deny(Reason.more_faces) == decided(post(counting, 1, NOBODY))
    confirm(counting)
    assert Permit() == decided(counting)


def test_people_of_elsewhere_and_staff_count_too(counting: SmallSchool) -> None:
    text = '![Samen](samen.jpg){: people="anna-b juf-sanne others=2" attested_by="juf-sanne" }\n'
    assert Permit() == decided(post(counting, 4, text))
    assert Deny(Reason.more_faces) == decided(post(counting, 5, text))


def test_the_photo_edited_after_it_was_confirmed_is_counted_again(counting: SmallSchool) -> None:
    confirm(post(counting, 3))
    counting.write(f"content/groups/{NAME}", jpeg(row(4)))
    assert Deny(Reason.altered) == decided(counting)
    rows = counting.folder / "content/groups" / POST / "photos.csv"
    rows.unlink()
    assert "4 seen, 2 declared" in report(counting).left_out[0].what


def test_consent_comes_before_the_count(counting: SmallSchool) -> None:
    counting.add("school/consents.csv", answer("sem-k", "g2", "no", "2026-10-01T09:00"))
    assert Deny(Reason.refused, frozenset({"sem-k"})) == decided(post(counting, 3))
    assert "seen" not in report(counting).left_out[0].what
    assert (POST, "samen.jpg") not in decide_now(counting).seen


def test_who_is_covered_is_not_counted(counting: SmallSchool) -> None:
    # The first head of the row stands at the left, above.
    cover = TWO.replace(" }", ' cover="anna-b=0.03/0.04/0.12/0.2" }')
    seen = decide_now(post(counting, 2, cover)).seen
    assert 1 == seen[POST, "samen.jpg"]


def test_a_photo_in_which_faces_cannot_be_counted_is_not_shown(counting: SmallSchool) -> None:
    post(counting, 1)
    counting.write(f"content/groups/{NAME}", jpeg(row(1))[:4000])
    assert Deny(Reason.unreadable) == decided(counting)
    (told,) = report(counting).left_out
    assert ("unreadable", "it is damaged or not a photo") == (told.reason, told.what)
    made, _ = build_now(counting)
    assert [NAME] == [name for name, _ in made.unreadable]
    assert 1 == made.left_out["unreadable"]


def test_building_and_deciding_again_before_the_upload_agree(counting: SmallSchool) -> None:
    post(counting, 3)
    first, second = decide_now(counting), decide_now(counting)
    assert first.decisions == second.decisions
    made, _ = build_now(counting)
    assert {"more-faces": 1} == made.left_out


def test_a_school_that_does_not_count_shows_what_consent_permits(school: SmallSchool) -> None:
    assert Permit() == decided(post(school, 3))
    assert not (school.folder / ".lichtbrief/cache/faces").exists()


def test_without_the_extra_nothing_is_decided(
    counting: SmallSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    yunet.session.cache_clear()
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(LichtbriefError) as caught:
        decide_now(counting)
    assert "lichtbrief[faces]" in caught.value.hint
    yunet.session.cache_clear()


def test_the_count_only_ever_takes_away(counting: SmallSchool) -> None:
    post(counting, 3)
    with_count = decide_now(counting)
    without = decide_now(counting, LICHTBRIEF_COUNT_FACES=False)
    more = {key for key, decision in with_count.decisions.items() if decision == Permit()}
    less = {key for key, decision in without.decisions.items() if decision == Permit()}
    assert more < less
    assert {(POST, "samen.jpg")} == less - more
    assert replace(with_count, decisions={}, seen={}, settings=without.settings) == replace(
        without, decisions={}
    )
