"""`make bench NAME=store`: a school's week to a store on this machine, beside a plain sync.

Ours plans, puts (each object with its digest), reads everything back through signed links, and puts
a snapshot of a year's ledger. The peer is what `aws s3 sync` does, by the same library: list, then
boto3's `upload_file` with ten at once. It reads nothing back. Both send the same files, in turn.
"""

import hashlib
import random
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.measuring import (
    Figures,
    Options,
    machine,
    read_options,
    say,
    say_if_quick,
    show,
    spread,
    table,
    write_figures,
)
from lichtbrief.delivery import Ledger, State
from lichtbrief.editions import Week
from lichtbrief.jobs.ground.snapshots import Snapshots
from lichtbrief.sealing import make_ring
from lichtbrief.storage import Kind, LocalStore, S3Store, Wanted, apply, plan, verify
from lichtbrief.storage.signer import utc_now

SYNC_WORKERS = 10  # as `aws s3 sync` has them


@dataclass(frozen=True, slots=True)
class Size:
    """How much is put: objects and their bytes, and how often all of it is done."""

    editions: int = 12
    edition_bytes: int = 2_500_000
    letters: int = 400
    letter_bytes: int = 25_000
    weeks: int = 40
    rounds: int = 5


QUICK = Size(editions=4, edition_bytes=500_000, letters=60, weeks=10, rounds=3)
Seconds = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Watch:
    """The seconds of each step, round by round."""

    seconds: Seconds = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure what is done inside."""
        began = perf_counter()
        yield
        self.seconds.setdefault(name, []).append(perf_counter() - began)


def write_week(folder: Path, size: Size) -> list[Path]:
    """The files of a week: editions, then letters; noise, as what is sealed looks like."""
    draw = random.Random(1)
    lengths = {f"edition-{n:04}": size.edition_bytes for n in range(size.editions)}
    lengths |= {f"letter-{n:04}": size.letter_bytes for n in range(size.letters)}
    for name, length in lengths.items():
        (folder / name).write_bytes(draw.randbytes(length))
    return [folder / name for name in lengths]


def wanted(path: Path, corner: str, etag: str | None = None) -> Wanted:
    """One file as the plan wants it."""
    is_letter = path.name.startswith("letter")
    return Wanted(
        name=f"{corner}/{path.name}",
        kind=Kind.LETTER if is_letter else Kind.EDITION,
        size=path.stat().st_size,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        load=path.read_bytes,
        content_type="text/html" if is_letter else "application/octet-stream",
        etag=etag,
    )


def ours(server: LocalStore, store: S3Store, paths: Sequence[Path], corner: str, w: Watch) -> None:
    """Plan, put, read back, sign; then the same again with nothing changed."""
    until = utc_now() + timedelta(days=7)
    signer = server.signer()
    with w.step("put"):
        objects = [wanted(path, corner) for path in paths]
        steps = plan(objects, store.list(f"{corner}/"), max_delete=0)
        etags = apply(steps, store, progress=nothing)
    with w.step("read_back"):
        verify(objects, signer, until, progress=nothing)
    with w.step("sign"):
        for each in objects:
            signer.sign(each.name, until)
    with w.step("unchanged"):
        known = [wanted(path, corner, etags[f"{corner}/{path.name}"]) for path in paths]
        apply(plan(known, store.list(f"{corner}/"), max_delete=0), store, progress=nothing)


def sync(store: S3Store, paths: Sequence[Path], corner: str, w: Watch, step: str) -> None:
    """What `aws s3 sync` does: list, compare sizes, upload what differs, ten at once."""

    def upload(path: Path) -> None:
        store.client.upload_file(str(path), store.bucket, f"{corner}/{path.name}")

    with w.step(step), ThreadPoolExecutor(SYNC_WORKERS) as pool:
        there = {name: one.size for name, one in store.list(f"{corner}/").items()}
        new = (p for p in paths if there.get(f"{corner}/{p.name}") != p.stat().st_size)
        list(pool.map(upload, new))


def snapshots(store: S3Store, folder: Path, size: Size, w: Watch) -> int:
    """Put snapshots of a year's ledger, and go on from one on an empty disk; its bytes."""
    ring = make_ring(2026, random.Random(1).randbytes)
    with Ledger(folder / "ledger") as ledger:
        for number in range(1, size.weeks + 1):
            week = Week.parse(f"2026-W{number:02}")
            ledger.freeze(week, [f"g{n:04}" for n in range(size.letters)])
        ledger.mark(Week.parse("2026-W01"), "g0000", State.SENDING)
        kept = Snapshots(ledger, store)
        for _ in range(size.rounds):
            with w.step("snapshot"):
                kept.put(ring)
    for number in range(size.rounds):
        with Ledger(folder / f"empty {number}") as empty, w.step("resume"):
            Snapshots(empty, store).settle(ring)
    return max(one.size for one in store.list("ledger/").values())


def nothing(_: object) -> None:
    """Nobody looks on."""


def measure(size: Size) -> Figures:
    """Every figure."""
    watch = Watch()
    with TemporaryDirectory() as folder:
        place = Path(folder)
        say("Starting a store on this machine ...")
        with LocalStore(place / "store", keep=False) as server:
            store = server.store()
            (place / "week").mkdir()
            paths = write_week(place / "week", size)
            for number in range(size.rounds):
                say(f"Round {number + 1} of {size.rounds} ...")
                ours(server, store, paths, f"ours-{number}", watch)
                sync(store, paths, f"sync-{number}", watch, "sync_put")
                sync(store, paths, f"sync-{number}", watch, "sync_unchanged")
            snapshot_bytes = snapshots(store, place, size, watch)
        total = sum(path.stat().st_size for path in paths)
    return _figures(watch.seconds, size, total, snapshot_bytes)


def _figures(seconds: Seconds, size: Size, total: int, snapshot_bytes: int) -> Figures:
    rows = [
        (name.replace("_", " "), spread([1000 * one for one in values]))
        for name, values in seconds.items()
    ]
    title = f"{size.editions} editions, {size.letters} letters, {total / 1e6:.0f} MB"
    show(table(title, "step", "milliseconds", rows=rows))
    middle = {name: median(values) for name, values in seconds.items()}
    return {
        **{f"{name}_s": round(value, 4) for name, value in middle.items()},
        "mb_per_s": round(total / 1e6 / middle["put"], 1),
        "put_vs_sync": round(middle["put"] / middle["sync_put"], 2),
        "whole_vs_sync": round((middle["put"] + middle["read_back"]) / middle["sync_put"], 2),
        "unchanged_vs_sync": round(middle["unchanged"] / middle["sync_unchanged"], 2),
        "snapshot_bytes": snapshot_bytes,
        "objects": size.editions + size.letters,
    }


def main(options: Options, size: Size) -> int:
    """Measure, print and write."""
    figures: Figures = {"quick": options.quick, **machine(), **measure(size)}
    say(
        f"Putting takes {figures['put_vs_sync']} of a plain sync's time, with reading back"
        f" {figures['whole_vs_sync']}; an unchanged week {figures['unchanged_vs_sync']}."
    )
    say_if_quick(options, "a small school")
    write_figures(options, figures)
    return 0


if __name__ == "__main__":
    asked = read_options("A school's week to a store on this machine.")
    sys.exit(main(asked, QUICK if asked.quick else Size()))
