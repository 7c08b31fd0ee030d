"""Programs that make two renditions of every photo in a folder, and how each is told to.

Long edges of 1280 and 480 pixels, JPEG of quality 80, unless it says otherwise.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.measuring import Taken, run, say
from bench.peers import SIGAL, Sigal, installed
from bench.school import place

PROGRAMS = Path(__file__).with_name("programs")
IMAGE_PROCESS = "pelican-image-process==3.4.0"
PELICAN = ("pelican[markdown]==4.12.0", "pillow==13.0.0")
MEASURES = "simplejpeg==1.9.0"
MEASURED_WITH = ("pillow==13.0.0", "scikit-image==0.26.0")
VIPS = """\
vipsthumbnail --size 1280x1280 --output "$PWD/out/%s-large.jpg[Q=80,strip]" photos/*.jpg &&
vipsthumbnail --size 480x480 --output "$PWD/out/%s-small.jpg[Q=80,strip]" photos/*.jpg
"""

# The plugin has no setting for the quality: Pillow's own, 75, is a little less work than 80.
PELICAN_SETTINGS = """\
PATH = "content"
THEME = "simple"
PLUGINS = ["image_process"]
STATIC_PATHS = ["photos"]
DIRECT_TEMPLATES = []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
SUMMARY_MAX_LENGTH = 0
IMAGE_PROCESS = {
    "large": ["scale_in 1280 1280 False"],
    "small": ["scale_in 480 480 False"],
}
"""


@dataclass(frozen=True, slots=True)
class Contestant:
    """A command to run in `folder`, where it makes renditions under `made`.

    `CORES` in the command stands for how many processor cores there are for it.
    """

    command: Sequence[str | Path]
    folder: Path
    made: str = "out"
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, cores: int, photos: int) -> Taken:
        """Make all renditions from nothing; raises RuntimeError when fewer are made."""
        made = self.folder / self.made
        shutil.rmtree(made, ignore_errors=True)
        command = [str(cores) if part == "CORES" else part for part in self.command]
        taken = run(command, self.folder, self.environment, cores)
        found = sum(1 for path in made.rglob("*") if path.suffix in (".jpg", ".avif"))
        if found < 2 * photos:
            raise RuntimeError(f"{command[0]} made {found} renditions of {photos} photos")
        return taken


def contestants(
    folder: Path, photos: Sequence[Path], kept: Path, peers: bool
) -> dict[str, Contestant]:
    """Whoever can take part here, by name; `folder` is new, and each has its own folder in it."""
    found = _ours(folder / "ours")
    found["naive"] = _python(folder / "naive", sys.executable, "naive.py")
    if peers:
        found |= _installed(folder, kept)
    for one in found.values():
        _deal(one.folder / "photos", photos)
    return found | (_others(folder, photos, kept) if peers else {})


def _ours(folder: Path) -> dict[str, Contestant]:
    """Lichtbrief: JPEG only; as it is; and without loss after the resize, to see that alone."""
    recipes = {"jpeg": ("jpeg", "0"), "avif": ("avif", "0"), "resize": ("jpeg", "100")}
    return {
        name: _python(folder / name, sys.executable, "ours.py", "CORES", *recipe)
        for name, recipe in recipes.items()
    }


def _python(folder: Path, python: str | Path, program: str, *arguments: str) -> Contestant:
    return Contestant((python, PROGRAMS / program, "photos", "out", *arguments), folder)


def _installed(folder: Path, kept: Path) -> dict[str, Contestant]:
    """The floor, and vipsthumbnail: those that take a folder of photos."""
    found = {}
    commands = installed(MEASURES, kept, *MEASURED_WITH)
    if commands:
        found["floor"] = _python(folder / "floor", commands / "python", "floor.py", "CORES")
    if vipsthumbnail():
        (folder / "vipsthumbnail").mkdir(parents=True)
        command = ("sh", "-c", f"mkdir out && {VIPS}")
        found["vipsthumbnail"] = Contestant(command, folder / "vipsthumbnail")
    return found


def vipsthumbnail() -> bool:
    """Whether libvips' own command is here; Debian's package is installed where we are root."""
    if not shutil.which("vipsthumbnail") and os.geteuid() == 0 and shutil.which("apt-get"):
        say("Installing libvips-tools beside it, to compare with ...")
        apt = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "libvips-tools"]
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (["apt-get", "update", "-qq"], apt):
            subprocess.run(step, env=quiet, capture_output=True, check=False)
    if not shutil.which("vipsthumbnail"):
        say("There is no vipsthumbnail here (Debian: libvips-tools): it is left out.")
        return False
    return True


def _others(folder: Path, photos: Sequence[Path], kept: Path) -> dict[str, Contestant]:
    """Sigal and pelican-image-process: those that want a site around the photos."""
    found = {}
    sigal, pelican = installed(SIGAL, kept), installed(IMAGE_PROCESS, kept, *PELICAN)
    if sigal:
        peer = Sigal.prepare(sigal / "sigal", folder / "sigal", photos)
        found["sigal"] = Contestant((peer.command, "build"), peer.folder, "gallery")
    if pelican:
        found["image_process"] = _pelican_site(folder / "image-process", photos, pelican)
    return found


def _pelican_site(folder: Path, photos: Sequence[Path], commands: Path) -> Contestant:
    """A site of one article with every photo twice: a small one, and the large one."""
    _deal(folder / "content" / "photos", photos)
    shown = "\n".join(
        f'<img class="image-process-{size}" src="{{static}}/photos/{photo.name}" alt="">\n'
        for photo in photos
        for size in ("large", "small")
    )
    text = f"Title: Nieuws\nDate: 2026-11-20 14:00\n\n{shown}"
    (folder / "content" / "nieuws.md").write_text(text, encoding="utf-8")
    (folder / "conf.py").write_text(PELICAN_SETTINGS, encoding="utf-8")
    command = (commands / "pelican", "-s", "conf.py", "-o", "out")
    return Contestant(command, folder, "out/photos/derivatives")


def _deal(folder: Path, photos: Sequence[Path]) -> None:
    folder.mkdir(parents=True)
    for photo in photos:
        place(photo, folder / photo.name)
