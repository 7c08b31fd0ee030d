"""Finds exiftool, which reads a photo's metadata independently of us, or installs it.

`python tests/exiftool.py` prints its path (installing it if it must) or says what to do and fails.
"""

import os
import shutil
import subprocess
import sys

WHAT_TO_DO = """error: the tests of metadata need exiftool, and it could not be installed.
hint: as root: apt-get install libimage-exiftool-perl — or see exiftool.org"""


def find_exiftool() -> str:
    """The path of exiftool; raises RuntimeError with what to do when there is none."""
    path = shutil.which("exiftool")
    if path is None:
        raise RuntimeError(WHAT_TO_DO)
    return path


def install() -> None:
    """Install Debian's package, when we may."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("Installing exiftool with apt ...", file=sys.stderr, flush=True)  # noqa: T201 -- make shows it
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    subprocess.run([*command, "libimage-exiftool-perl"], check=False, env=environment)


def main() -> int:
    """Print the path, after installing if needed; 1 when there is none to be had."""
    if shutil.which("exiftool") is None:
        install()
    path = shutil.which("exiftool")
    print(path or WHAT_TO_DO, file=sys.stdout if path else sys.stderr)
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
