"""`make bench NAME=week`: the weekly job of a whole school: cold, unchanged, one edition changed.

The store (a real SeaweedFS) and the mail catcher run beside it; the job is a process of its own.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.album import drawn_photos
from bench.measuring import (
    KEPT,
    Figures,
    Options,
    machine,
    read_options,
    say,
    say_if_quick,
    write_figures,
)
from bench.peers import SIGAL, Sigal, installed
from bench.school import make_school
from bench.week_report import figures_of, show_tables
from bench.weekly import Job, Measured, Run, Scale
from lichtbrief.delivery import Catcher
from lichtbrief.storage import LocalStore

FULL = Scale()
QUICK = Scale(photos=20, photo=(2016, 1512), cold=1, unchanged=2, changed=2)


@contextmanager
def prepared(
    scale: Scale, kept: Path, photos: Sequence[Path]
) -> Iterator[tuple[Job, Sigal | None]]:
    """A school, a store, a catcher and the peer, in a folder that is gone afterwards."""
    commands = installed(SIGAL, kept) if scale.peer else None
    with TemporaryDirectory(dir=kept, prefix="week-") as folder:
        work = Path(folder)
        school = make_school(work / "school", scale.size, photos)
        peer = Sigal.prepare(commands / "sigal", work / "sigal", photos) if commands else None
        with Catcher(work / "mail") as catcher, LocalStore(work / "store", keep=False) as server:
            yield Job(school, server, catcher, work), peer


def measure(scale: Scale, kept: Path) -> Measured:
    """All runs of this scale, ours and the peer's in turn; photos drawn stay in `kept`."""
    done = Measured()
    drawn = drawn_photos(kept / "photos", scale.photos + scale.changed, scale.photo, _drawing)
    photos, later = drawn[: scale.photos], drawn[scale.photos :]
    with prepared(scale, kept, photos) as (job, peer):
        for number in range(scale.cold):
            say(f"Cold, then unchanged: round {number + 1} of {scale.cold} ...")
            _round(job, peer, scale, f"round-{number}", done)
        say("One edition changed ...")
        _changes(job, later, f"round-{scale.cold - 1}", done)
    return done


def _drawing(done: int, total: int) -> None:
    if done == total or done % 10 == 0:
        say(f"Drawing photos: {done} of {total} ...")


def _round(job: Job, peer: Sigal | None, scale: Scale, corner: str, done: Measured) -> None:
    job.forget(corner)
    first = job.run(corner)
    refuse_wrong(first, scale)
    done.cold.append(first)
    done.objects = job.objects(corner)
    if peer is not None:
        done.sigal_cold.append(peer.cold())
    for _ in range(scale.unchanged):
        done.unchanged.append(job.run(corner))
        if peer is not None:
            done.sigal_unchanged.append(peer.again())


def refuse_wrong(first: Run, scale: Scale) -> None:
    """Raise RuntimeError when a cold run has not done all that is to be measured."""
    did = (first.answer["photos_shown"], first.answer["letters"], first.mailed)
    should = (scale.photos, scale.size.guardians, scale.size.guardians)
    if did != should:
        raise RuntimeError(f"(photos, letters, mails) should be {should} and are {did}")


def _changes(job: Job, photos: Sequence[Path], corner: str, done: Measured) -> None:
    """Words and photos in turn, each time in another group; last a post that everybody reads."""
    posts = job.school.posts
    for number, photo in enumerate(photos):
        post = posts[number * 3 % (len(posts) - 1)]
        if number % 2:
            job.school.add(post, photo)
        else:
            job.school.edit(post, f"Nog even dit: {number}.")
        done.one_changed.append(job.run(corner))
    job.school.edit(posts[-1], "Nog even dit, voor iedereen.")
    done.all_changed.append(job.run(corner))


def main(options: Options, scale: Scale, kept: Path = KEPT) -> int:
    """Measure, print and write; 1 when the unchanged week was uploaded or mailed again."""
    kept.mkdir(exist_ok=True)
    figures: Figures = {"quick": options.quick, **machine()}
    done = measure(scale, kept)
    figures |= figures_of(scale, done)
    show_tables(scale, done, figures)
    say_if_quick(options, "fewer and smaller photos, fewer runs")
    write_figures(options, figures)
    return 1 if figures["uploaded_again"] or figures["mailed_again"] else 0


if __name__ == "__main__":
    asked = read_options("The weekly job of a whole school.")
    sys.exit(main(asked, QUICK if asked.quick else FULL))
