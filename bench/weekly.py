"""The weekly job as the benchmarks run it: a process of its own, measured from outside."""

import json
import shutil
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bench.album import TWELVE
from bench.measuring import Taken, run
from bench.school import School, Size
from lichtbrief.delivery import Catcher
from lichtbrief.storage import LocalStore

COMMAND = Path(sys.executable).with_name("lichtbrief")


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured: the school, its photos (pixels), and how often each kind of run."""

    size: Size = field(default_factory=Size)
    photos: int = 100
    photo: tuple[int, int] = TWELVE
    cold: int = 3
    unchanged: int = 3  # after each cold run
    changed: int = 6
    peer: bool = True


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


@dataclass(slots=True)
class Measured:
    """Every run, by what there was to do; the peer's by whether there was anything to do.

    `one_changed` are runs after a change in one group's edition, `all_changed` after one in the
    edition that every guardian reads.
    """

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


@dataclass(frozen=True, slots=True)
class Job:
    """The weekly job on a school, with a store in `work/store` and a catcher in `work/mail`."""

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
        """How many objects lie in the corner, but for what jobs keep there for one another."""
        names = replace(self.server.store(), prefix=f"{corner}/").list()
        return sum(not name.startswith(("ledger/", "lease/")) for name in names)

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
