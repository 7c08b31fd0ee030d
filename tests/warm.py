"""`lichtbrief` in a process that has imported everything already: one start for many runs.

Run as a program it reads a run per line (JSON: arguments, folder, environment, three files), forks
a child for it, which is all that a run is, and answers with the exit status.
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
    folder: Path, arguments: tuple[str, ...], environment: Mapping[str, str], typed: str = ""
) -> CompletedProcess[str]:
    """Run `lichtbrief` with these arguments and variables in a folder, and wait for it; `typed`
    is its standard input."""
    with TemporaryDirectory() as place:
        given_in, out, err = Path(place, "in"), Path(place, "out"), Path(place, "err")
        given_in.write_text(typed, encoding="utf-8")
        asked: dict[str, Any] = {"arguments": arguments, "folder": str(folder)}
        asked["in"] = str(given_in)
        asked |= {"environment": dict(environment), "out": str(out), "err": str(err)}
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


def main() -> None:
    """Fork a child for every line."""
    _import_everything()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _child(json.loads(line))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
