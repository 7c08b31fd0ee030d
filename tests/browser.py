"""Finds the Chromium that the browser tests drive, or installs one: never a silent skip.

`python tests/browser.py` prints its path (installing it if it must) or says what to do and fails.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--no-sandbox",  # CI runs as root, where Chromium refuses its own sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WHAT_TO_DO = """error: the browser tests need Chromium or Chrome, and none could be installed.
hint: as root: apt-get install chromium — or: .venv/bin/python -m playwright install chromium —
hint: or set CHROMIUM to the path of an installed one."""


def playwrights_own() -> str | None:
    """The Chromium that Playwright downloaded for itself, if it did."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def installed_chromium() -> str | None:
    """The path of an installed browser: $CHROMIUM, one on the PATH, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), None) or playwrights_own()


def find_chromium() -> str:
    """The path of an installed browser; raises RuntimeError with what to do when there is none."""
    path = installed_chromium()
    if path is None:
        raise RuntimeError(WHAT_TO_DO)
    return path


def install() -> None:
    """Install Chromium: Debian's package as root, Playwright's own build otherwise."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium with apt ...", file=sys.stderr, flush=True)  # noqa: T201 -- make shows it
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        if subprocess.run(command, check=False, env=environment).returncode == 0:
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> int:
    """Print the browser's path, after installing one if needed; 1 when there is none to be had."""
    if installed_chromium() is None and "CHROMIUM" not in os.environ:
        install()
    path = installed_chromium()
    print(path or WHAT_TO_DO, file=sys.stdout if path else sys.stderr)
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
