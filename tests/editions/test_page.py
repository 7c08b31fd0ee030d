"""The page of an edition: in no language, with landmarks, and with nothing a browser would run."""

import re

from bs4 import BeautifulSoup

from tests.editions.school import HEADER, Desk, page, plan

EVENT = "Kind: event\nStart: 2026-11-24 19:30\nEnd: {}\nLocation: De hal & <b>gang</b>\n"
GYM = "groep-3/2026-11-17-gym"


def tree(desk: Desk, *denied: str) -> BeautifulSoup:
    return BeautifulSoup(page(plan(desk, *denied)), "html.parser")


def times(soup: BeautifulSoup) -> list[tuple[object, object]]:
    return [(time["datetime"], time["data-form"]) for time in soup("time")]


def test_each_post_is_an_article_in_its_own_language(desk: Desk) -> None:
    desk.write("Hallo")
    desk.write("Hello", HEADER.replace("Naar het bos", "Gym") + "Lang: en\nKind: links\n", GYM)
    articles = tree(desk).select("section.edition > article.post")
    assert [("nl", "message"), ("en", "links")] == [
        (article["lang"], article["class"][1]) for article in articles
    ]
    assert ["Naar het bos", "Gym"] == [one.get_text() for one in tree(desk).select("header h2")]
    assert ["Juf Sanne"] * 2 == [one.get_text() for one in tree(desk).select("header .author")]


def test_the_day_of_a_post_is_left_to_the_reader_to_write(desk: Desk) -> None:
    desk.write("Hallo")
    assert [("2026-11-17", "day")] == times(tree(desk))


def test_an_event_on_one_day(desk: Desk) -> None:
    desk.write("Kom", HEADER + EVENT.format("2026-11-24 21:00"))
    facts = tree(desk).select_one("dl.facts")
    assert facts is not None
    assert ["when", "until", "where"] == [one["data-word"] for one in facts("span")]
    assert [("2026-11-24T19:30", "day-time"), ("2026-11-24T21:00", "time")] == [
        (time["datetime"], time["data-form"]) for time in facts("time")
    ]
    assert "De hal & <b>gang</b>" == facts("dd")[-1].get_text()


def test_an_event_of_two_days_says_both(desk: Desk) -> None:
    desk.write("Kamp", HEADER + EVENT.format("2026-11-26 12:00"))
    assert ("2026-11-26T12:00", "day-time") == times(tree(desk))[-1]


def test_talks_list_their_hours(desk: Desk) -> None:
    talks = "Kind: talks\nDates: 2026-12-01 15:30-17:30, 2026-12-03 18:30-20:30\n"
    desk.write("Kom", HEADER + talks)
    assert [
        ("2026-12-01T15:30", "day-time"), ("2026-12-01T17:30", "time"),
        ("2026-12-03T18:30", "day-time"), ("2026-12-03T20:30", "time"),
    ] == times(tree(desk))[1:]  # fmt: skip
    assert 2 == len(tree(desk).select("dl.talks dd"))


def test_an_album_follows_the_text(desk: Desk) -> None:
    desk.photo("a.jpg")
    folder = desk.write("Tekst")
    (folder / "photos.csv").write_text("file,people,attested_by,sha256,cover\na.jpg,nobody,els,,\n")
    html = page(plan(desk))
    assert html.index("Tekst") < html.index('<figure data-photo="0">')
    assert 1 == len(tree(desk).select("div.album > figure"))


def test_an_album_of_denied_photos_is_not_there(desk: Desk) -> None:
    desk.photo("a.jpg")
    table = desk.write("Tekst") / "photos.csv"
    table.write_text("file,people,attested_by,sha256,cover\na.jpg,nobody,els,,\n")
    denied = page(plan(desk, "a.jpg"))
    table.unlink()
    (desk.groups / "groep-3/2026-11-17-bos/a.jpg").unlink()
    assert page(plan(desk)) == denied


def test_the_page_has_no_words_of_its_own(desk: Desk) -> None:
    desk.write("", HEADER + EVENT.format("2026-11-24 21:00"))
    text = tree(desk).get_text(" ", strip=True)
    assert "Naar het bos Juf Sanne De hal & <b>gang</b>" == text


def test_what_a_teacher_writes_above_the_text_is_text(desk: Desk) -> None:
    nasty = "<script>alert(1)</script> & <img src=x onerror=alert(1)>"
    header = HEADER.replace("Naar het bos", nasty)
    desk.write("Hallo", header + EVENT.format("2026-11-24 21:00"))
    assert {nasty} == {one.get_text() for one in tree(desk).select("h2")}
    assert not tree(desk)(["script", "img", "b"])


def test_there_is_no_image_in_a_page(desk: Desk) -> None:
    desk.photo("a.jpg")
    desk.write('![Boom](a.jpg "Een boom")')
    html = page(plan(desk))
    assert not re.search(r"<img|src=|Boom", html)
    assert '<figure data-photo="0"><figcaption>Een boom</figcaption></figure>' in html
