"""A school where posts wait for a second pair of eyes."""

from pathlib import Path

import pytest

from lichtbrief.consent.standing import WORDS
from lichtbrief.errors import LichtbriefError, ProblemsError
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.look.approving import approve
from tests.jobs.given import W47, decide_now
from tests.school import SmallSchool, photo

BOS = "groep-3/2026-11-17-bos"
NIEUWS = "school/2026-11-20-nieuws"
CLASSES = {BOS, "groep-3/2026-11-18-lezen", "groep-5/2026-11-19-sommen"}


def decided(school: SmallSchool, policy: str = "all", **more: object) -> Decided:
    """The school that waits for approvals by this policy."""
    return decide_now(school, LICHTBRIEF_APPROVAL=policy, **more)


def waits(now: Decided) -> set[str]:
    """The posts that wait; nobody reads them, and everybody reads the others."""
    waiting = {one.post.id for one in now.waiting}
    assert waiting.isdisjoint(post.id for post in now.posts)
    return waiting


def seen(school: SmallSchool, post: str, by: str = "directeur-els") -> None:
    """Somebody has read the post, and writes that into it."""
    approve(decided(school), Path(post), by)


def why(now: Decided, post: str) -> str:
    """What this post waits for."""
    (problem,) = next(one.problems for one in now.waiting if one.post.id == post)
    return problem.what


@pytest.fixture
def with_office(school: SmallSchool) -> SmallSchool:
    """The small school, with somebody in its office."""
    school.add("school/staff.csv", "ria,Ria,ria@dijk.example,office,all,no\n")
    return school


def test_a_school_that_asks_for_nothing_waits_for_nothing(school: SmallSchool) -> None:
    assert set() == waits(decide_now(school))


def test_a_post_to_the_whole_school_waits_and_those_of_one_class_do_not(
    school: SmallSchool,
) -> None:
    school.post("groep-3/2026-11-20-samen", "directeur-els", "Samen.\n", "Groups: groep-5\n")
    assert {NIEUWS, "groep-3/2026-11-20-samen"} == waits(decided(school, "school"))


def test_the_post_goes_out_when_the_head_has_read_it_and_the_rest_waits_on(
    school: SmallSchool,
) -> None:
    assert {*CLASSES, NIEUWS} == waits(decided(school))
    seen(school, BOS)
    after = decided(school)
    assert {*CLASSES - {BOS}, NIEUWS} == waits(after)
    assert (BOS,) == tuple(post.id for post in after.posts_of("groep-3", W47))
    assert () == after.posts_of("groep-5", W47)


@pytest.mark.parametrize(
    "change",
    [
        lambda school: school.add(f"content/groups/{BOS}/post.md", "En eikels.\n"),
        lambda school: school.write(f"content/groups/{BOS}/mand.jpg", photo(9)),
    ],
    ids=["its words", "a photo"],
)
def test_a_post_that_changes_waits_again(school: SmallSchool, change: object) -> None:
    seen(school, BOS)
    assert callable(change)
    change(school)
    assert "has changed since it was approved" == why(decided(school), BOS)
    seen(school, BOS)
    assert BOS not in waits(decided(school))


def test_an_approved_post_that_is_copied_to_another_class_was_read_by_nobody(
    school: SmallSchool,
) -> None:
    seen(school, "groep-3/2026-11-18-lezen")
    text = (school.folder / "content/groups/groep-3/2026-11-18-lezen/post.md").read_text()
    text = text.replace("juf-sanne", "meester-tom")
    school.write("content/groups/groep-5/2026-11-18-lezen/post.md", text)
    assert "groep-5/2026-11-18-lezen" in waits(decided(school))


@pytest.mark.parametrize(
    ("by", "fault"),
    [
        ("juf-sanne", "is neither of the management nor of the office"),
        ("g1", "is not on the staff"),
    ],
)
def test_whoever_has_not_the_role_cannot_approve(school: SmallSchool, by: str, fault: str) -> None:
    with pytest.raises(LichtbriefError, match=f"{by} cannot approve {BOS}: {by} {fault}"):
        seen(school, BOS, by)
    assert BOS in waits(decided(school))


def test_nobody_is_the_second_pair_of_eyes_of_their_own_post(with_office: SmallSchool) -> None:
    with pytest.raises(LichtbriefError, match="directeur-els wrote it"):
        seen(with_office, NIEUWS)
    seen(with_office, NIEUWS, "ria")
    assert NIEUWS not in waits(decided(with_office))


def test_an_approval_ends_with_the_role_of_who_gave_it(with_office: SmallSchool) -> None:
    seen(with_office, BOS, "ria")
    staff = with_office.folder / "school/staff.csv"
    staff.write_text(staff.read_text().replace(",office,", ",teacher,"))
    expected = "was approved by ria, who is neither of the management nor of the office"
    assert expected == why(decided(with_office), BOS)


@pytest.mark.parametrize("written", ["directeur-els", "ja", f"directeur-els sha256:{'A' * 64}"])
def test_an_approval_that_was_written_by_hand_is_none(school: SmallSchool, written: str) -> None:
    path = school.folder / f"content/groups/{BOS}/post.md"
    path.write_text(path.read_text().replace("\n\n", f"\nApproved-By: {written}\n\n", 1))
    assert "has an Approved-By that cannot be read" == why(decided(school), BOS)


def test_an_approval_of_something_else_is_none(school: SmallSchool) -> None:
    path = school.folder / f"content/groups/{BOS}/post.md"
    line = f"\nApproved-By: directeur-els sha256:{'a' * 64}\n\n"
    path.write_text(path.read_text().replace("\n\n", line, 1))
    assert "has changed since it was approved" == why(decided(school), BOS)


def test_the_second_pair_of_eyes_reads_it_in_the_preview(school: SmallSchool) -> None:
    preview = decided(school, LICHTBRIEF_PREVIEW=True)
    assert {*CLASSES, NIEUWS} == {post.id for post in preview.posts}
    assert {*CLASSES, NIEUWS} == {one.post.id for one in preview.waiting}


def test_a_post_that_is_kept_back_for_a_name_is_mended_before_it_is_approved(
    school: SmallSchool,
) -> None:
    school.post(BOS, "juf-sanne", "Tess vond een eikel.\n")
    assert BOS not in waits(decided(school))
    with pytest.raises(ProblemsError, match="is kept back; nothing was approved"):
        seen(school, BOS)


def test_the_log_notes_no_photo_of_a_post_that_waits(school: SmallSchool) -> None:
    seen(school, BOS)
    noted = {post for post, what in decided(school).for_the_log() if not what.startswith(WORDS)}
    assert {BOS} == noted
