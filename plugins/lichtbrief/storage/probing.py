"""Trying a store for real, on objects of its own that it removes: what it does and refuses."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

import boto3
import urllib3
from botocore.credentials import ReadOnlyCredentials

from lichtbrief.errors import LichtbriefError
from lichtbrief.findings import Finding, Verdict, failed, good, tried, warning
from lichtbrief.storage.asking import Reply, ask, open_pool
from lichtbrief.storage.refusals import DENIED
from lichtbrief.storage.s3 import S3Store
from lichtbrief.storage.signer import Signer, SigV4Signer, place_of
from lichtbrief.storage.strangers import FOLDER, refused, strangers
from lichtbrief.storage.verify import GONE

DATA: Final = bytes(range(256)) * 4
OTHER: Final = b"another object"
PLAIN: Final = "application/octet-stream"
SKEW_TO_KNOW: Final = 60
SKEW_TO_MEND: Final = 600  # stores refuse requests from 900 s on
CLOCK: Final = "Clock"


@dataclass(slots=True)
class StoreProbe:
    """The checks of one store; `signer_at` makes its signer with a clock, `now` is this one's.

    `lasting` is how long links are to work. Whatever a check raises becomes its finding.
    """

    store: S3Store
    signer_at: Callable[[Callable[[], datetime]], Signer]
    now: Callable[[], datetime]
    lasting: timedelta
    name: str = field(default_factory=lambda: f"{FOLDER}{secrets.token_hex(8)}")
    link: str = ""

    def findings(self) -> Iterator[Finding]:
        """Every check, in order; what needs the one before is left out when that failed."""
        try:
            place = place_of(self.store)
        except LichtbriefError as error:
            yield failed("Credentials", error.message, error.hint)
            return
        with open_pool([place], 1) as pool:
            try:
                yield from self._in(pool, place)
            finally:
                self._sweep()

    def _in(self, pool: urllib3.PoolManager, place: str) -> Iterator[Finding]:
        yield tried(CLOCK, lambda: self._clock(ask(pool, place + self.name, {})))
        self._sweep()
        wrote = tried("Writing", self._write)
        yield wrote
        if wrote.verdict is Verdict.FAILED:
            return
        yield tried("Writing only if absent", self._write_again)
        yield from strangers(pool, self.store, place, self.name)
        yield from self._links(pool)
        yield tried("Removing, all versions", lambda: self._remove(pool))

    def _clock(self, reply: Reply) -> Finding:
        try:
            theirs = parsedate_to_datetime(reply.headers.get("Date", ""))
            seconds = round((self.now() - theirs).total_seconds())
        except (TypeError, ValueError):
            todo = "see that this computer's clock is set by the network (NTP)"
            return warning(CLOCK, "the store does not say what time it is", todo)
        if abs(seconds) <= SKEW_TO_KNOW:
            return good(CLOCK, "agrees with the store's, to the minute")
        way = "ahead of" if seconds > 0 else "behind"
        words = f"this computer is {abs(seconds)} s {way} the store"
        todo = "set this computer's clock by the network (NTP): links end at the wrong moment"
        return (failed if abs(seconds) > SKEW_TO_MEND else warning)(CLOCK, words, todo)

    def _write(self) -> Finding:
        self.store.put(self.name, DATA, content_type=PLAIN, absent=True)
        if self.store.get(self.name) == DATA:
            return good("Writing", "what is written is read back")
        todo = "something between here and the store changes it: ask the store's host"
        return failed("Writing", "an object reads back as something else", todo)

    def _write_again(self) -> Finding:
        what = "Writing only if absent"
        self.store.put(self.name, OTHER, content_type=PLAIN, absent=True)
        if self.store.get(self.name) == DATA:
            return good(what, "an object that is there is not replaced (If-None-Match)")
        todo = "use a host that knows If-None-Match: two jobs at once could mail everybody twice"
        return failed(what, "the store replaced an object that was there", todo)

    def _links(self, pool: urllib3.PoolManager) -> Iterator[Finding]:
        signed = tried("Signer", self._signer)
        yield signed
        if signed.verdict is Verdict.FAILED:
            return
        until = self.now() + timedelta(minutes=10)
        self.link = link = self.signer_at(self.now).sign(self.name, until)
        yield tried("Signed link", lambda: _opens(ask(pool, link, {})))
        part = {"Range": "bytes=100-199"}
        yield tried("Part of an object", lambda: _opens_part(ask(pool, link, part)))
        other = _changed(link)
        yield tried("Changed link", lambda: refused("Changed link", ask(pool, other, {})))
        ended = self._ended_link()
        yield tried("Ended link", lambda: refused("Ended link", ask(pool, ended, {})))

    def _ended_link(self) -> str:
        """A link that was good from ten minutes ago to five minutes ago."""
        earlier = self.now() - timedelta(minutes=10)
        return self.signer_at(lambda: earlier).sign(self.name, earlier + timedelta(minutes=5))

    def _signer(self) -> Finding:
        """Whether links may be signed for so long, by a key that can do nothing else."""
        signer = self.signer_at(self.now)
        signer.check(self.now() + self.lasting - timedelta(minutes=1))
        days = f"{self.lasting / timedelta(days=1):g} days"
        if not isinstance(signer, SigV4Signer):
            return good("Signer", f"signs links for {days}")
        if self._may_write(signer):
            todo = "give LICHTBRIEF_SIGNER_… a key that may only read (storage policy signer)"
            return warning("Signer", "the key that signs links may list or write as well", todo)
        return good("Signer", f"signs links for {days}; its key may not list or write")

    def _may_write(self, signer: SigV4Signer) -> bool:
        store = store_as(self.store, signer.credentials)
        name = f"{self.name}-signer"
        return is_allowed(
            lambda: store.put(name, OTHER, content_type=PLAIN), lambda: store.list(FOLDER)
        )

    def _remove(self, pool: urllib3.PoolManager) -> Finding:
        what = "Removing, all versions"
        self.store.put(self.name, OTHER, content_type=PLAIN)
        self.store.delete(self.name)
        if not self.link:
            return good(what, "what is removed is gone from the list")
        status = ask(pool, self.link, {}).status
        if status in GONE:
            return good(what, "what is removed is gone, and no link opens it")
        todo = "ask the store's host what keeps it; a withdrawn photo would stay readable"
        return failed(what, f"an object that was removed is answered with {status}", todo)

    def _sweep(self) -> None:
        """Remove what this run made, and what one that was killed left behind."""
        with suppress(LichtbriefError):  # a store that refuses has its finding already
            for name in self.store.list(FOLDER):
                self.store.delete(name)


def _opens(reply: Reply) -> Finding:
    if (reply.status, reply.data) == (200, DATA):
        return good("Signed link", "opens the object, whole")
    return failed("Signed link", f"does not open the object (answer {reply.status})", _SIGNING)


def _opens_part(reply: Reply) -> Finding:
    if (reply.status, reply.data) == (206, DATA[100:200]):
        return good("Part of an object", "is given when asked for (Range, 206)")
    todo = "photos are fetched by parts: use a host that answers Range requests with 206"
    return failed("Part of an object", f"is not given (answer {reply.status})", todo)


_SIGNING: Final = (
    "see that the signer's key may read objects, that LICHTBRIEF_S3_REGION is the bucket's, and"
    " the clock"
)


def store_as(store: S3Store, key: ReadOnlyCredentials) -> S3Store:
    """The same store as whoever has another key meets it."""
    session = boto3.Session(key.access_key, key.secret_key, key.token)
    meta = store.client.meta
    client = session.client(
        "s3", region_name=meta.region_name, endpoint_url=meta.endpoint_url, config=meta.config
    )
    return S3Store(client, store.bucket, store.prefix)


def is_allowed(*calls: Callable[[], object]) -> bool:
    """Whether any of the calls is let through; what is not a refusal of rights goes on."""
    for call in calls:
        try:
            call()
        except LichtbriefError as error:
            if (error.message, error.hint) != DENIED:
                raise
        else:
            return True
    return False


def _changed(link: str) -> str:
    """The link with another first character of its signature."""
    head, name, signature = link.partition("Signature=")
    return f"{head}{name}{'1' if signature[0] == '0' else '0'}{signature[1:]}"
