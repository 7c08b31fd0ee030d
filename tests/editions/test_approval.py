"""What an approval is bound to: all that parents may see of a post, and not how it is stored."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.editions import Approval, digest_of_post, with_approval
from tests.editions.school import BOS, HEADER, Desk

PHOTO = '![Een boom](boom.jpg){: people="anna-b" }'
TABLE = "file,people,attested_by,sha256,cover\n"
APPROVAL = Approval("els", "0" * 64)


@pytest.fixture
def woods(desk: Desk) -> Desk:
    """A desk with a post in two languages, a photo and a table."""
    desk.photo("boom.jpg")
    desk.write(f"Wij liepen.\n\n{PHOTO}")
    beside(desk, "post.en.md").write_text("Title: To the woods\n\nWe walked.\n", encoding="utf-8")
    beside(desk, "photos.csv").write_text(TABLE, encoding="utf-8")
    return desk


def beside(desk: Desk, name: str) -> Path:
    """A file in the post's folder."""
    return desk.groups / BOS / name


def test_an_approval_stays_good_when_it_is_written_and_when_line_ends_change(woods: Desk) -> None:
    seen = digest_of_post(woods.post())
    path = beside(woods, "post.md")
    path.write_text(with_approval(path.read_text(), Approval("els", seen)))
    assert f"els sha256:{seen}" == woods.post().approved_by
    assert seen == digest_of_post(woods.post())
    for file in path.parent.glob("*.[mc]*"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert seen == digest_of_post(woods.post())


@pytest.mark.parametrize(
    "change",
    [
        lambda desk: desk.write(f"Wij renden.\n\n{PHOTO}"),
        lambda desk: desk.write(f"Wij liepen.\n\n{PHOTO}", HEADER.replace("bos", "park")),
        lambda desk: desk.photo("boom.jpg", wide=61),
        lambda desk: beside(desk, "post.en.md").write_text("Title: To the park\n\nWe walked.\n"),
        lambda desk: beside(desk, "post.en.md").unlink(),
        lambda desk: beside(desk, "post.ar.md").write_text("Title: x\n\ny\n"),
        lambda desk: beside(desk, "photos.csv").write_text(f"{TABLE}boom.jpg,anna-b,,,\n"),
    ],
    ids=["words", "title", "photo", "translation", "translation gone", "language", "table"],
)
def test_whatever_parents_may_see_changes_it(woods: Desk, change: Callable[[Desk], object]) -> None:
    seen = digest_of_post(woods.post())
    change(woods)
    assert seen != digest_of_post(woods.post())


def test_a_file_that_parents_never_see_does_not_change_it(woods: Desk) -> None:
    seen = digest_of_post(woods.post())
    beside(woods, "Thumbs.db").write_bytes(b"made by a computer")
    woods.photo("unused.jpg")
    assert seen == digest_of_post(woods.post())


def test_a_copy_for_another_group_was_seen_by_nobody(woods: Desk) -> None:
    seen = digest_of_post(woods.post())
    (woods.groups / BOS).rename((woods.groups / BOS).with_name("2026-11-17-nog-eens"))
    assert seen != digest_of_post(woods.post())


@pytest.mark.parametrize(
    "text",
    ["", "els", "els sha256:", f"els sha256:{'0' * 63}", f"els sha1:{'0' * 64}", f"e l {APPROVAL}"],
)
def test_anything_else_is_no_approval(text: str) -> None:
    assert Approval.parse(text) is None


def test_what_is_written_is_read() -> None:
    assert APPROVAL == Approval.parse(str(APPROVAL))


LINES = st.lists(st.text("ab: —é\t#", max_size=12), max_size=6)
OLDER = st.lists(st.sampled_from(["Approved-By: els", "approved-by:x", "approved-by: a{}    b"]))


@given(
    fence=st.booleans(),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    older=OLDER,
    body=LINES,
    last=st.booleans(),
)
def test_nothing_of_a_post_is_lost_but_an_older_approval(
    fence: bool, end: str, older: list[str], body: list[str], last: bool
) -> None:
    header = ["---"] * fence + ["Title: Bos", "Date: 2026-11-17 14:30"]
    rest = ["---"] * fence + ["", *body]
    before = [line.format(end) for line in older]
    after = with_approval(end.join([*header, *before, *rest]) + end * last, APPROVAL)
    assert end.join([*header, f"Approved-By: {APPROVAL}", *rest]) + end * last == after
    assert after == with_approval(after, APPROVAL)
