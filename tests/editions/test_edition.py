"""One group's week: which posts, which photos, and when it is another edition than before."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from lichtbrief.editions import EditionPlan, Event, PostKind, Talk, Week, plan_edition
from lichtbrief.media import Recipe
from tests.editions.school import BOS, GROUPS, HEADER, STAFF, WEEK, ZONE, Desk, decide, plan

GYM = "groep-3/2026-11-18-gym"
ELS = HEADER.replace("juf-sanne", "els")


def header(day: str, time: str = "14:30") -> str:
    return HEADER.replace("2026-11-17 14:30", f"{day} {time}").replace("Naar het bos", day)


def test_an_edition_holds_the_posts_of_its_week_and_group(desk: Desk) -> None:
    desk.write("A", ELS + "Groups: groep-3, groep-5\n")
    desk.write("B", header("2026-11-22"), "groep-3/2026-11-22-zondag")
    desk.write("C", header("2026-11-23"), "groep-3/2026-11-23-maandag")
    desk.write("D", ELS, "groep-5/2026-11-17-gym")
    desk.write("E", ELS, "school/2026-11-17-feest")
    of_group = {group: [post.html for post in plan(desk, group=group).posts] for group in GROUPS}
    assert {
        "groep-3": ["<p>A</p>", "<p>B</p>"],
        "groep-5": ["<p>A</p>", "<p>D</p>"],
        "school": ["<p>E</p>"],
    } == of_group


def test_posts_stand_in_order_of_time_and_then_of_id(desk: Desk) -> None:
    desk.write("laat", header("2026-11-17", "15:00"), "groep-3/2026-11-17-a")
    desk.write("c", header("2026-11-17", "09:00"), "groep-3/2026-11-17-c")
    desk.write("b", header("2026-11-17", "09:00"), "groep-3/2026-11-17-b")
    desk.write("eerst", header("2026-11-16", "23:59"), "groep-3/2026-11-16-z")
    expected = ["<p>eerst</p>", "<p>b</p>", "<p>c</p>", "<p>laat</p>"]
    assert expected == [post.html for post in plan(desk).posts]


def test_an_edition_of_nothing_does_not_exist(desk: Desk) -> None:
    desk.write("Hallo")
    posts, _ = desk.read()
    with pytest.raises(ValueError, match="at least one post"):
        plan_edition(GROUPS["groep-5"], WEEK, posts, {}, STAFF, ZONE)
    with pytest.raises(ValueError, match="at least one post"):
        plan_edition(GROUPS["groep-3"], Week(2026, 48), posts, {}, STAFF, ZONE)


def two_posts(desk: Desk) -> None:
    """Two posts with five photos, of which `boom.jpg` and `tak.jpg` are one and the same."""
    desk.photo("boom.jpg", wide=61)
    desk.photo("blad.jpg", wide=62)
    desk.write("![Boom](boom.jpg)\n\nTekst\n\n![Blad](blad.jpg)")
    desk.photo("tak.jpg", GYM, wide=61)
    desk.photo("bal.jpg", GYM, wide=63)
    desk.photo("mat.jpg", GYM, wide=64)
    folder = desk.write("![Tak](tak.jpg) ![Bal](bal.jpg)", header("2026-11-18"), GYM)
    (folder / "photos.csv").write_text(
        "file,people,attested_by,sha256,cover,alt\nmat.jpg,nobody,els,,,De mat\n"
    )


def figure(number: int) -> str:
    return f'<figure data-photo="{number}"></figure>'


def test_photos_are_numbered_over_the_edition_and_each_is_in_it_once(desk: Desk) -> None:
    two_posts(desk)
    edition = plan(desk)
    assert ["Boom", "Blad", "Bal", "De mat"] == [photo.alt for photo in edition.photos]
    bos, gym = edition.posts
    assert f"{figure(0)}<p>Tekst</p>{figure(1)}" == bos.html
    assert f"{figure(0)}{figure(2)}" == gym.html
    assert ((), (3,)) == (bos.album, gym.album)


def test_denied_photos_are_not_counted(desk: Desk) -> None:
    two_posts(desk)
    edition = plan(desk, "boom.jpg", "bal.jpg")
    assert ["Blad", "Tak", "De mat"] == [photo.alt for photo in edition.photos]
    bos, gym = edition.posts
    assert f"<p>Tekst</p>{figure(0)}" == bos.html
    assert (figure(1), (2,)) == (gym.html, gym.album)


def test_a_photo_nobody_decided_on_is_not_shown(desk: Desk) -> None:
    two_posts(desk)
    posts, _ = desk.read()
    edition = plan_edition(GROUPS["groep-3"], WEEK, posts, {}, STAFF, ZONE)
    assert () == edition.photos
    assert ["<p>Tekst</p>", ""] == [post.html for post in edition.posts]
    assert ((), ()) == (edition.posts[0].album, edition.posts[1].album)


def test_the_author_is_shown_by_name(desk: Desk) -> None:
    desk.write("Hallo")
    assert "Juf Sanne" == plan(desk).posts[0].author


EVENT = Event(datetime(2026, 11, 24, 19), None, "Hal")
Change = Callable[[EditionPlan], EditionPlan]


def in_post(**changes: object) -> Change:
    def change(edition: EditionPlan) -> EditionPlan:
        first, *others = edition.posts
        # mypy cannot see that each change is of its field's type
        changed = replace(first, **changes)  # type: ignore[arg-type]
        return replace(edition, posts=(changed, *others))

    return change


def in_photo(**changes: object) -> Change:
    def change(edition: EditionPlan) -> EditionPlan:
        first, *others = edition.photos
        # the same
        changed = replace(first, **changes)  # type: ignore[arg-type]
        return replace(edition, photos=(changed, *others))

    return change


@pytest.mark.parametrize(
    "change",
    [
        in_post(title="x"),
        in_post(author="x"),
        in_post(on=date(2026, 11, 16)),
        in_post(kind=PostKind.links),
        in_post(lang="en"),
        in_post(html="<p>x</p>"),
        in_post(album=(1,)),
        in_post(event=EVENT),
        in_post(event=replace(EVENT, start=datetime(2026, 11, 24, 20))),
        in_post(event=replace(EVENT, location="Zaal")),
        in_post(event=replace(EVENT, end=datetime(2026, 11, 24, 21))),
        in_post(talks=(Talk(EVENT.start, datetime(2026, 11, 24, 20)),)),
        in_photo(alt="x"),
        in_photo(digest="x"),
        lambda edition: replace(edition, week=Week(2026, 46)),
        lambda edition: replace(edition, group=GROUPS["groep-5"]),
        lambda edition: replace(edition, group=replace(edition.group, name="x")),
        lambda edition: replace(edition, posts=edition.posts[::-1]),
        lambda edition: replace(edition, photos=edition.photos[::-1]),
    ],
)
def test_whatever_parents_would_see_makes_another_edition(desk: Desk, change: Change) -> None:
    two_posts(desk)
    edition = plan(desk)
    assert edition.identity("theme", Recipe.avif) != change(edition).identity("theme", Recipe.avif)


def test_another_theme_makes_another_edition(desk: Desk) -> None:
    desk.write("Hallo")
    assert plan(desk).identity("theme", Recipe.avif) != plan(desk).identity("other", Recipe.avif)


def test_photos_in_another_format_make_another_edition(desk: Desk) -> None:
    desk.write("Hallo")
    assert plan(desk).identity("theme", Recipe.avif) != plan(desk).identity("theme", Recipe.jpeg)


def test_nothing_else_makes_another_edition(desk: Desk) -> None:
    two_posts(desk)
    before = plan(desk, "boom.jpg").identity("theme", Recipe.avif)
    desk.write("![Boom](boom.jpg)\n\nTekst\n\n![Blad](blad.jpg)", HEADER.replace("14:30", "9:00"))
    desk.photo("unused.jpg", wide=90)
    desk.write("Later", header("2026-11-25"), "groep-3/2026-11-25-later")
    folder = desk.groups / BOS
    (folder / "blad.jpg").rename(folder / "bladeren.jpg")
    text = (folder / "post.md").read_text()
    (folder / "post.md").write_text(text.replace("blad.jpg", "bladeren.jpg"))
    assert before == plan(desk, "boom.jpg").identity("theme", Recipe.avif)


def test_a_post_is_called_by_a_code_that_tells_nothing_of_it(desk: Desk) -> None:
    two_posts(desk)
    codes = [post.code for post in plan(desk).posts]
    assert len(set(codes)) == 2
    for code in codes:
        assert re.fullmatch("[a-z2-7]{8}", code)
    (desk.groups / BOS).rename(desk.groups / "groep-3/2026-11-17-anders")
    assert codes != [post.code for post in plan(desk).posts]


def test_a_denied_photo_is_not_part_of_what_the_edition_is(desk: Desk) -> None:
    desk.photo("boom.jpg")
    desk.write("Tekst\n\n![Boom](boom.jpg)")
    with_denied = plan(desk, "boom.jpg").identity("theme", Recipe.avif)
    desk.write("Tekst")
    assert with_denied == plan(desk).identity("theme", Recipe.avif)


def test_the_plan_is_the_same_whatever_the_order_of_posts(desk: Desk) -> None:
    two_posts(desk)
    posts, _ = desk.read()
    decisions = decide(posts, frozenset())
    turned = plan_edition(GROUPS["groep-3"], WEEK, posts[::-1], decisions, STAFF, ZONE)
    assert plan(desk) == turned
