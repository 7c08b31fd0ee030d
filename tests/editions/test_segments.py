"""An edition as it is sealed: an index, a page, and photos; and of denied photos, nothing."""

import gzip
import json
from dataclasses import replace

import pytest

from lichtbrief.editions import assemble
from lichtbrief.errors import LichtbriefError
from lichtbrief.media import render_photo
from tests.editions.school import BOS, HEADER, Desk, page, plan, segments

EVENT = "Kind: event\nStart: 2026-11-24 19:30\nEnd: 2026-11-24 21:00\nLocation: De hal\n"
TALKS = "Kind: talks\nDates: 2026-11-24 15:30-17:30\n"


def test_the_index_says_what_is_in_it_and_where(desk: Desk) -> None:
    desk.photo("boom.jpg", wide=900)
    desk.photo("blad.jpg", wide=300)
    desk.write("![Boom](boom.jpg)\n\n![Blad “é”](blad.jpg)")
    boom, blad = (render_photo(desk.groups / BOS / name) for name in ("boom.jpg", "blad.jpg"))
    index, *others = segments(plan(desk))
    assert {
        "format": "lichtbrief edition 1",
        "group": "groep-3",
        "group_name": "Groep 3",
        "week": "2026-W47",
        "counts": {"posts": 1, "photos": 2, "films": 0, "attachments": 0, "events": 0},
        "dates": [],
        "calendar": {},
        "sizes": [len(segment) for segment in others],
        "photos": [
            {"width": 900, "height": 40, "colour": boom.colour, "alt": "Boom",
             "small": 2, "large": 3, "mime": "image/avif"},
            {"width": 300, "height": 40, "colour": blad.colour, "alt": "Blad “é”",
             "small": 4, "large": 4, "mime": "image/jpeg"},
        ],
        "attachments": [],
    } == json.loads(index)  # fmt: skip
    assert [boom.small.data, boom.large.data] == others[1:3]
    assert 4 == len(others)


def test_the_page_is_compressed_and_the_index_canonical(desk: Desk) -> None:
    desk.write("Hallo")
    edition = plan(desk)
    index, compressed = segments(edition)
    assert page(edition).encode() == gzip.decompress(compressed)
    value = json.loads(index)
    assert json.dumps(value, sort_keys=True, separators=(",", ":")).encode() == index


def test_the_same_edition_is_the_same_bytes(desk: Desk) -> None:
    desk.photo("boom.jpg")
    desk.write("![Boom](boom.jpg)")
    assert segments(plan(desk)) == segments(plan(desk))


def test_dates_are_there_for_the_mail_in_order_of_time(desk: Desk) -> None:
    desk.write("Kom", HEADER + EVENT)
    desk.write("Kom", HEADER + TALKS, "groep-3/2026-11-17-gesprek")
    open_end = EVENT.replace("End: 2026-11-24 21:00\n", "").replace("24 19:30", "23 08:30")
    desk.write("Kom", HEADER + open_end, "groep-3/2026-11-17-ontbijt")
    index = json.loads(segments(plan(desk))[0])
    assert [
        {"start": "2026-11-23T08:30", "end": None, "kind": "event"},
        {"start": "2026-11-24T15:30", "end": "2026-11-24T17:30", "kind": "talks"},
        {"start": "2026-11-24T19:30", "end": "2026-11-24T21:00", "kind": "event"},
    ] == index["dates"]
    counts = {"posts": 3, "photos": 0, "films": 0, "attachments": 0, "events": 3}
    assert counts == index["counts"]


def test_no_segment_knows_of_a_denied_photo(desk: Desk) -> None:
    desk.photo("boom.jpg", wide=61)
    kept_out = desk.photo("zwemfeest.jpg", wide=62)
    desk.photo("albumfoto.jpg", wide=63)
    folder = desk.write(
        "![Boom](boom.jpg)\n\nTekst\n\n"
        '![Duiken](zwemfeest.jpg "In het bad"){: people="sem-k" }\n\nNog meer'
    )
    (folder / "photos.csv").write_text(
        "file,people,attested_by,sha256,cover,alt\nalbumfoto.jpg,sem-k,,,,Verstoppertje\n"
    )
    edition = plan(desk, "zwemfeest.jpg", "albumfoto.jpg")
    index, compressed, *photos = segments(edition)
    assert 2 >= len(photos)
    seen = index + gzip.decompress(compressed) + b"".join(photos)
    traces = ("zwemfeest", "Duiken", "In het bad", "sem-k", "albumfoto", "Verstoppertje")
    for trace in (*traces, "boom.jpg", "juf-sanne", str(desk.groups), BOS):
        assert trace.encode() not in seen
    rendered = render_photo(kept_out)
    assert rendered.original.encode() not in seen
    assert rendered.small.data not in photos


def test_an_edition_with_denied_photos_is_that_of_posts_without_them(desk: Desk) -> None:
    desk.photo("boom.jpg", wide=61)
    desk.photo("nee.jpg", wide=62)
    folder = desk.write("![Boom](boom.jpg)\n\nTekst ![Nee](nee.jpg) en meer\n\n![Nee](nee.jpg)")
    table = folder / "photos.csv"
    table.write_text("file,people,attested_by,sha256,cover\nnee.jpg,all,,,\n")
    denied = segments(plan(desk, "nee.jpg"))
    table.unlink()
    desk.write("![Boom](boom.jpg)\n\nTekst en meer")
    assert segments(plan(desk)) == denied


def test_a_photo_replaced_since_it_was_decided_on_stops_everything(desk: Desk) -> None:
    photo = desk.photo("boom.jpg")
    desk.write("![Boom](boom.jpg)")
    edition = plan(desk)
    (digest,) = (one.digest for one in edition.photos)
    other = replace(render_photo(photo), original="0" * 64)
    with pytest.raises(LichtbriefError, match="replaced during the build"):
        assemble(edition, "", {digest: other}, str)
