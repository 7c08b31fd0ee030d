"""One job at a time over all machines: a lease in the store, on the store's own clock.

A lease is a numbered object, created only if absent and never replaced, since not every store can
replace conditionally; the highest number holds. It is renewed, and given back, by a further number.
Its age is what the store says at both ends, so that no machine's clock counts. It is not sealed: it
names nobody, and says less than the letters beside it.
"""

import json
import re
import secrets
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self

from lichtbrief.errors import LichtbriefError
from lichtbrief.storage.store import Store

FOLDER = "lease"
FORMAT = "lichtbrief lease 1"
NAME = re.compile(rf"{FOLDER}/([0-9]{{9}})")
LASTS = 600.0
"""Seconds: how long whoever comes after a job that was killed on another machine has to wait."""
RENEWALS = 4  # in the time that a lease lasts


class TakenOverError(LichtbriefError):
    """Another job holds the store now."""

    def __init__(self) -> None:
        what = "another job has taken the store over from this one"
        super().__init__(what, "let it end, then run this again: it goes on where it was")


@dataclass(frozen=True, slots=True)
class Tenure:
    """A lease as it is written: whose, in which run of it, and in seconds for how long.

    `worked` is how long the job had been at work by then; `lasts` is 0 when it gave the store back.
    """

    holder: str
    run: str
    worked: float
    lasts: float


@dataclass(frozen=True, slots=True)
class Work:
    """A job that is at work: whose, for how many seconds, and until its lease ends by itself."""

    holder: str
    began: float
    left: float


def work_at(store: Store) -> Work | None:
    """The job that holds the store now, if any; raises LichtbriefError when that is not clear."""
    names = _names(store)
    if not names:
        return None
    there, age = _read(store, names[-1]), store.age(names[-1]).total_seconds()
    left = there.lasts - age
    return Work(there.holder, there.worked + age, left) if left > 0 else None


class Lease:
    """The store to ourselves while entered; `holder` is the same for every job of one machine.

    Entering raises LichtbriefError while another machine's job is at work, unless `takes_over`. A
    machine's own lease is always taken: the ledger's lock keeps its jobs off each other. `lasts` is
    in seconds.
    """

    def __init__(
        self, store: Store, holder: str, *, takes_over: bool = False, lasts: float = LASTS
    ) -> None:
        self._store, self._holder, self._lasts = store, holder, lasts
        self._takes_over = takes_over
        self._run = secrets.token_hex(8)
        self._began = time.monotonic()
        self._number = 0
        self._lock = Lock()
        self._ended = Event()
        self._renewing = Thread(target=self._renew, daemon=True)

    def __enter__(self) -> Self:
        if not self._takes_over:
            self._refuse(work_at(self._store))
        self._write(self._lasts)
        self._renewing.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._renewing.join()
        with suppress(LichtbriefError):  # what cannot be given back ends by itself
            self._write(0)

    def hold(self) -> None:
        """Raises `TakenOverError` when another job has taken the store."""
        with self._lock:
            self._look()

    def _look(self) -> None:
        newest = (_names(self._store) or [""])[-1]
        if newest == _name(self._number):
            return
        # Ours too, when the store took it and the word of that was lost.
        if not newest or _read(self._store, newest).run != self._run:
            raise TakenOverError
        self._number = _number(newest)

    def _refuse(self, there: Work | None) -> None:
        if there is None or there.holder == self._holder:
            return
        raise LichtbriefError(
            f"a job on another machine is at work since {_minutes(there.began)},"
            f" and holds the store for {_minutes(there.left)} more",
            "wait until it has ended; if it surely has, run this again with --take-over",
        )

    def _write(self, lasts: float) -> None:
        """Create the lease with the next number, and see that it is ours and the newest."""
        with self._lock:
            names = _names(self._store)
            if self._number:
                self._look()
            name = _name(_number(names[-1]) + 1 if names else 1)
            worked = time.monotonic() - self._began
            mine = Tenure(self._holder, self._run, round(worked), lasts)
            data = json.dumps({"format": FORMAT, **asdict(mine)}).encode()
            self._store.put(name, data, content_type="application/json", absent=True)
            self._look()
            for old in names[:-1]:  # the last stays for whoever has just listed it
                self._store.delete(old)

    def _renew(self) -> None:
        """Renew until the end; a store that does not answer is asked again the next time."""
        while not self._ended.wait(self._lasts / RENEWALS):
            try:
                self._write(self._lasts)
            except TakenOverError:
                return
            except LichtbriefError:
                continue


def _names(store: Store) -> list[str]:
    """The leases in the store, the newest last."""
    return sorted(filter(NAME.fullmatch, store.list(f"{FOLDER}/")))


def _name(number: int) -> str:
    return f"{FOLDER}/{number:09}"


def _number(name: str) -> int:
    return int(name.rpartition("/")[2])


def _read(store: Store, name: str) -> Tenure:
    try:
        value = json.loads(store.get(name))
        if value["format"] != FORMAT:
            raise ValueError
        worked, lasts = float(value["worked"]), float(value["lasts"])
        return Tenure(str(value["holder"]), str(value["run"]), worked, lasts)
    except (ValueError, KeyError, TypeError):
        raise LichtbriefError(
            "the lease in the store cannot be understood",
            "see that no job is at work on another machine, then run this with --take-over",
        ) from None


def _minutes(seconds: float) -> str:
    """`1 minute`, `12 minutes`; what has begun counts as whole."""
    count = max(1, -int(-seconds // 60))
    return "1 minute" if count == 1 else f"{count} minutes"
