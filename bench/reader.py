"""`make bench NAME=reader`: a parent opens the letter, on a slow line and on a fast one.

The letters are those of a weekly job on a small school, in a real store. In turn with them, the
same page locked by StatiCrypt with its photos in it.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.album import PHONE, drawn_photos
from bench.measuring import (
    KEPT,
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
from bench.school import Size, make_school
from bench.staticrypt import inlined_page, installed, lock, served
from bench.visits import Reading, Visit
from bench.weekly import Job
from lichtbrief.delivery import Catcher
from lichtbrief.jobs.runs.demo import link_in
from lichtbrief.letters import Reader, on_the_wire, read_reader
from lichtbrief.letters.words import reader_words
from lichtbrief.storage import LocalStore
from lichtbrief.theme import Theme

THEME = Path(__file__).parents[1] / "theme"
CORNER = "reader"
AIMS = {
    "reader_bytes": 16_000,
    "letter_bytes": 40_000,
    "first_text_slow_s": 1.0,
    "all_photos_s": 1.5,
    "heap_mib": 24,
}


@dataclass(frozen=True, slots=True)
class Scale:
    """How many photos the group's edition has, how large they are taken, how often is measured."""

    photos: int = 30
    photo: tuple[int, int] = (2016, 1512)
    rounds: int = 5
    peer: bool = True

    @property
    def all_photos(self) -> int:
        """With those of the school's own edition: they are dealt out over four posts."""
        return self.photos * 4 // 3


FULL = Scale()
QUICK = Scale(rounds=2)


@dataclass(frozen=True, slots=True)
class Published:
    """A letter of two editions: its address, its page for the peer, bytes in the store."""

    link: str
    page: str
    letter_bytes: int
    edition_bytes: int


@contextmanager
def published(scale: Scale, kept: Path) -> Iterator[Published]:
    """A small school's week in a real store, for as long as the block lasts."""
    photos = drawn_photos(kept / "photos", scale.all_photos, scale.photo, _drawing, PHONE)
    with TemporaryDirectory(dir=kept, prefix="reader-") as folder:
        work = Path(folder)
        school = make_school(work / "school", Size(12, 1, 12), photos)
        with Catcher(work / "mail") as catcher, LocalStore(work / "store", keep=False) as server:
            job = Job(school, server, catcher, work)
            job.forget(CORNER)
            job.run(CORNER)
            stored = replace(server.store(), prefix=f"{CORNER}/").list()
            sizes = {name: one.size for name, one in stored.items()}
            keys = school.folder / ".lichtbrief" / "keys.json"
            yield Published(
                link=link_in(min((work / "mail" / "new").iterdir())),
                page=inlined_page(school.folder / "output", keys, _reader().style),
                letter_bytes=max(n for name, n in sizes.items() if "letters/" in name),
                edition_bytes=sum(n for name, n in sizes.items() if "editions/" in name),
            )


def _drawing(done: int, total: int) -> None:
    if done == total or done % 10 == 0:
        say(f"Drawing photos: {done} of {total} ...")


def _theme() -> Theme:
    return Theme([THEME / "templates"], THEME / "static", THEME / "translations")


def _reader() -> Reader:
    return read_reader(THEME / "static")


def reader_bytes() -> int:
    """Script, style and words as they go over the wire, in the language in which they are most."""
    theme, reader = _theme(), _reader()
    code = reader.script + reader.style
    words = (
        json.dumps(reader_words(theme.words(one)), sort_keys=True, ensure_ascii=False)
        for one in theme.languages
    )
    return max(len(on_the_wire(f"{code}{one}".encode())) for one in words)


@dataclass(slots=True)
class Measured:
    """Every visit, by kind."""

    slow: list[Visit]
    fast: list[Visit]
    their_slow: list[Visit]
    their_fast: list[Visit]
    their_bytes: int = 0
    their_page: int = 0


def measure(scale: Scale, kept: Path, news: Published) -> Measured:
    """All visits, ours and the peer's in turn."""
    done = Measured([], [], [], [])
    command = installed(kept) if scale.peer else None
    with TemporaryDirectory(dir=kept, prefix="locked-") as folder:
        locked = lock(command, news.page, Path(folder) / "page") if command else None
        with served(locked.page if locked else b"") as address:
            for number in range(scale.rounds):
                say(f"Visits: round {number + 1} of {scale.rounds} ...")
                done.slow.append(Reading().visit(news.link, slow=True))
                # As high as the letter, so that every photo is near the screen.
                tall = Reading(height=30_000, scale=1)
                done.fast.append(tall.visit(news.link, scale.photos, settle=1000))
                if locked:
                    link = address + locked.fragment
                    done.their_slow.append(Reading().visit(link, slow=True))
                    done.their_fast.append(tall.visit(link, settle=1000))
        if locked:
            done.their_bytes, done.their_page = len(locked.page), len(news.page)
    return done


def figures_of(scale: Scale, news: Published, done: Measured) -> Figures:
    """The flat figures: medians of seconds, the largest heap, ratios of ours to theirs."""
    photos = [one.photos_s or 0.0 for one in done.fast]
    figures: Figures = {
        "photos": scale.photos,
        "reader_bytes": reader_bytes(),
        "letter_bytes": news.letter_bytes,
        "first_text_slow_s": round(median(one.text_s for one in done.slow), 3),
        "first_text_s": round(median(one.text_s for one in done.fast), 3),
        "all_photos_s": round(median(photos), 3),
        "heap_mib": round(max(one.heap_mib for one in done.fast), 1),
        "peak_mib": round(max(one.peak_mib for one in done.fast), 1),
        "output_bytes": news.letter_bytes + news.edition_bytes,
    }
    if done.their_slow:
        theirs = median(one.text_s for one in done.their_slow)
        peak = max(one.peak_mib for one in done.their_fast)
        figures |= {
            "staticrypt_page_bytes": done.their_page,
            "staticrypt_first_text_slow_s": round(theirs, 3),
            "staticrypt_heap_mib": round(max(one.heap_mib for one in done.their_fast), 1),
            "staticrypt_peak_mib": round(peak, 1),
            "staticrypt_output_bytes": done.their_bytes,
            "first_text_vs_staticrypt": round(theirs / median(o.text_s for o in done.slow), 2),
            "memory_vs_staticrypt": round(float(figures["peak_mib"]) / max(peak, 0.1), 3),
            "bytes_vs_staticrypt": round(float(figures["output_bytes"]) / done.their_bytes, 3),
        }
    return figures


def show_tables(done: Measured, figures: Figures) -> None:
    """Print what a person wants to see."""
    rows = [(name, f"{figures[name]}", f"at most {aim}") for name, aim in AIMS.items()]
    show(table("A letter of two editions", "", "found", "aim", rows=rows))
    if not done.their_slow:
        say("Not compared with StatiCrypt.")
        return
    pairs = (
        ("first text on the slow line, s", done.slow, done.their_slow),
        ("first text here, s", done.fast, done.their_fast),
    )
    lines = [
        (name, spread([o.text_s for o in ours]), spread([o.text_s for o in theirs]))
        for name, ours, theirs in pairs
    ]
    for name, key in (
        ("JavaScript heap, MiB", "heap_mib"),
        ("peak of its process, MiB", "peak_mib"),
    ):
        lines.append((name, f"{figures[key]}", f"{figures[f'staticrypt_{key}']}"))
    key = "output_bytes"
    lines.append(("bytes in the store", f"{figures[key]}", f"{figures[f'staticrypt_{key}']}"))
    show(table("Beside the same page in StatiCrypt", "", "lichtbrief", "StatiCrypt", rows=lines))


def main(options: Options, scale: Scale, kept: Path = KEPT) -> int:
    """Measure, print and write."""
    kept.mkdir(exist_ok=True)
    figures: Figures = {"quick": options.quick, **machine()}
    with published(scale, kept) as news:
        done = measure(scale, kept, news)
    figures |= figures_of(scale, news, done)
    show_tables(done, figures)
    say_if_quick(options, "fewer rounds")
    write_figures(options, figures)
    return 0


if __name__ == "__main__":
    asked = read_options("A parent opens the letter, beside StatiCrypt.")
    sys.exit(main(asked, QUICK if asked.quick else FULL))
