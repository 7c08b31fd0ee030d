"""Nothing of a post, a photo or a person is found in what is written, but sealed."""

import base64
import gzip
import hashlib
import json
import quopri
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PIL.TiffImagePlugin import IFDRational

from lichtbrief.sealing import make_ring, parse_code, write_ring
from lichtbrief.storage import LocalStore
from tests.delivery.relays import Manners, relay
from tests.road.leaks import Canary, files_in, find, mail_parts, of_photo, text
from tests.road.roads import YEAR, Road, open_edition, open_letter, open_road
from tests.school import CONSENTS, YES, SmallSchool, answer, photo

pytestmark = pytest.mark.xdist_group("leaks")  # one school for all of these tests

PUPILS = ("anna-b", "sem-k", "tess-v", "bram-b", "noor-d")
FIRST = ("Xandriëlle", "Quibertus", "Yvolotte", "Wolfrikus", "Zaphiretta")
LAST = ("Vossenkamper", "Wijnstekker", "Uitterdijken", "Quadackers", "Zonderlander")
GUARDIANS = (
    ("g1", "Ottokarine Vossenkamper", "ottokarine", "nl,weekly"),
    ("g2", "Philibert Wijnstekker", "philibert77", "nl,weekly"),
    ("g3", "Rosamunde Klapwijker", "rosamunde.k", "en,weekly"),
    ("g4", "Theodorik Zonderlander", "theodorik", "nl,weekly"),
    ("g5", "Wilhelmina Uitterdijken", "", "nl,paper"),
    ("g6", "Evangelientje Uitterdijken", "evangelientje", "nl,weekly"),
)
PEOPLE = [text(f"the name of pupil {n}", name) for n, name in enumerate(FIRST + LAST)] + [
    canary
    for guardian, name, address, _ in GUARDIANS
    for canary in (
        text(f"the name of {guardian}", name.partition(" ")[0]),
        *([text(f"the address of {guardian}", address)] if address else []),
    )
]

OF_A_POST = {
    "title": "Kikkerdrilfeest",
    "words": "Dotterbloemslootje",
    "alt": "Waterjufferlarven",
    "caption": "Libellenvleugeltje",
    "location": "Kastanjelaantje",
}
SHOWN = [text(f"the {what} that parents read", word) for what, word in OF_A_POST.items()]
PLACES = [
    text("the folder of a post", "zwanebloemig"),
    text("the file name of a photo", "rietpluimfoto"),
    text("the file name of a photo left out", "moerasgeheimfoto"),
]
DENIED = [
    text("the alt of a photo left out", "Verbodenkuiltje"),
    text("the caption of a photo left out", "Stiekemgraverij"),
    PLACES[-1],
]
IN_FILES = {
    "description": "Cameraomschrijving",
    "artist": "Fotografiste",
    "software": "Bewerkingsstudio",
    "serial number": "SN8812730045",
    "comment": "Randaantekening",
    "xmp": "Persoonlijkheidslabel",
    "place": "Zeggelaarsveen",
}
LATITUDE = (IFDRational(52, 1), IFDRational(7, 1), IFDRational(3141592, 65537))
POST = f"""Kijk eens, een {OF_A_POST["words"]}.

![{OF_A_POST["alt"]}](rietpluimfoto.jpg "{OF_A_POST["caption"]}"){{: people="anna-b" }}

![Verbodenkuiltje](moerasgeheimfoto.jpg "Stiekemgraverij"){{: people="sem-k" }}
"""


def marked(seed: int) -> bytes:
    """A photo as a telephone makes it: with who, where and what with in the file."""
    image, exif = Image.open(BytesIO(photo(seed))), Image.Exif()
    exif[Base.ImageDescription] = IN_FILES["description"]
    exif[Base.Artist] = IN_FILES["artist"]
    exif[Base.Software] = IN_FILES["software"]
    exif.get_ifd(IFD.Exif)[Base.BodySerialNumber] = IN_FILES["serial number"]
    place: dict[int, object] = {GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: LATITUDE}
    place[GPS.GPSAreaInformation] = IN_FILES["place"].encode()
    exif.get_ifd(IFD.GPSInfo).update(place)
    data, label = BytesIO(), f"<x:xmpmeta>{IN_FILES['xmp']}</x:xmpmeta>".encode()
    image.save(data, "JPEG", quality=95, exif=exif, comment=IN_FILES["comment"], xmp=label)
    return data.getvalue()


PHOTOS = {"a photo": marked(11), "a photo left out": marked(12)}
OF_FILES = [
    *(text(f"the {what} in a photo's file", word) for what, word in IN_FILES.items()),
    *(
        Canary(
            "the latitude", b"".join(n.to_bytes(4, end) for n in (3141592, 65537)), is_text=False
        )
        for end in ("big", "little")
    ),
    *(canary for what, data in PHOTOS.items() for canary in of_photo(what, data)),
]
NOWHERE = [*PEOPLE, *DENIED, *OF_FILES]
"""Not even sealed: of people only their ids are in play, of files only their pixels."""


def write_marked_school(folder: Path) -> SmallSchool:
    """The small school, but everybody and everything in it has a name that nobody else has."""
    school = SmallSchool.build(folder)
    rows = zip(PUPILS, FIRST, LAST, strict=True)
    pupils = "".join(f"{pupil},{first},{last}\n" for pupil, first, last in rows)
    school.write("school/pupils.csv", f"id,first_name,last_name\n{pupils}")
    guardians = "".join(
        f"{guardian},{name},{address and address + '@thuis.example'},{ways}\n"
        for guardian, name, address, ways in GUARDIANS
    )
    school.write("school/guardians.csv", f"id,name,email,language,delivery\n{guardians}")
    answers = (answer(pupil, who, "no" if pupil == "sem-k" else "yes") for pupil, who in YES)
    school.write("school/consents.csv", CONSENTS + "".join(answers))
    school.post(
        "groep-3/2026-11-19-zwanebloemig",
        "juf-sanne",
        POST,
        head=f"Kind: event\nStart: 2026-11-24 19:30\nLocation: {OF_A_POST['location']}",
        rietpluimfoto=PHOTOS["a photo"],
        moerasgeheimfoto=PHOTOS["a photo left out"],
    )
    post = school.folder / "content/groups/groep-3/2026-11-19-zwanebloemig/post.md"
    words = post.read_text(encoding="utf-8").replace("Zwanebloemig", OF_A_POST["title"])
    post.write_text(words, encoding="utf-8")
    write_ring(school.folder / ".lichtbrief/keys.json", make_ring(YEAR, secrets.token_bytes))
    return school


@dataclass(frozen=True, slots=True)
class Trail:
    """All that a school left behind: files, objects, mails, and what commands said.

    `staff` is what was said to somebody who has to mend a post, and so is told where it is.
    """

    road: Road
    said: dict[str, bytes] = field(default_factory=dict)
    staff: dict[str, bytes] = field(default_factory=dict)

    def run(self, expected: int, *arguments: str, staff: bool = False, **more: str) -> None:
        """Run a command that ends with status `expected`, and keep all that it says."""
        result = self.road.school.run(*arguments, **more)
        assert expected == result.returncode, result.stderr
        to = self.staff if staff else self.said
        to[f"{len(to)} {' '.join(arguments)}"] = f"{result.stdout}\n{result.stderr}".encode()

    def places(self) -> dict[str, bytes]:
        """Everything written, but for what people wrote themselves."""
        road = self.road
        files = files_in(road.school.folder, "content/groups", "school")
        objects = {f"the object {name}": road.store.get(name) for name in road.objects()}
        letters = {
            name: part
            for path in sorted((road.maildir / "new").iterdir())
            for name, part in mail_parts(path).items()
        }
        return files | objects | letters | self.said


def live(trail: Trail) -> None:
    """A week in which much goes wrong before all goes right."""
    preview = trail.road.school.pelican("content")
    trail.said["pelican content"] = f"{preview.stdout}\n{preview.stderr}".encode()
    trail.run(0, "keys", "list")
    trail.run(0, "build", "--json")
    trail.run(0, "weekly", "--dry-run")
    with relay(Manners.at("rcpt", lambda address: f"451 {address} is busy")) as busy:
        trail.run(1, "weekly", LICHTBRIEF_MAIL=f"smtp://{busy.host}:{busy.port}")
    with relay(Manners.at("data", lambda address: f"550 {address} is unknown")) as closed:
        trail.run(1, "weekly", "--json", LICHTBRIEF_MAIL=f"smtp://{closed.host}:{closed.port}")
    trail.run(1, "weekly", "--debug", LICHTBRIEF_S3_ENDPOINT="http://127.0.0.1:9")
    trail.run(0, "weekly")
    trail.run(0, "weekly", "--json")
    trail.run(0, "publish", "--dry-run", "--json")
    trail.run(0, "publish")
    edition = next((trail.road.school.folder / "output/editions/2026").iterdir())
    trail.run(1, "open", str(edition), "--key", "0" * 43)
    trail.run(0, "check", staff=True)
    trail.run(0, "check", "--json", staff=True)


def stumble(trail: Trail) -> None:
    """What is said when the office and a teacher make mistakes, with personal data in them."""
    school, people = trail.road.school, "school/guardians.csv"
    right = (school.folder / people).read_text(encoding="utf-8")
    trail.road.edit(people, "ottokarine@thuis.example", "ottokarine@thuis@example")
    trail.road.edit(people, "philibert77@thuis.example,nl,", "philibert77,n,")
    trail.road.edit(people, "g3,Rosamunde", "g1,Rosamunde")
    trail.run(1, "weekly")
    trail.run(1, "weekly", "--json", "--debug")
    trail.run(1, "check", "--json")
    school.write(people, right)
    post = school.folder / "content/groups/groep-3/2026-11-19-zwanebloemig/post.md"
    good = post.read_text(encoding="utf-8")
    post.write_text(good.replace("rietpluimfoto.jpg", "rietpluimfoto-2.jpg"), encoding="utf-8")
    trail.run(1, "weekly", staff=True)
    trail.run(1, "build", "--debug", staff=True)
    post.write_text(good, encoding="utf-8")


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
def opened(trail: Trail) -> dict[str, bytes]:
    """Everything that was sealed, opened with the mailed keys."""
    found: dict[str, bytes] = {}
    for guardian in trail.road.mails():
        letter = open_letter(trail.road.link(guardian))
        found |= {f"{guardian}: {name}": data for name, data in letter.files.items()}
        found[f"{guardian}: letter"] = json.dumps(letter.about, ensure_ascii=False).encode()
        for entry in letter.about["editions"]:
            files = open_edition(entry).files
            found |= {f"{entry['group']}: {name}": data for name, data in files.items()}
    return found


def test_nothing_of_posts_photos_and_people_is_found_in_what_was_written(
    places: dict[str, bytes],
) -> None:
    assert {".lichtbrief/ledger.sqlite3", "output/manifest.json"} <= places.keys()
    assert [] == find([*SHOWN, *PLACES, *NOWHERE], places)


def test_staff_are_told_of_places_but_not_of_people_or_what_is_in_a_photo(trail: Trail) -> None:
    told = (text("", OF_A_POST["title"]), *PLACES)
    untold = [c for c in (*SHOWN, *NOWHERE) if c.data not in {each.data for each in told}]
    assert [] == find(untold, trail.staff)


def test_what_parents_may_see_is_in_play_and_nothing_else_is(opened: dict[str, bytes]) -> None:
    seen = {what for what, _ in find(SHOWN, opened)}
    assert {canary.what for canary in SHOWN} == seen
    assert [] == find([*NOWHERE, *PLACES], opened)


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
