"""Three schools that differ in one photo of one child: what do all the other guardians receive?

In the first school Tess may be shown, in the second her father said no, and in the third nobody
ever took that photo. All have the same keys, so what is the same is sealed to the same bytes.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from lichtbrief.sealing import make_ring, write_ring
from lichtbrief.storage import LocalStore
from tests.road.roads import (
    READERS,
    YEAR,
    Road,
    edition_of,
    open_edition,
    open_letter,
    open_road,
    write_school,
)
from tests.school import SmallSchool, answer

HER_PHOTO = '\n![Twee laarzen in een plas](plas.jpg){: people="tess-v" }\n'
HER_CLASS = [who for who, groups in READERS.items() if "groep-3" in groups]
SIGNED = re.compile(r"(https?://[^?\s\"<]*/)[0-9a-f]{12}/([^?\s\"<]*)\?[^\s\"<#]*")
COUNTED = re.compile(r"\d+ (?:foto(?:’s)?|photos?)")
CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b")
OF_PHOTOS = ("photos", "sizes", "counts")
CODE = re.compile(r"\b[0-9A-Z]{4}(?:[- ][0-9A-Z]{4}){6}\b|#[0-9A-Za-z-]{28,40}")


def same_keys(folder: Path) -> SmallSchool:
    """The small school, with keys that all three have."""
    school = write_school(folder)
    ring = school.folder / ".lichtbrief/keys.json"
    ring.unlink()
    write_ring(ring, make_ring(YEAR, lambda count: bytes(range(count))))
    return school


def refused(folder: Path) -> SmallSchool:
    school = same_keys(folder)
    school.add("school/consents.csv", answer("tess-v", "g5", "no", "2026-10-01T09:00"))
    return school


def never_taken(folder: Path) -> SmallSchool:
    school = same_keys(folder)
    post = school.folder / "content/groups/groep-3/2026-11-17-bos/post.md"
    text = post.read_text()
    assert HER_PHOTO in text
    post.write_text(text.replace(HER_PHOTO, ""))
    (post.parent / "plas.jpg").unlink()
    return school


class Three(NamedTuple):
    """The three schools after their weekly run."""

    shown: Road
    refused: Road
    never: Road


@pytest.fixture(scope="module")
def three(store_server: LocalStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Three]:
    with ExitStack() as stack:
        roads = [
            stack.enter_context(open_road(store_server, tmp_path_factory.mktemp("three"), write))
            for write in (same_keys, refused, never_taken)
        ]
        for road in roads:
            road.done()
        yield Three(*roads)


def sizes(road: Road, folder: str) -> dict[str, int]:
    """What the host of the bucket sees: names and sizes."""
    return {name: one.size for name, one in road.objects().items() if name.startswith(folder)}


def words(road: Road, guardian: str) -> tuple[str, ...]:
    """Subject and text of the guardian's mail, without what is drawn by lot or signed."""
    (path,) = road.mails()[guardian]
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    parts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    texts = (CLOCK.sub("", text) for text in (str(mail["Subject"]), *parts))
    return tuple(CODE.sub("#", SIGNED.sub(r"\1\2", text)) for text in texts)


def unsigned(value: Any) -> Any:  # noqa: ANN401 -- any JSON
    """The same without the corner of the store and the signatures, which change every second."""
    if isinstance(value, Mapping):
        return {name: unsigned(each) for name, each in value.items() if name != "until"}
    if isinstance(value, list):
        return [unsigned(each) for each in value]
    return SIGNED.sub(r"\1\2", value) if isinstance(value, str) else value


def letter(road: Road, guardian: str) -> tuple[Any, dict[str, bytes]]:
    opened = open_letter(road.link(guardian))
    return unsigned(opened.about), dict(opened.files)


def test_a_photo_that_was_refused_is_as_if_it_had_never_been_taken(three: Three) -> None:
    """The same editions to the byte; letters and mails the same but for signatures."""
    assert sizes(three.never, "editions/") == sizes(three.refused, "editions/")
    assert sizes(three.never, "letters/").keys() == sizes(three.refused, "letters/").keys()
    for guardian in READERS:
        assert letter(three.never, guardian) == letter(three.refused, guardian)
        assert words(three.never, guardian) == words(three.refused, guardian)


def test_whoever_is_in_no_group_of_hers_receives_the_same_whatever_was_answered(
    three: Three,
) -> None:
    outside = [guardian for guardian in READERS if guardian not in HER_CLASS]
    assert ["g4"] == outside
    for guardian in outside:
        assert letter(three.shown, guardian) == letter(three.refused, guardian)
        assert words(three.shown, guardian) == words(three.refused, guardian)


def test_the_bucket_holds_as_many_objects_and_only_the_edition_of_her_group_is_another(
    three: Three,
) -> None:
    shown, hidden = sizes(three.shown, "editions/"), sizes(three.refused, "editions/")
    assert 3 == len(shown) == len(hidden)
    (with_her,), (without,) = set(shown) - set(hidden), set(hidden) - set(shown)
    assert shown[with_her] > hidden[without]
    assert sizes(three.shown, "letters/").keys() == sizes(three.refused, "letters/").keys()


def test_her_classmates_miss_that_photo_and_nothing_else(three: Three) -> None:
    for guardian in HER_CLASS:
        both = [
            edition_of(open_letter(road.link(guardian)), "groep-3")
            for road in (three.shown, three.refused)
        ]
        photos = [entry["index"]["photos"] for entry in both]
        alts = [[one["alt"] for one in each] for each in photos]
        assert [["Een mand vol bladeren", "Twee laarzen in een plas"], alts[0][:1]] == alts
        counts = [entry["index"]["counts"] for entry in both]
        assert counts[0] | {"photos": 1} == counts[1]
        rest = [
            {name: each for name, each in entry["index"].items() if name not in OF_PHOTOS}
            for entry in both
        ]
        assert rest[0] == rest[1]
        files = [open_edition(entry).files for entry in both]
        theirs = [{each for name, each in one.items() if "photo" in name} for one in files]
        assert theirs[1] < theirs[0]
        told = [words(road, guardian) for road in (three.shown, three.refused)]
        uncounted = [[COUNTED.sub("foto", part) for part in mail] for mail in told]
        assert uncounted[0] == uncounted[1]
