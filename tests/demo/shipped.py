"""The shipped school as a school of its own: a copy with what the demo has built and drawn, and
with a corner of the demo's store, so that whatever parents answer changes nothing in the demo.
"""

import shutil
from pathlib import Path

from tests.demo.running import Demo
from tests.road.roads import Road
from tests.school import ROOT, WEEK, SmallSchool

MADE = ("keys.json", "machine.key", "cache")
OWN: dict[str, object] = {
    "SITENAME": "De Lichtbron",
    "LICHTBRIEF_CONTACT": "kantoor@lichtbron.example",
    "LICHTBRIEF_CONSENT_FORMS": {"school/photo": 2},
    "LICHTBRIEF_REPLIES": "post",
    "LICHTBRIEF_DOUBT_HIDES": True,
}


def copy_of(demo: Demo, folder: Path) -> SmallSchool:
    """The repository's school before its first run, with the keys and the caches of the demo."""
    school = SmallSchool(folder)
    for name in ("content", "school"):
        shutil.copytree(ROOT / name, folder / name)
    for name in MADE:
        made, own = demo.work / "state" / name, folder / ".lichtbrief" / name
        own.parent.mkdir(exist_ok=True)
        if made.is_dir():
            shutil.copytree(made, own)
        else:
            shutil.copy2(made, own)
    school.settings(**OWN)
    return school


def wait_for(road: Road, moment: str, week: str = WEEK) -> None:
    """Let it be this moment, of this week, for all commands from now on."""
    road.school.settings(**OWN, LICHTBRIEF_MOMENT=moment, LICHTBRIEF_WEEK=week)
