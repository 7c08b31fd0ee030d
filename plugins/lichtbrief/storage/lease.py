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
    return _work(store, names[-1]) if names else None


def _work(store: Store, name: str) -> Work | None:
    there, age = _read(store, name), store.age(name).total_seconds()
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
        self._newest = ""  # the newest lease, when it was last seen to be ours
        self._lock = Lock()
        self._ended = Event()
        self._renewing = Thread(target=self._renew, daemon=True)

    def __enter__(self) -> Self:
        names = _names(self._store)
        if names and not self._takes_over:
            self._refuse(_work(self._store, names[-1]))
        self._write(_next(names[-1] if names else ""), self._lasts)
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
            self._go_on(0)

    def hold(self) -> None:
        """Raises `TakenOverError` when another job has taken the store."""
        with self._lock:
            self._look()

    def _look(self) -> None:
        newest = (_names(self._store) or [""])[-1]
        if newest != self._newest:
            if not newest or _read(self._store, newest).run != self._run:
                raise TakenOverError
            self._newest = newest

    def _refuse(self, there: Work | None) -> None:
        if there is None or there.holder == self._holder:
            return
        raise LichtbriefError(
            f"a job on another machine has been at work for {_minutes(there.began)},"
            f" and holds the store for {_minutes(there.left)} more",
            "wait until it has ended; if it surely has, run this again with --take-over",
        )

    def _write(self, name: str, lasts: float) -> None:
        """Create the lease of that name, and see that it is ours and the newest.

        The name follows the newest that was looked at: whoever came in between has it already.
        """
        worked = round(time.monotonic() - self._began)
        value = {"format": FORMAT, **asdict(Tenure(self._holder, self._run, worked, lasts))}
        data = json.dumps(value).encode()
        self._store.put(name, data, content_type="application/json", absent=True)
        self._look()
        for old in _names(self._store)[:-2]:  # one stays for whoever has just listed it
            self._store.delete(old)

    def _go_on(self, lasts: float) -> None:
        """Write a further lease for this job; `lasts` 0 gives the store back."""
        with self._lock:
            self._look()  # the store may have taken one of which no word came back
            self._write(_next(self._newest), lasts)

    def _renew(self) -> None:
        """Renew until the end; a store that does not answer is asked again the next time."""
        while not self._ended.wait(self._lasts / RENEWALS):
            try:
                self._go_on(self._lasts)
            except TakenOverError:
                return
            except LichtbriefError:
                continue


def _names(store: Store) -> list[str]:
    """The leases in the store, the newest last."""
    return sorted(filter(NAME.fullmatch, store.list(f"{FOLDER}/")))


def _next(name: str) -> str:
    """The name after this one; the first after none."""
    return f"{FOLDER}/{int(name.rpartition('/')[2] or 0) + 1:09}"


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
