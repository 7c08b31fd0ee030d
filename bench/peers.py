"""Programs that a school could use instead, each in an environment of its own."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.measuring import Taken, run, say
from bench.school import place

SIGAL = "sigal==2.6.1"
SIGAL_SETTINGS = """\
source = 'photos'
destination = 'gallery'
img_size = (1280, 1280)
thumb_size = (480, 480)
thumb_fit = False
jpg_options = {'quality': 80}
"""


def installed(requirement: str, kept: Path, *others: str) -> Path | None:
    """The folder of commands of an environment with a Python program and `others` that it needs.

    Installed if it is not there yet; None, and a word, when it cannot be.
    """
    environment = kept / "venv" / requirement.replace("==", "-")
    whole = environment / ".whole"
    if not whole.exists():
        say(f"Installing {requirement} beside it, to compare with ...")
        python = environment / "bin" / "python"
        steps: tuple[list[str | Path], ...] = (
            [sys.executable, "-m", "venv", "--clear", environment],
            [python, "-m", "pip", "install", "--quiet", requirement, *others],
        )
        for step in steps:
            if subprocess.run(step, capture_output=True, check=False).returncode:
                shutil.rmtree(environment, ignore_errors=True)
                say(f"{requirement} cannot be installed here: it is left out.")
                return None
        whole.touch()
    return environment / "bin"


@dataclass(frozen=True, slots=True)
class Sigal:
    """`sigal build`, a static gallery, on the same photos in the same two sizes and quality."""

    command: Path
    folder: Path

    @classmethod
    def prepare(cls, command: Path, folder: Path, photos: Sequence[Path]) -> "Sigal":
        """A gallery of one album in `folder`, which is new."""
        album = folder / "photos" / "week"
        album.mkdir(parents=True)
        for photo in photos:
            place(photo, album / photo.name)
        (folder / "sigal.conf.py").write_text(SIGAL_SETTINGS, encoding="utf-8")
        return cls(command, folder)

    def cold(self) -> Taken:
        """Build with nothing there yet."""
        shutil.rmtree(self.folder / "gallery", ignore_errors=True)
        return self.again()

    def again(self) -> Taken:
        """Build on what the last build left."""
        return run([self.command, "build"], self.folder, {})
