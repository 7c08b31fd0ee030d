"""Nothing of a post, a photo or a person is found in what is written, but sealed."""

import base64
import gzip
import hashlib
import json
import quopri
from collections.abc import Callable, Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from lichtbrief.jobs.office.audit import Opened
from lichtbrief.sealing import parse_code
from lichtbrief.storage import LocalStore
from tests.road.leaks import Canary, find, text
from tests.road.marked import (
    GUARDIANS,
    LAST,
    NOTED,
    NOWHERE,
    OF_A_POST,
    OF_FILES,
    PEOPLE,
    PHOTOS,
    PLACES,
    REPLIED,
    SHOWN,
    write_marked_school,
)
from tests.road.roads import YEAR, open_edition, open_letter, open_road
from tests.road.trail import Trail, live, stumble

pytestmark = pytest.mark.xdist_group("leaks")  # one school for all of these tests


@pytest.fixture(scope="module")
def trail(store_server: LocalStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trail]:
    """The trail of a school that lived through a week."""
    folder = tmp_path_factory.mktemp("marked")
    with open_road(store_server, folder, write_marked_school) as road:
        trail = Trail(road)
        (folder / "tmp").mkdir()
        road.school.environment["TMPDIR"] = str(folder / "tmp")
        stumble(trail)
        live(trail)
        yield trail


@pytest.fixture(scope="module")
def places(trail: Trail) -> dict[str, bytes]:
    """Everything that the school wrote, by where it is."""
    return trail.places()


@pytest.fixture(scope="module")
def letters(trail: Trail) -> dict[str, Opened]:
    """The newest letter of each guardian, opened with the mailed key."""
    return {guardian: open_letter(trail.road.link(guardian)) for guardian in trail.road.mails()}


@pytest.fixture(scope="module")
def opened(letters: dict[str, Opened]) -> dict[str, bytes]:
    """Everything that was sealed, opened; but for what letters hold of one family."""
    found: dict[str, bytes] = {}
    for guardian, letter in letters.items():
        found |= {f"{guardian}: {name}": data for name, data in letter.files.items()}
        found[f"{guardian}: letter"] = as_json(parted(letter)[0])
        for entry in letter.about["editions"]:
            files = open_edition(entry).files
            found |= {f"{entry['group']}: {name}": data for name, data in files.items()}
    return found


def parted(letter: Opened) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a letter holds that others may hold as well, and what is of its family alone."""
    replies = dict(letter.about["replies"])
    about = {**letter.about, "replies": replies}
    family = {name: about.pop(name) for name in ("reader", "calendar")}
    family |= {name: replies.pop(name) for name in ("children", "appointments", "notes")}
    return about, family


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def test_nothing_of_posts_photos_and_people_is_found_in_what_was_written(
    places: dict[str, bytes],
) -> None:
    assert {".lichtbrief/ledger.sqlite3", "output/manifest.json"} <= places.keys()
    of_the_log = ("the folder of a post", ".lichtbrief/log/log.jsonl")  # it is for the office
    found = find([*SHOWN, *PLACES, *NOWHERE, NOTED], places)
    assert [] == [one for one in found if one != of_the_log]


def test_what_parents_wrote_reaches_those_who_ask_for_it(trail: Trail) -> None:
    """So it was there to get out: but for what no member of the staff may read."""
    told = {what for what, _ in find(REPLIED, trail.office)}
    assert {canary.what for canary in REPLIED[:3]} == told


def test_staff_are_told_of_places_but_not_of_people_or_what_is_in_a_photo(trail: Trail) -> None:
    told = (text("", OF_A_POST["title"]), *PLACES)
    untold = [c for c in (*SHOWN, *NOWHERE) if c.data not in {each.data for each in told}]
    assert [] == find(untold, trail.staff)


def test_what_parents_may_see_is_in_play_and_nothing_else_is(opened: dict[str, bytes]) -> None:
    seen = {what for what, _ in find(SHOWN, opened)}
    assert {canary.what for canary in SHOWN} == seen
    assert [] == find([*NOWHERE, *PLACES, NOTED], opened)


def test_a_letter_names_its_guardian_and_their_own_children_and_nobody_else(
    letters: dict[str, Opened],
) -> None:
    names = {guardian: name for guardian, name, _, _ in GUARDIANS}
    assert {who: names[who] for who in letters} == {
        who: letter.about["reader"] for who, letter in letters.items()
    }
    children = {"g1": (0, 3), "g2": (1,), "g3": (1,), "g4": (4,)}
    families = {who: as_json(parted(letter)[1]) for who, letter in letters.items()}
    expected = [(f"the name of {who}", who) for who in letters]
    expected += [(f"the name of pupil {n}", who) for who, own in children.items() for n in own]
    expected += [(NOTED.what, "g1")]
    shared = {last.encode() for last in LAST}  # a child's and a guardian's
    people = [c for c in PEOPLE if "address" not in c.what and c.data not in shared]
    assert sorted(expected) == find([*people, *REPLIED, NOTED], families)


def test_every_canary_of_a_file_is_in_the_file() -> None:
    digests = {canary.what for canary in OF_FILES if canary.what.startswith("a digest")}
    found = {what for what, _ in find(OF_FILES, PHOTOS)}
    assert {canary.what for canary in OF_FILES} - digests == found


def test_an_address_stands_on_its_own_mail_only(trail: Trail) -> None:
    for path in (trail.road.maildir / "new").iterdir():
        mail = message_from_bytes(path.read_bytes())
        assert mail["To"] == mail["Delivered-To"]
    assert {"g1", "g2", "g3", "g4"} == trail.road.mails().keys()


def test_no_key_is_where_it_does_not_belong(trail: Trail, places: dict[str, bytes]) -> None:
    own = trail.road.school.environment
    ring, links = trail.road.ring(), [trail.road.link(g) for g in trail.road.mails()]
    codes = [link.partition("#")[2] for link in links]
    secret = Canary("the year's secret", ring.year(YEAR).reveal(), is_text=False)
    held = places[".lichtbrief/keys.json"]
    assert [("the year's secret", "keys")] == find([secret], {"keys": held})
    others = {name: data for name, data in places.items() if name != ".lichtbrief/keys.json"}
    writing = [own[name] for name in own if name.endswith("SECRET_ACCESS_KEY")]
    hidden = [secret, *(text("a key of the store", key) for key in writing)]
    assert [] == find(hidden, others | trail.staff)
    mailed = [text("a link's code", code) for code in codes]
    mailed += [text("a signature", link.partition("#")[0][-64:]) for link in links]
    mailed += [Canary("a letter's key", parse_code(c).reveal(), is_text=False) for c in codes]
    unmailed = {name: data for name, data in others.items() if ".localhost" not in name}
    assert [] == find(mailed, unmailed | trail.staff)
    assert {"a link's code", "a signature"} == {what for what, _ in find(mailed, others)}


def test_nothing_is_left_among_the_systems_temporary_files(trail: Trail) -> None:
    assert [] == list(Path(trail.road.school.environment["TMPDIR"]).iterdir())


DIGEST = hashlib.sha256(PHOTOS["a photo left out"]).digest()
PLANTS: dict[str, Callable[[bytes], bytes]] = {
    "a name": lambda data: data + PEOPLE[5].data,
    "a name in capitals": lambda data: data + PEOPLE[5].data.upper(),
    "a name in UTF-16": lambda data: data + PEOPLE[0].data.decode().encode("utf-16"),
    "a name in Latin-1": lambda data: data + PEOPLE[0].data.decode().encode("latin-1"),
    "a name in an address": lambda data: data + quote(PEOPLE[0].data).encode(),
    "a name in JSON": lambda data: data + json.dumps(PEOPLE[0].data.decode()).encode(),
    "a name in a mail's body": lambda data: data + quopri.encodestring(PEOPLE[0].data),
    "an address in hexadecimal": lambda data: data + PEOPLE[-1].data.hex().encode(),
    "a digest": lambda data: data + DIGEST,
    "a digest in hexadecimal": lambda data: data + DIGEST.hex().upper().encode(),
    "a digest in base64": lambda data: data + base64.b64encode(DIGEST),
    "a digest for addresses": lambda data: data + base64.urlsafe_b64encode(DIGEST),
    "words one byte into base64": lambda data: data + base64.b64encode(b"." + SHOWN[1].data),
    "words two bytes into base64": lambda data: data + base64.b64encode(b".." + SHOWN[1].data),
    "a page that is only compressed": lambda data: data + gzip.compress(SHOWN[1].data),
    "an envelope that is not sealed": lambda data: (
        data + base64.b64encode(gzip.compress(SHOWN[1].data + data[:200]))
    ),
    "a whole photo": lambda data: PHOTOS["a photo"],
    "a piece of a photo": lambda data: data + PHOTOS["a photo"][-3000:-2000],
}


@pytest.mark.parametrize("what", PLANTS)
def test_the_same_search_finds(what: str, places: dict[str, bytes]) -> None:
    for place in ("output/manifest.json", next(name for name in places if "the object" in name)):
        planted = {place: PLANTS[what](places[place])}
        assert [place] == list({where for _, where in find([*SHOWN, *NOWHERE], planted)})
