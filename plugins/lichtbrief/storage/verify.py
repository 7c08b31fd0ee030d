"""Reading back, as a parent's browser would: through the signed links, and once without."""

import gzip
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import urllib3

from lichtbrief.errors import LichtbriefError
from lichtbrief.storage.apply import load, run
from lichtbrief.storage.asking import ask, open_pool
from lichtbrief.storage.plan import Kind, Wanted
from lichtbrief.storage.signer import Signer
from lichtbrief.storage.store import WORKERS

GONE: Final = (403, 404)
"""What a store answers for an object that is not there, depending on the rights of the key."""

START: Final = 1024
"""How many bytes of an edition are read back: the reader, too, asks for a start first."""


def verify(
    published: Sequence[Wanted],
    signer: Signer,
    until: datetime,
    *,
    workers: int = WORKERS,
    progress: Callable[[Wanted], None],
) -> None:
    """Check that every object opens with a link good until `until`, and that none opens without.

    Of an edition the start is read by Range, of a letter everything, decompressed. The first of
    each kind is also asked for without signature. Raises `LichtbriefError` at the first fault.
    """
    firsts = {each.kind: each for each in reversed(published)}
    probes = [signer.sign(each.name, until) for each in firsts.values()]
    with open_pool(probes, workers) as pool:
        for probe in probes:
            _check_private(pool, probe.partition("?")[0])

        def check(wanted: Wanted) -> None:
            _check_readable(pool, wanted, signer.sign(wanted.name, until))

        run(check, published, workers=workers, progress=progress)


def still_opens(url: str) -> bool:
    """Whether this link shows something; raises `LichtbriefError` when the store does not say."""
    with open_pool([url], 1) as pool:
        status = ask(pool, url, {"Range": "bytes=0-0"}).status
    if status < 300:
        return True
    if status in (401, *GONE):
        return False
    raise LichtbriefError(
        f"the store neither opens nor refuses a link, but answers {status}", "run it again later"
    )


def verify_gone(
    names: Sequence[str],
    signer: Signer,
    until: datetime,
    *,
    workers: int = WORKERS,
) -> None:
    """Check that none of these objects opens any more, with a link as good as those once mailed.

    Raises `LichtbriefError` for the first that does, or of which the store does not say.
    """
    urls = [signer.sign(name, until) for name in names]
    with open_pool(urls, workers) as pool:

        def check(url: str) -> None:
            status = ask(pool, url, {"Range": "bytes=0-0"}).status
            if status in GONE:
                return
            what = "can still be read" if status < 300 else f"is answered with {status}"
            raise LichtbriefError(
                f"an object that was deleted {what}",
                "run it again; if it stays, ask the store's host what keeps it",
            )

        run(check, urls, workers=workers, progress=lambda _: None)


def _check_private(pool: urllib3.PoolManager, address: str) -> None:
    status = ask(pool, address, {"Range": "bytes=0-0"}).status
    if status in (401, 403):
        return
    if 200 <= status < 300:
        raise LichtbriefError(
            "your bucket is public: an object opens without a signed link",
            "block all public access to the bucket; no mail was sent",
        )
    raise LichtbriefError(
        f"the store did not refuse a request without signature, but answered {status}",
        "only 401 and 403 show that the bucket is private; check bucket and endpoint",
    )


def _check_readable(pool: urllib3.PoolManager, wanted: Wanted, url: str) -> None:
    data = load(wanted)
    if wanted.kind is Kind.EDITION:
        expected, status = data[:START], 206
        got = ask(pool, url, {"Range": f"bytes=0-{START - 1}"})
    else:
        expected, status = gzip.decompress(data) if wanted.encoding == "gzip" else data, 200
        got = ask(pool, url, {})
    if got.status != status:
        raise LichtbriefError(
            f"the {wanted.kind} {wanted.name} does not open with its link (answer {got.status})",
            "check that the signer's key may read objects, the region and the clock",
        )
    if got.data != expected:
        raise LichtbriefError(
            f"the {wanted.kind} {wanted.name} reads back as something else",
            "publish again; if it stays, something between here and the store changes it",
        )
