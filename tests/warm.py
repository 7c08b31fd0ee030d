"""`lichtbrief` in a process that has imported everything already: one start for many runs.

Run as a program it reads a run per line (JSON: arguments, folder, environment, three files, and in
how many seconds to kill it, if at all), forks a child for it, which is all that a run is, and
answers with the exit status.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory
from typing import IO, Any

PATIENCE = 180  # seconds


def run_warm(
    folder: Path,
    arguments: tuple[str, ...],
    environment: Mapping[str, str],
    typed: str = "",
    dies: float | None = None,
) -> CompletedProcess[str]:
    """Run `lichtbrief` with these arguments and variables in a folder, and wait for it; `typed`
    is its standard input.

    After `dies` seconds it is killed with all that it started, as by a machine that dies.
    """
    with TemporaryDirectory() as place:
        given_in, out, err = Path(place, "in"), Path(place, "out"), Path(place, "err")
        given_in.write_text(typed, encoding="utf-8")
        asked: dict[str, Any] = {"arguments": arguments, "folder": str(folder)}
        asked["in"] = str(given_in)
        asked |= {"environment": dict(environment), "out": str(out), "err": str(err)}
        asked["dies"] = dies
        given, told = _server()
        given.write(json.dumps(asked) + "\n")
        given.flush()
        status = int(told.readline())
        texts = (path.read_text(encoding="utf-8") for path in (out, err))
        return CompletedProcess(["lichtbrief", *arguments], status, *texts)


@cache
def _server() -> tuple[IO[str], IO[str]]:
    """The warm process of this test process; it ends when its standard input does."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.warm"],
        cwd=Path(__file__).parent.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdin is not None
    assert server.stdout is not None
    return server.stdin, server.stdout


def _import_everything() -> None:
    from lichtbrief.cli.commands import COMMANDS

    for module, _ in COMMANDS.values():
        import_module(f"lichtbrief.cli.{module}")
    for name in ("lichtbrief.generator", "pelican", "botocore.session"):
        import_module(name)


def _child(asked: Mapping[str, Any]) -> None:
    """What the run is: it never returns to the loop."""
    status = 70
    signal.alarm(PATIENCE)  # nobody waits for a run for ever
    os.setpgid(0, 0)
    try:
        os.dup2(os.open(asked["in"], os.O_RDONLY), 0)
        for descriptor, name in ((1, asked["out"]), (2, asked["err"])):
            os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT), descriptor)
        os.chdir(asked["folder"])
        os.environ.clear()
        os.environ.update(asked["environment"])
        tempfile.tempdir = None  # it was looked up in the environment of another
        time.tzset()
        from lichtbrief.cli.main import main

        try:
            status = main(asked["arguments"])
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        except Exception:
            status = 1
            traceback.print_exc()  # as the interpreter does for a run of its own
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _ended(child: int, dies: float | None) -> int:
    """The status with which a child ended, by itself or by a kill in so many seconds."""
    if dies is not None:
        ends = time.monotonic() + dies
        while time.monotonic() < ends:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return status
            time.sleep(0.001)
        os.killpg(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def main() -> None:
    """Fork a child for every line."""
    _import_everything()
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            _child(asked)
        status = os.waitstatus_to_exitcode(_ended(child, asked["dies"]))
        sys.stdout.write(f"{status}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
