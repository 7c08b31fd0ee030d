"""Threads that hand mails over, one to a connection, and tell one coordinator what they do.

Only the coordinator touches the ledger. A thread that is about to say DATA asks and waits; so
several threads' changes become durable with one write to the disk.
"""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Protocol, Self

from lichtbrief.delivery.mail import Mail
from lichtbrief.delivery.outcomes import Outcome
from lichtbrief.errors import LichtbriefError


class Transport(Protocol):
    """One connection that hands over one mail at a time."""

    def check(self) -> None:
        """Raises LichtbriefError when no mail could be handed over; hands none over."""

    def send(self, mail: Mail, before_data: Callable[[], None]) -> Outcome:
        """What became of the mail; `before_data` is called when the next word is DATA.

        Never raises for what the relay or the network does; passes on what `before_data` raises,
        after which the mail is not handed over.
        """

    def abort(self) -> None:
        """Break off what another thread is sending, because it takes too long."""

    def close(self) -> None:
        """Let go of the connection."""


@dataclass(frozen=True, slots=True)
class Unwritten:
    """The mail could not be written; nothing left the school."""

    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A thread is about to say DATA for this guardian and waits until `answer` is set."""

    guardian: str
    message_id: str
    answer: "Future[None]" = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class Done:
    """A thread is done with this guardian; `outcome` is None when it was not allowed to say DATA.

    `error` is a mistake of ours, to be raised when the others are done too.
    """

    guardian: str
    outcome: Outcome | Unwritten | None
    error: BaseException | None = None


Told = Asked | Done


class Crew:
    """One thread for each of the `transports`, which it closes at the end; `make` writes a mail."""

    def __init__(self, transports: Sequence[Transport], make: Callable[[str], Mail]) -> None:
        self._make = make
        self._transports = tuple(transports)
        self._tasks: SimpleQueue[str | None] = SimpleQueue()
        self._told: SimpleQueue[Told] = SimpleQueue()
        self._busy_since: list[float | None] = [None] * len(self._transports)
        self._threads = [
            threading.Thread(target=self._work, args=(number,), daemon=True)
            for number in range(len(self._transports))
        ]

    def __len__(self) -> int:
        return len(self._transports)

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for _ in self._threads:
            self._tasks.put(None)
        if error is None:
            for thread in self._threads:
                thread.join()

    def start(self, guardian: str) -> None:
        """Let the next free thread send to this guardian."""
        self._tasks.put(guardian)

    def hear(self, seconds: float) -> list[Told]:
        """Everything told since the last time; waits at most so long for the first."""
        told: list[Told] = []
        with suppress(Empty):
            told.append(self._told.get(timeout=seconds))
            while True:
                told.append(self._told.get_nowait())
        return told

    def abort_after(self, seconds: float) -> None:
        """Break off every mail that has taken longer: a relay may drip its answer for ever."""
        now = time.monotonic()
        for transport, since in zip(self._transports, self._busy_since, strict=True):
            if since is not None and now - since > seconds:
                transport.abort()

    def _work(self, number: int) -> None:
        transport = self._transports[number]
        while (guardian := self._tasks.get()) is not None:
            self._busy_since[number] = time.monotonic()
            done = self._one(guardian, transport)
            self._busy_since[number] = None
            self._told.put(done)
        transport.close()

    def _one(self, guardian: str, transport: Transport) -> Done:
        try:
            mail = self._make(guardian)
        except LichtbriefError as error:
            return Done(guardian, Unwritten(error.message))
        except BaseException as error:
            return Done(guardian, None, error)
        try:
            return Done(guardian, transport.send(mail, lambda: self._ask(guardian, mail)))
        except LichtbriefError:
            return Done(guardian, None)
        except BaseException as error:
            return Done(guardian, None, error)

    def _ask(self, guardian: str, mail: Mail) -> None:
        asked = Asked(guardian, mail.message_id)
        self._told.put(asked)
        asked.answer.result()
