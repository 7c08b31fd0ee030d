"""The log as a file in the state folder: added to by one at a time, never changed, kept whole.

A run that is killed while it adds leaves at most a last line without its end, which was never
acted upon: the next one to add takes it away, and says so in the log itself.
"""

import os
import secrets
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from lichtbrief.consent.lines import Event, What, read_line, write_line
from lichtbrief.consent.log import Chain, Verdict, read_lines
from lichtbrief.consent.standing import Standing
from lichtbrief.errors import LichtbriefError
from lichtbrief.files import write_whole
from lichtbrief.sealing.private_file import locked

NAME = "log/log.jsonl"
DAMAGED = "lichtbrief log verify says where; put back a copy, or move it away to go on without it"


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking the file found; `torn` when its last line was cut off by a kill."""

    chain: Chain
    verdict: Verdict
    torn: bool


@dataclass(frozen=True, slots=True)
class Log:
    """The log in a state folder; `now` gives aware moments."""

    path: Path
    now: Callable[[], datetime]

    @classmethod
    def of(cls, state: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> "Log":
        """The log of this state folder, which need not be there yet."""
        return cls(state / NAME, now)

    def check(self) -> Checked:
        """Read and check every line; raises `LichtbriefError` only when the disk refuses."""
        return _checked(self._bytes())

    def read(self) -> Chain:
        """The whole log; raises `LichtbriefError` when a line is not as it was written."""
        checked = self.check()
        if checked.verdict.faults:
            raise LichtbriefError("the log is damaged; nothing was done", DAMAGED)
        return checked.chain

    def standing(self) -> Standing:
        """What the log adds up to; raises as `read` does."""
        return Standing.of(self.read().lines)

    def add(self, events: Iterable[Event]) -> None:
        """Write these at the end of the log; they are on the disk when this returns.

        Raises `LichtbriefError` when the log cannot be written, or does not end as it should.
        """
        events = list(events)
        if not events:
            return
        with locked(self.path):
            whole, torn = _parts(self._bytes())
            if torn:
                events.insert(0, Event(What.recovered, {"bytes": len(torn)}))
                os.truncate(self.path, self.path.stat().st_size - len(torn))
            at = self.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            chain = _last(whole)
            added = chain.add(events, at, secrets.token_bytes).lines[len(chain.lines) :]
            _append(self.path, "".join(f"{write_line(line)}\n" for line in added).encode())

    def forget(self, ids: Collection[str]) -> int:
        """Remove these people's ids for good; how many lines held one. The chain still holds."""
        with locked(self.path):
            chain = self.read()
            count = sum(not line.people().isdisjoint(ids) for line in chain.lines)
            if count:
                lines = (f"{write_line(line)}\n" for line in chain.forget(ids).lines)
                write_whole(self.path, "".join(lines).encode())
        return count

    def _bytes(self) -> bytes:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            what = f"the log cannot be read ({type(error).__name__})"
            raise LichtbriefError(what, "look at the state folder and its owner") from error


def _parts(data: bytes) -> tuple[list[str], bytes]:
    """The lines that have an end, and what follows the last of them."""
    whole, end, torn = data.rpartition(b"\n")
    return (whole.decode("utf-8", "replace").split("\n") if end else []), torn


@lru_cache(maxsize=1)
def _checked(data: bytes) -> Checked:
    """A run looks at its log several times; after some years that takes a second each."""
    whole, torn = _parts(data)
    chain, unread = read_lines(whole)
    verdict = chain.verify()
    return Checked(chain, replace(verdict, faults=(*unread, *verdict.faults)), bool(torn))


def _last(whole: list[str]) -> Chain:
    """A chain of the last line alone: all that adding to a log has to know of it."""
    try:
        return Chain(tuple(read_line(text) for text in whole[-1:]))
    except ValueError:
        raise LichtbriefError("the log is damaged; nothing was written", DAMAGED) from None


def _append(path: Path, data: bytes) -> None:
    """Add to a file, made for its owner only; `locked` puts an OSError into words."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        while data:
            data = data[os.write(handle, data) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
