"""Finds the `ffmpeg` command and its `ffprobe`, or installs them: the judge of our films.

`python tests/ffmpeg.py` prints its path (installing it if it must) or says what to do and fails.
Lichtbrief itself does not use it: PyAV brings FFmpeg's libraries.
"""

import os
import shutil
import subprocess
import sys

WHAT_TO_DO = """error: the tests of films need ffmpeg and ffprobe, and they could not be installed.
hint: as root: apt-get install ffmpeg — or see ffmpeg.org"""
BOTH = ("ffmpeg", "ffprobe")


def find(name: str) -> str:
    """The path of one of the two; raises RuntimeError with what to do when there is none."""
    path = shutil.which(name)
    if path is None:
        raise RuntimeError(WHAT_TO_DO)
    return path


def install() -> None:
    """Install Debian's package, when we may."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("Installing ffmpeg with apt ...", file=sys.stderr, flush=True)  # noqa: T201 -- make shows it
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    subprocess.run([*command, "ffmpeg"], check=False, env=environment)


def main() -> int:
    """Print the path, after installing if needed; 1 when there is none to be had."""
    if not all(map(shutil.which, BOTH)):
        install()
    path = shutil.which("ffmpeg") if shutil.which("ffprobe") else None
    print(path or WHAT_TO_DO, file=sys.stdout if path else sys.stderr)
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
