"""What somebody without any key gets from a store: nothing, or the bucket is open."""

import secrets
from collections.abc import Iterator
from typing import Final

import urllib3

from lichtbrief.errors import LichtbriefError
from lichtbrief.findings import Finding, Verdict, failed, good, tried
from lichtbrief.storage.asking import Reply, ask, open_pool
from lichtbrief.storage.s3 import S3Store
from lichtbrief.storage.signer import place_of

FOLDER: Final = "doctor/"
"""Where objects to try things on lie; no job looks there, and each run removes them."""

REFUSED: Final = (401, 403)
PUBLIC: Final = (
    "take public access away from the bucket (lichtbrief storage setup), and mail nothing before:"
    " what lies there can be read by anybody"
)


def strangers(
    pool: urllib3.PoolManager, store: S3Store, place: str, name: str
) -> Iterator[Finding]:
    """What somebody without any key gets: to read `name`, to list, and to write beside it."""
    address = place + name
    bucket = place.removesuffix(store.prefix)
    yield tried("Reading without a link", lambda: _private(ask(pool, address, {})))
    listing = f"{bucket}?list-type=2&prefix={store.prefix}"
    yield tried("Listing without a key", lambda: _private(ask(pool, listing, {}), listing=True))
    other = f"{address}-stranger"
    what = "Writing without a key"
    yield tried(what, lambda: refused(what, ask(pool, other, {}, "PUT"), PUBLIC))


def _private(reply: Reply, *, listing: bool = False) -> Finding:
    what = "Listing without a key" if listing else "Reading without a link"
    if reply.status < 300:
        words = "everybody can list your bucket" if listing else "your bucket is public"
        return failed(what, f"{words}: no key was asked for", PUBLIC)
    return refused(what, reply)


def refused(what: str, reply: Reply, todo: str = "") -> Finding:
    """Good when the answer is a plain no; `todo` says what to do about any other."""
    if reply.status in REFUSED:
        return good(what, f"refused ({reply.status})")
    hint = todo or "use another host: this one does not hold to what a link says"
    return failed(what, f"not refused, but answered with {reply.status}", hint)


def refuse_open(store: S3Store) -> None:
    """Raise `LichtbriefError` when somebody without a key may read, list or write."""
    place = place_of(store)
    name = f"{FOLDER}{secrets.token_hex(8)}"
    store.put(name, b"for nobody", content_type="application/octet-stream")
    try:
        with open_pool([place], 1) as pool:
            for finding in strangers(pool, store, place, name):
                if finding.verdict is Verdict.FAILED:
                    raise LichtbriefError(finding.words, finding.todo)
    finally:
        store.delete(name)
