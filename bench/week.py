"""`make bench NAME=week`: the weekly job of a whole school, cold, unchanged, and one edition changed.

The store (a real SeaweedFS) and the mail catcher run beside it; the job is a process of its own.
"""

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bench.measuring import (
    KEPT,
    Figures,
    Options,
    Taken,
    machine,
    read_options,
    run,
    say,
    show,
    spread,
    table,
    write_figures,
)
from bench.peers import SIGAL, Sigal, installed
from bench.photos import TWELVE, drawn_photos
from bench.school import School, Size, make_school
from lichtbrief.delivery import Catcher
from lichtbrief.storage import LocalStore

COMMAND = Path(sys.executable).with_name("lichtbrief")
STAGES = ("start", "build", "plan", "upload", "mail", "delete")


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured: the school, its photos (pixels), and how often each kind of run."""

    size: Size = field(default_factory=Size)
    photos: int = 100
    photo: tuple[int, int] = TWELVE
    cold: int = 3
    unchanged: int = 3
    changed: int = 6
    peer: bool = True


FULL = Scale()
QUICK = Scale(photos=20, photo=(2016, 1512), cold=1, unchanged=2, changed=2)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the weekly job: what it took, what it answered, how many mails were caught."""

    taken: Taken
    answer: dict[str, Any]
    mailed: int

    @property
    def stages(self) -> dict[str, float]:
        """Seconds by stage; `start` is what is left: the interpreter, imports, settings."""
        inside: dict[str, float] = self.answer["seconds"]
        return {"start": self.taken.wall_s - sum(inside.values()), **inside}


@dataclass(frozen=True, slots=True)
class Job:
    """The weekly job on a school, with a store and a mail catcher beside it."""

    school: School
    server: LocalStore
    catcher: Catcher
    work: Path

    def run(self, corner: str) -> Run:
        """Run it as a school would, its objects in a corner of the store."""
        before = self._caught()
        taken = run([COMMAND, "weekly", "--json"], self.school.folder, self._environment(corner))
        return Run(taken, json.loads(taken.output), self._caught() - before)

    def forget(self, corner: str) -> None:
        """Nothing is known of any week: an empty state and output, and only new keys."""
        for name in (".lichtbrief", "output"):
            shutil.rmtree(self.school.folder / name, ignore_errors=True)
        run([COMMAND, "keys", "make"], self.school.folder, self._environment(corner))

    def objects(self, corner: str) -> int:
        """How many objects lie in the corner."""
        return len(replace(self.server.store(), prefix=f"{corner}/").list())

    def _caught(self) -> int:
        return sum(1 for _ in (self.work / "mail" / "new").iterdir())

    def _environment(self, corner: str) -> dict[str, str]:
        identities = json.loads((self.work / "store" / "identities.json").read_bytes())
        keys = {one["name"]: one["credentials"][0] for one in identities["identities"]}
        return {
            "LICHTBRIEF_STORE": f"s3://{self.server.bucket}/{corner}",
            "LICHTBRIEF_S3_ENDPOINT": self.server.endpoint,
            "LICHTBRIEF_MAIL": self.catcher.address,
            "AWS_ACCESS_KEY_ID": keys["publisher"]["accessKey"],
            "AWS_SECRET_ACCESS_KEY": keys["publisher"]["secretKey"],
            "LICHTBRIEF_SIGNER_ACCESS_KEY_ID": keys["signer"]["accessKey"],
            "LICHTBRIEF_SIGNER_SECRET_ACCESS_KEY": keys["signer"]["secretKey"],
        }


@dataclass(slots=True)
class Measured:
    """Every run, by what there was to do; the peer's by whether there was anything to do."""

    cold: list[Run] = field(default_factory=list)
    unchanged: list[Run] = field(default_factory=list)
    one_changed: list[Run] = field(default_factory=list)
    all_changed: list[Run] = field(default_factory=list)
    sigal_cold: list[Taken] = field(default_factory=list)
    sigal_unchanged: list[Taken] = field(default_factory=list)
    objects: int = 0

    @property
    def kinds(self) -> dict[str, list[Run]]:
        """The runs of the weekly job by the name that their figures have."""
        return {
            "cold": self.cold,
            "unchanged": self.unchanged,
            "one_changed": self.one_changed,
            "all_changed": self.all_changed,
        }


@contextmanager
def prepared(scale: Scale, photos: Sequence[Path]) -> Iterator[tuple[Job, Sigal | None]]:
    """A school, a store, a catcher and the peer, in a folder that is gone afterwards."""
    with TemporaryDirectory(dir=KEPT, prefix="week-") as folder:
        work = Path(folder)
        school = make_school(work / "school", scale.size, photos[: scale.photos])
        command = installed(SIGAL) if scale.peer else None
        peer = command and Sigal.prepare(command, work / "sigal", photos[: scale.photos])
        with Catcher(work / "mail") as catcher, LocalStore(work / "store", keep=False) as server:
            yield Job(school, server, catcher, work), peer


def measure(scale: Scale) -> Measured:
    """All runs of this scale, ours and the peer's in turn."""
    done = Measured()
    photos = drawn_photos(KEPT / "photos", scale.photos + scale.changed, scale.photo, _drawing)
    with prepared(scale, photos) as (job, peer):
        for number in range(scale.cold):
            say(f"Cold and unchanged, round {number + 1} of {scale.cold} ...")
            _round(job, peer, scale, f"round-{number}", done)
        say("One edition changed ...")
        _changes(job, scale, photos[scale.photos :], f"round-{scale.cold - 1}", done)
    return done


def _drawing(done: int, total: int) -> None:
    if done in (1, total) or done % 10 == 0:
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


def _changes(job: Job, scale: Scale, photos: Sequence[Path], corner: str, done: Measured) -> None:
    """Words and photos in turn, each time in another group; last a post that everybody reads."""
    posts = job.school.posts
    for number in range(scale.changed):
        post = posts[number * 3 % (len(posts) - 1)]
        if number % 2:
            job.school.add(post, photos[number])
        else:
            job.school.edit(post, f"Nog even dit: {number}.")
        done.one_changed.append(job.run(corner))
    job.school.edit(posts[-1], "Nog even dit, voor iedereen.")
    done.all_changed.append(job.run(corner))


def figures_of(scale: Scale, done: Measured) -> Figures:
    """The flat figures: medians, in seconds and MiB, except counts, which are the largest seen."""
    figures: Figures = {
        "photos": scale.photos,
        "megapixels": round(scale.photo[0] * scale.photo[1] / 1e6, 1),
        "pupils": scale.size.pupils,
        "groups": scale.size.groups,
        "guardians": scale.size.guardians,
    }
    every = [one for runs in done.kinds.values() for one in runs]
    for kind, runs in done.kinds.items():
        figures[f"{kind}_s"] = round(median(one.taken.wall_s for one in runs), 3)
        figures[f"{kind}_cpu_s"] = round(median(one.taken.cpu_s for one in runs), 3)
        for stage in STAGES:
            figures[f"{kind}_{stage}_s"] = round(median(one.stages[stage] for one in runs), 3)
    figures["peak_mib"] = round(max(one.taken.peak_mib for one in every), 1)
    figures["objects"] = done.objects
    figures["uploaded_again"] = max(one.answer["uploaded"] for one in done.unchanged)
    figures["mailed_again"] = max(one.mailed for one in every if one not in done.cold)
    return figures | _peer_figures(done)


def _peer_figures(done: Measured) -> Figures:
    """The peer's times, and ours for the same work: from the start to the end of the build."""
    figures: Figures = {}
    pairs = (
        ("cold", done.cold, done.sigal_cold),
        ("unchanged", done.unchanged, done.sigal_unchanged),
    )
    for kind, ours, theirs in pairs:
        if theirs:
            photos = median(one.stages["start"] + one.stages["build"] for one in ours)
            sigal = median(one.wall_s for one in theirs)
            figures[f"{kind}_photos_s"] = round(photos, 3)
            figures[f"sigal_{kind}_s"] = round(sigal, 3)
            figures[f"{kind}_vs_sigal"] = round(photos / sigal, 3)
    return figures


def tables(scale: Scale, done: Measured, figures: Figures) -> None:
    """Print what a person wants to see."""
    size = scale.size
    title = (
        f"Weekly job: {size.pupils} pupils, {size.groups} groups, {size.guardians} guardians, "
        f"{scale.photos} photos of {figures['megapixels']} megapixels"
    )
    names = {
        "cold": "cold",
        "unchanged": "unchanged",
        "one_changed": "one group's edition changed",
        "all_changed": "the edition that all read changed",
    }
    rows = [
        (
            names[kind],
            spread([one.taken.wall_s for one in runs]),
            spread([one.taken.cpu_s for one in runs]),
            f"{max(one.taken.peak_mib for one in runs):.0f}",
            str(max(one.answer["uploaded"] for one in runs)),
            str(max(one.mailed for one in runs)),
        )
        for kind, runs in done.kinds.items()
    ]
    stages = [
        (stage, *(f"{figures[f'{kind}_{stage}_s']:.2f}" for kind in done.kinds)) for stage in STAGES
    ]
    show(
        table(title, "run", "wall s", "CPU s", "peak MiB", "uploaded", "mails", rows=rows),
        table("Seconds by stage", "stage", *(names[kind] for kind in done.kinds), rows=stages),
    )
    _show_peer(done, figures)


def _show_peer(done: Measured, figures: Figures) -> None:
    if not done.sigal_cold:
        say("Not compared with sigal.")
        return
    rows = [
        (
            kind,
            f"{figures[f'{kind}_photos_s']:.2f}",
            f"{figures[f'sigal_{kind}_s']:.2f}",
            f"{figures[f'{kind}_vs_sigal']:.2f}",
        )
        for kind in ("cold", "unchanged")
    ]
    title = f"The same photos with {SIGAL.replace('==', ' ')}: seconds to the end of the build"
    show(table(title, "run", "lichtbrief", "sigal", "ratio", rows=rows))


def main(options: Options, scale: Scale) -> int:
    """Measure, print and write; 1 when the unchanged week was uploaded or mailed again."""
    KEPT.mkdir(exist_ok=True)
    figures: Figures = {"quick": options.quick, **machine()}
    done = measure(scale)
    figures |= figures_of(scale, done)
    tables(scale, done, figures)
    if options.quick:
        say("This was --quick: fewer and smaller photos, fewer runs. It is not what we quote.")
    write_figures(options, figures)
    return 1 if figures["uploaded_again"] or figures["mailed_again"] else 0


if __name__ == "__main__":
    asked = read_options("The weekly job of a whole school.")
    sys.exit(main(asked, QUICK if asked.quick else FULL))
