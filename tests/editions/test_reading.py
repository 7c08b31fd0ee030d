"""A teacher writes a post, and gets it back as values or hears everything that is wrong."""

import hashlib
from datetime import date, datetime
from pathlib import Path

from lichtbrief.consent import Declaration
from lichtbrief.editions import (
    Event,
    Offer,
    PostKind,
    RawPost,
    Talk,
    Week,
    read_posts,
    starts_of,
)
from tests.editions.school import BOS, HEADER, Desk, read, roster

PHOTO = '![Bladeren](bos-1.jpg){: people="anna-b sem-k" }'
POST = f"content/groups/{BOS}/post.md"


def declared(*people: str, attested_by: str | None = None) -> Declaration:
    return Declaration(True, frozenset(people), attested_by, bytes_match=True)


def test_a_post_with_a_photo(desk: Desk) -> None:
    path = desk.photo("bos-1.jpg")
    desk.write(f"We gingen naar het bos.\n\n{PHOTO}")
    post = desk.post()
    assert (BOS, "Naar het bos", "juf-sanne") == (post.id, post.title, post.author)
    assert (datetime(2026, 11, 17, 14, 30), date(2026, 11, 17)) == (post.at, post.on)
    assert Week(2026, 47) == post.week
    assert (("groep-3",), PostKind.message, "nl") == (post.groups, post.kind, post.lang)
    (photo,) = post.photos
    assert ("bos-1.jpg", path, "Bladeren", False) == (
        photo.file, photo.path, photo.alt, photo.album,
    )  # fmt: skip
    assert hashlib.sha256(path.read_bytes()).hexdigest() == photo.digest
    assert declared("anna-b", "sem-k") == photo.declaration
    assert '<p>We gingen naar het bos.</p><figure data-photo="0"></figure>' == post.html


def test_a_post_goes_to_the_group_whose_folder_it_is_in_and_to_those_it_names(desk: Desk) -> None:
    desk.write("Hallo", HEADER.replace("juf-sanne", "els") + "Groups: groep-5\n")
    assert ("groep-3", "groep-5") == desk.post().groups


def test_all_means_the_groups_of_the_post_on_its_day(desk: Desk) -> None:
    desk.photo("bos-1.jpg")
    desk.write('![Bladeren](bos-1.jpg){: people="all -sem-k" }')
    assert declared("anna-b") == desk.post().photos[0].declaration


def test_all_in_a_post_for_two_classes_means_both(desk: Desk) -> None:
    desk.photo("bos-1.jpg")
    header = HEADER.replace("juf-sanne", "els") + "Groups: groep-3, groep-5\n"
    desk.write('![Bladeren](bos-1.jpg){: people="all" }', header)
    assert declared("anna-b", "sem-k", "noor-a") == desk.post().photos[0].declaration


def test_all_in_a_post_for_the_school_means_everybody(desk: Desk) -> None:
    place = "school/2026-11-17-feest"
    desk.photo("bos-1.jpg", place)
    header = HEADER.replace("juf-sanne", "els")
    desk.write('![Bladeren](bos-1.jpg){: people="all" }', header, place)
    assert declared("anna-b", "sem-k", "noor-a") == desk.post().photos[0].declaration


def test_nobody_is_attested_by_a_teacher(desk: Desk) -> None:
    desk.photo("bos-1.jpg")
    desk.write('![Bladeren](bos-1.jpg){: people="nobody" attested_by="juf-sanne" }')
    assert declared(attested_by="juf-sanne") == desk.post().photos[0].declaration


def test_an_undeclared_photo_is_no_problem_here_for_it_is_denied_later(desk: Desk) -> None:
    desk.photo("bos-1.jpg")
    desk.write("![Bladeren](bos-1.jpg)")
    assert not desk.post().photos[0].declaration.declared


def test_a_table_declares_the_photos_of_the_text_and_adds_an_album(desk: Desk) -> None:
    for number, name in enumerate(("bos-1.jpg", "bos-2.jpg", "bos-3.jpg")):
        desk.photo(name, wide=60 + number)
    folder = desk.write("![Bladeren](bos-2.jpg)")
    (folder / "photos.csv").write_text(
        "file,people,attested_by,sha256,cover,alt\n"
        "bos-3.jpg,sem-k,,,,Een tak\nbos-2.jpg,anna-b,,,,\nbos-1.jpg,nobody,juf-sanne,,,\n"
    )
    photos = desk.post().photos
    assert ["bos-2.jpg", "bos-3.jpg", "bos-1.jpg"] == [photo.file for photo in photos]
    assert ["Bladeren", "Een tak", ""] == [photo.alt for photo in photos]
    assert [False, True, True] == [photo.album for photo in photos]
    assert declared("anna-b") == photos[0].declaration
    assert declared(attested_by="juf-sanne") == photos[2].declaration


def test_text_and_table_that_disagree_are_left_to_the_decision(desk: Desk) -> None:
    desk.photo("bos-1.jpg")
    folder = desk.write(PHOTO)
    (folder / "photos.csv").write_text(
        "file,people,attested_by,sha256,cover\nbos-1.jpg,anna-b,,,\n"
    )
    assert desk.post().photos[0].declaration.contradictory


def test_a_photo_edited_after_its_declaration_does_not_match(desk: Desk) -> None:
    desk.photo("bos-1.jpg")
    folder = desk.write("Tekst")
    (folder / "photos.csv").write_text(
        f"file,people,attested_by,sha256,cover\nbos-1.jpg,anna-b,,{'0' * 64},\n"
    )
    assert not desk.post().photos[0].declaration.bytes_match


def test_a_photo_shown_twice_is_one_photo(desk: Desk) -> None:
    desk.photo("bos-1.jpg")
    desk.write(f"{PHOTO}\n\nEn nog eens:\n\n![Bladeren](./bos-1.jpg)")
    post = desk.post()
    assert 1 == len(post.photos)
    assert 2 == post.html.count('<figure data-photo="0">')
    assert declared("anna-b", "sem-k") == post.photos[0].declaration


def test_a_photo_that_nothing_mentions_is_named(desk: Desk) -> None:
    desk.photo("bos-1.jpg")
    desk.photo("bos-2.jpg")
    folder = desk.write(PHOTO)
    (folder / "dag.mov").write_bytes(b"film")
    (folder / "notes.txt").write_text("x")
    assert ("bos-2.jpg", "dag.mov") == desk.post().unused


def test_an_event_says_when_and_where(desk: Desk) -> None:
    event = "Kind: event\nStart: 2026-11-24 19:30\nEnd: 2026-11-24 21:00\nLocation: De hal\n"
    desk.write("Kom!", HEADER + event)
    expected = Event(datetime(2026, 11, 24, 19, 30), datetime(2026, 11, 24, 21), "De hal")
    assert (PostKind.event, expected) == (desk.post().kind, desk.post().event)


def test_talks_have_dates(desk: Desk) -> None:
    dates = "2026-12-03 18:30-20:30, 2026-12-01 15:30-17:30"
    desk.write("Kom!", HEADER + f"Kind: talks\nDates: {dates}\n")
    expected = (
        Talk(datetime(2026, 12, 1, 15, 30), datetime(2026, 12, 1, 17, 30)),
        Talk(datetime(2026, 12, 3, 18, 30), datetime(2026, 12, 3, 20, 30)),
    )
    assert expected == desk.post().talks


def test_talks_can_offer_times_to_choose(desk: Desk) -> None:
    dates = "2026-12-01 15:30-15:55, 2026-12-03 19:00-19:20"
    desk.write("Kom!", HEADER + f"Kind: talks\nDates: {dates}\nLength: 10\n")
    post = desk.post()
    assert Offer(10, ("juf-sanne",)) == post.offer, "with the author, if nobody is named"
    expected = ["1 15:30", "1 15:40", "3 19:00", "3 19:10"]
    assert expected == [f"{start:%-d %H:%M}" for start in starts_of(post)]


def test_in_a_post_to_all_everybody_can_hold_talks(desk: Desk) -> None:
    more = "Kind: talks\nDates: 2026-12-01 15:30-16:00\nLength: 15\nTeachers: juf-sanne els\n"
    head = HEADER.replace("juf-sanne", "els")
    desk.write("Kom!", head + more, place="school/2026-11-17-bos")
    assert Offer(15, ("juf-sanne", "els")) == desk.post().offer


def test_a_post_in_english(desk: Desk) -> None:
    desk.write("Hello", HEADER + "Lang: en\nKind: links\n")
    assert ("en", PostKind.links) == (desk.post().lang, desk.post().kind)


def test_a_draft_is_passed_over_whatever_is_wrong_with_it(desk: Desk) -> None:
    desk.photo("kiekje.jpg")
    desk.write("![](weg.jpg)", "Title:\nStatus: Draft\nDate: ooit\n")
    assert ((), ()) == desk.read()


def test_published_is_what_a_post_is_anyway(desk: Desk) -> None:
    desk.write("Hallo", HEADER + "Status: published\n")
    assert "<p>Hallo</p>" == desk.post().html


def test_a_broken_post_does_not_take_the_others_along(desk: Desk) -> None:
    desk.write("Hallo")
    desk.write("Hallo", "Title: Kapot\n", "groep-3/2026-11-18-kapot")
    posts, problems = desk.read()
    assert [BOS] == [post.id for post in posts]
    files = {problem.file for problem in problems}
    assert {"content/groups/groep-3/2026-11-18-kapot/post.md"} == files


def test_values_may_come_as_objects_from_pelican(desk: Desk) -> None:
    class Author:
        def __str__(self) -> str:
            return "juf-sanne"

    class SafeDatetime(datetime):
        pass

    def from_pelican(path: Path) -> RawPost:
        moment = SafeDatetime(2026, 11, 17, 14, 30)
        extra = {"author": Author(), "date": moment, "category": "groep-3", "reader": "md"}
        return RawPost("<p>Hallo</p>", {**read(path).metadata, **extra})

    desk.write("Hallo")
    posts, problems = read_posts(desk.groups, from_pelican, roster())
    assert () == problems
    assert (datetime(2026, 11, 17, 14, 30), "juf-sanne") == (posts[0].at, posts[0].author)
    assert datetime is type(posts[0].at)


def test_a_school_without_posts(desk: Desk) -> None:
    assert ((), ()) == desk.read()
