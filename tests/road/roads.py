"""A small school with a real store and a real mail server around it, for whole weekly runs."""

import json
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Protocol
from urllib.parse import urlsplit

from lichtbrief.delivery import Catcher, mails_by_recipient
from lichtbrief.jobs.office.audit import Opened, open_object
from lichtbrief.jobs.runs.demo import link_in
from lichtbrief.roster import read_roster
from lichtbrief.sealing import KeyRing, make_ring, read_ring, write_ring
from lichtbrief.storage import S3Store, SigV4Signer, Stored
from lichtbrief.storage.signer import utc_now
from tests.school import SmallSchool, answer, photo

YEAR = 2026
READERS = {
    "g1": ["groep-3", "groep-5", "school"],
    "g2": ["groep-3", "school"],
    "g3": ["groep-3", "school"],
    "g4": ["groep-5", "school"],
}
"""The groups of each guardian of `write_school` who gets a mail; the others get none."""

DENIED = "Een geheime stapel stenen"
SHOWN = {
    "groep-3": ["Een mand vol bladeren", "Twee laarzen in een plas"],
    "groep-5": ["Een bord vol sommen", "Een kuil in het zand"],
    "school": [],
}
"""The words of each edition's photos in their order; DENIED are those of one that is left out."""

DUNES = 'Naar zee.\n\n![Een kuil in het zand](kuil.jpg){: people="bram-b" }\n'
STONES = f'\n![{DENIED}](stapel.jpg){{: people="finn-h" }}\n'


def write_school(folder: Path) -> SmallSchool:
    """The small school with a key ring, and in groep-5 a photo of Finn, whose mother said no."""
    school = SmallSchool.build(folder)
    school.add("school/pupils.csv", "finn-h,Finn,Haas\n")
    school.add("school/memberships.csv", "finn-h,groep-5,2026-08-01,\n")
    school.add("school/relations.csv", "g4,finn-h,yes,yes,2020-01-01,\n")
    school.add("school/consents.csv", answer("finn-h", "g4", "no"))
    school.post(
        "groep-5/2026-11-20-duinen",
        "meester-tom",
        DUNES + STONES,
        kuil=photo(4),
        stapel=photo(5),
    )
    write_ring(school.folder / ".lichtbrief/keys.json", make_ring(YEAR, secrets.token_bytes))
    return school


class Server(Protocol):
    """A started store: a `LocalStore`, or that of a demo."""

    @property
    def folder(self) -> Path:
        """Where it keeps its keys, in `identities.json`."""

    @property
    def bucket(self) -> str:
        """The name of its bucket."""

    @property
    def endpoint(self) -> str:
        """Where it listens."""

    def store(self) -> S3Store:
        """The bucket, as the publisher."""

    def signer(self, now: Callable[[], datetime] = utc_now) -> SigV4Signer:
        """What signs its links."""


@dataclass(frozen=True, slots=True)
class Road:
    """The whole road of one school: its folder, its corner of the store, its mailboxes."""

    school: SmallSchool
    server: Server
    store: S3Store
    maildir: Path

    def weekly(self, *arguments: str, **environment: str) -> CompletedProcess[str]:
        """Run `lichtbrief weekly` and wait for it."""
        return self.school.run("weekly", *arguments, **environment)

    def done(self, *arguments: str) -> dict[str, Any]:
        """Run `lichtbrief weekly`, which must end well and without a word of trouble."""
        return self.told("weekly", *arguments)

    def told(self, *arguments: str) -> dict[str, Any]:
        """What a command answers, which must end well and without a word of trouble."""
        result = self.school.run(*arguments, "--json")
        assert (0, "") == (result.returncode, result.stderr)
        value: dict[str, Any] = json.loads(result.stdout)
        return value

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace what stands once in one of the school's files."""
        text = (self.school.folder / name).read_text(encoding="utf-8")
        assert 1 == text.count(old)
        self.school.write(name, text.replace(old, new))

    def objects(self) -> Mapping[str, Stored]:
        """All editions and letters in the school's corner of the store, with their etags."""
        return {name: each for name, each in self.store.list().items() if not _is_head(name)}

    def versions(self) -> list[str]:
        """The name of every version and delete marker of an edition or a letter."""
        found = self.store.client.list_object_versions(
            Bucket=self.store.bucket, Prefix=self.store.prefix
        )
        listed = [each["Key"] for each in found.get("Versions", [])]
        listed += [each["Key"] for each in found.get("DeleteMarkers", [])]
        names = (name.removeprefix(self.store.prefix) for name in listed)
        return sorted(name for name in names if not _is_head(name))

    def mails(self) -> dict[str, list[Path]]:
        """The mails by guardian, oldest first; not those to the staff."""
        people = read_roster(self.school.folder / "school").guardians.values()
        ids = {person.email: person.id for person in people}
        found = mails_by_recipient(self.maildir).items()
        return {ids[to]: paths for to, paths in found if to in ids}

    def link(self, guardian: str) -> str:
        """The link in the guardian's newest mail."""
        return link_in(self.mails()[guardian][-1])

    def ring(self) -> KeyRing:
        """The school's keys."""
        return read_ring(self.school.folder / ".lichtbrief/keys.json", None)

    def written(self) -> tuple[Mapping[str, Stored], dict[str, bytes], list[Path]]:
        """What only a real run may change: the store, the ledger's bytes, the mails."""
        ledger = (self.school.folder / ".lichtbrief").glob("ledger*")
        mails = sorted(path for path in self.maildir.rglob("*") if path.is_file())
        return self.objects(), {path.name: path.read_bytes() for path in ledger}, mails


def _is_head(name: str) -> bool:
    """Whether an object is a head of the log, a snapshot or a lease: every run puts some."""
    return name.startswith(("log/", "ledger/", "lease/"))


@contextmanager
def open_road(
    server: Server, folder: Path, write: Callable[[Path], SmallSchool] = write_school
) -> Iterator[Road]:
    """A fresh school in `folder` with an own corner of the store, while its mail is caught."""
    school, corner = write(folder / "school"), secrets.token_hex(6)
    identities = json.loads((server.folder / "identities.json").read_bytes())["identities"]
    keys = {each["name"]: each["credentials"][0] for each in identities}
    maildir = folder / "mail"
    with Catcher(maildir) as catcher:
        school.environment.update(
            LICHTBRIEF_STORE=f"s3://{server.bucket}/{corner}",
            LICHTBRIEF_S3_ENDPOINT=server.endpoint,
            AWS_ACCESS_KEY_ID=keys["publisher"]["accessKey"],
            AWS_SECRET_ACCESS_KEY=keys["publisher"]["secretKey"],
            LICHTBRIEF_SIGNER_ACCESS_KEY_ID=keys["signer"]["accessKey"],
            LICHTBRIEF_SIGNER_SECRET_ACCESS_KEY=keys["signer"]["secretKey"],
            LICHTBRIEF_REPLIES_ACCESS_KEY_ID=keys["replies"]["accessKey"],
            LICHTBRIEF_REPLIES_SECRET_ACCESS_KEY=keys["replies"]["secretKey"],
            LICHTBRIEF_MAIL=catcher.address,
        )
        yield Road(school, server, replace(server.store(), prefix=f"{corner}/"), maildir)


def fetch(url: str, **headers: str) -> tuple[int, bytes]:
    """Status and body of a GET, as a browser without any memory asks."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=60)
    try:
        query = f"?{parts.query}" if parts.query else ""
        connection.request("GET", parts.path + query, headers=headers)
        reply = connection.getresponse()
        return reply.status, reply.read()
    finally:
        connection.close()


def open_letter(link: str) -> Opened:
    """What whoever has the link can read, by the format alone."""
    address, _, code = link.partition("#")
    status, page = fetch(address)
    assert 200 == status
    return open_object(page, code)


def open_edition(entry: Mapping[str, Any]) -> Opened:
    """One edition of an opened letter, fetched with the link and opened with the key there."""
    status, sealed = fetch(entry["url"])
    assert 200 == status
    return open_object(sealed, entry["key"])


def edition_of(letter: Opened, group: str) -> dict[str, Any]:
    """The letter's entry of this group."""
    (entry,) = (each for each in letter.about["editions"] if each["group"] == group)
    found: dict[str, Any] = entry
    return found


def groups_of(letter: Opened) -> list[str]:
    """The groups whose editions the letter holds, in its order."""
    return [entry["group"] for entry in letter.about["editions"]]


def alts_of(entry: Mapping[str, Any]) -> list[str]:
    """The words under the photos of an edition, in order."""
    return [photo["alt"] for photo in entry["index"]["photos"]]


def name_in(url: str) -> str:
    """The object's name at the end of a signed link."""
    found = re.search(r"((?:editions/\d{4}|letters)/[^?/]+)(?:\?|$)", url.partition("#")[0])
    assert found is not None
    return found[1]
