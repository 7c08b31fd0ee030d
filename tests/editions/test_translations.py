"""A post in several languages: other words, the same photos and the same rules."""

from pathlib import Path

import pytest

from tests.editions.school import BOS, FOLDER, HEADER, Desk, page, plan, segments

PHOTO = '![Een boom](boom.jpg){: people="anna-b" }'
SECOND = '![Een blad](blad.jpg){: people="sem-k" }'


def translate(
    desk: Desk, text: str, header: str = "Title: To the woods\n", lang: str = "en"
) -> Path:
    path = desk.groups / BOS / f"post.{lang}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{header}\n{text}\n", encoding="utf-8")
    return path


def test_an_edition_holds_every_text_of_a_post_and_counts_it_once(desk: Desk) -> None:
    desk.photo("boom.jpg")
    desk.write(f"Wij liepen.\n\n{PHOTO}")
    translate(desk, "We walked.\n\n![A tree](boom.jpg)")
    translate(desk, "مشينا.", "Title: إلى الغابة\n", "ar")
    edition = plan(desk)
    assert [("nl", "Naar het bos"), ("ar", "إلى الغابة"), ("en", "To the woods")] == [
        (post.lang, post.title) for post in edition.posts
    ]
    assert 1 == len({post.code for post in edition.posts})
    assert 1 == len(edition.photos)
    assert b'"posts":1' in segments(edition)[0]
    assert '<figure data-alt="A tree" data-photo="0"></figure>' in page(edition)


def test_a_photo_that_a_translation_does_not_place_stands_below_it(desk: Desk) -> None:
    desk.photo("boom.jpg")
    desk.write(PHOTO)
    translate(desk, "We walked.")
    assert [(), (0,)] == [post.album for post in plan(desk).posts]


def test_a_denied_photo_leaves_no_trace_in_any_language(desk: Desk) -> None:
    desk.photo("boom.jpg")
    desk.photo("blad.jpg", wide=90)
    desk.write(f"Wij liepen.\n\n{PHOTO}\n\n{SECOND}")
    translate(desk, 'We walked.\n\n![A tree](boom.jpg "Tall")\n\n![A leaf](blad.jpg "Small")')
    shown = page(plan(desk, "blad.jpg"))
    assert "A tree" in shown
    assert not [word for word in ("leaf", "Small", "blad", "Een blad") if word in shown]
    desk.write(f"Wij liepen.\n\n{PHOTO}")
    (desk.groups / BOS / "blad.jpg").unlink()
    translate(desk, 'We walked.\n\n![A tree](boom.jpg "Tall")')
    assert shown == page(plan(desk))


def test_a_translation_is_made_as_safe_as_the_post(desk: Desk) -> None:
    desk.write("Hallo")
    translate(desk, '<script>x()</script><b onclick="x()">Hello</b> <a href="b.html">a</a>')
    assert ["is not an address that a parent can open"] == [p.what for p in desk.read()[1]]
    translate(desk, '<script>x()</script><b onclick="x()">Hello</b>')
    assert "<p><b>Hello</b></p>" == plan(desk).posts[1].html


def test_every_text_of_a_post_is_found_in_one_place(desk: Desk) -> None:
    desk.photo("boom.jpg")
    event = HEADER + "Kind: event\nStart: 2026-11-24 19:30\nLocation: Het bos\nBring: laarzen\n"
    desk.write(PHOTO, event)
    translate(
        desk, "![A tree](boom.jpg)", "Title: To the woods\nLocation: The woods\nBring: boots\n"
    )
    own, other = desk.post().texts
    assert ("Naar het bos", "Het bos", "laarzen", ("Een boom",)) == (
        own.title, own.location, own.bring, own.alts,
    )  # fmt: skip
    assert ("To the woods", "The woods", "boots", ("A tree",)) == (
        other.title, other.location, other.bring, other.alts,
    )  # fmt: skip
    assert ["Het bos", "The woods"] == [i.location for i in plan(desk).invitations]


def test_a_draft_of_a_translation_is_not_shown(desk: Desk) -> None:
    desk.write("Hallo")
    translate(desk, "Hello", "Title: Hi\nStatus: draft\n")
    assert ["nl"] == [post.lang for post in plan(desk).posts]


@pytest.mark.parametrize(
    ("text", "header", "what"),
    [
        ("Hello", "", "is missing"),
        ("Hello", "Title: A\nTitle: B\n", "stands on more than one line"),
        (
            "Hello",
            "Title: A\nDate: 2026-11-17\n",
            "belongs in post.md, which holds for every language",
        ),
        ("Hello", "Title: A\nStatus: cancelled\n", "is unknown in a translation"),
        ('![A tree](boom.jpg){: people="anna-b" }', "Title: A\n", "says again who is in it"),
        ("![A tree](ander.jpg)", "Title: A\n", "is not a photo of post.md"),
        ("![A tree](https://example.org/a.jpg)", "Title: A\n", "is not a photo of post.md"),
        ("![](boom.jpg)", "Title: A\n", "has no description"),
    ],
)
def test_what_is_wrong_with_a_translation_is_said_at_its_place(
    desk: Desk, text: str, header: str, what: str
) -> None:
    desk.photo("boom.jpg")
    desk.write(PHOTO)
    translate(desk, text, header)
    posts, problems = desk.read()
    assert () == posts
    assert [(f"{FOLDER}/post.en.md", what)] == [(one.file, one.what) for one in problems]


@pytest.mark.parametrize("name", ["post.english.md", "notes.md", "post.EN.md", "post.nl.md"])
def test_a_text_that_is_neither_post_nor_translation_is_not_passed_over(
    desk: Desk, name: str
) -> None:
    folder = desk.write("Hallo")
    (folder / name).write_text("Title: A\n\nHello\n")
    assert [f"{FOLDER}/{name}"] == [one.file for one in desk.read()[1]]


def test_a_translation_from_elsewhere_is_refused(desk: Desk, tmp_path: Path) -> None:
    folder = desk.write("Hallo")
    outside = tmp_path / "outside.md"
    outside.write_text("Title: A\n\nHello\n")
    (folder / "post.en.md").symlink_to(outside)
    assert ["is a link to a file elsewhere"] == [one.what for one in desk.read()[1]]
