"""The small school decided and built in this process: what the tests of this folder share."""

from pathlib import Path
from typing import Any

from lichtbrief.editions import Week
from lichtbrief.jobs.decide.deciding import Decided, read_and_decide
from lichtbrief.jobs.ground.manifest import Entry, Manifest
from lichtbrief.sealing import KeyRing, Secret
from lichtbrief.settings import read_settings
from lichtbrief.site import load_site, post_reader
from lichtbrief.theme import Theme
from tests.school import ROOT, WEEK, SmallSchool, answer

W47 = Week.parse(WEEK)
W46 = Week.parse("2026-W46")
RING = KeyRing({2026: Secret(bytes(range(32)))})
THEME = Theme((ROOT / "theme/templates",), ROOT / "theme/static", ROOT / "theme/translations")


def site_of(school: SmallSchool, **more: object) -> dict[str, Any]:
    """Pelican's settings of this school for publishing, with `more` over them."""
    own: dict[str, object] = {
        "LICHTBRIEF_PREVIEW": False,
        "OUTPUT_PATH": str(school.folder / "output"),
        "LICHTBRIEF_MAIL_FROM": "weekbrief@dijk.example",
    }
    return load_site(school.folder / "pelicanconf.py", own | more)


def decide_now(school: SmallSchool, **more: object) -> Decided:
    """Everything read and decided, as a job does."""
    site = site_of(school, **more)
    return read_and_decide(read_settings(site), post_reader(site))


def entry(group: str, week: Week = W47, seed: str = "") -> Entry:
    """An edition as a manifest lists it, without one behind it."""
    hashed = (group.replace("-", "") + seed + "a" * 26)[:26]
    letters = "".join(c if c in "abcdefghijklmnopqrstuvwxyz" else "b" for c in hashed)
    return Entry(group, str(week), f"editions/{week.school_year}/{letters}", 9, "0" * 64, "1" * 64)


def manifest_of(*entries: Entry) -> Manifest:
    """A manifest of these editions."""
    return Manifest(WEEK, preview=False, editions=entries)


def withdraw(school: SmallSchool, pupil: str = "tess-v", guardian: str = "g5") -> None:
    """This guardian takes back the yes for the group, now."""
    line = answer(pupil, guardian, "withdrawn", said="2026-11-20T14:00")
    school.add("school/consents.csv", line)


def folder_bytes(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}
