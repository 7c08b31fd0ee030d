"""A way to the real store that fails on purpose: a proxy on this machine, before the store."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

PATIENCE = 1
"""Seconds that a client in a hurry waits for an answer."""


class Fault(Enum):
    """What becomes of one request."""

    ERROR = auto()
    """500, and the store never hears of it."""
    BUSY = auto()
    """503 SlowDown, and the store never hears of it."""
    DEAF = auto()
    """The connection breaks before the store hears of it."""
    TORN = auto()
    """The store gets half of what is put, and then the connection breaks on both sides."""
    UNHEARD = auto()
    """The store does it, and the connection breaks before its answer."""
    HALF = auto()
    """The store does it, and the connection breaks in the middle of its answer."""
    PRESENT = auto()
    """412, as if somebody else had been first, and the store never hears of it."""
    CONTENDED = auto()
    """409, as from Amazon when two write at once, and the store never hears of it."""
    SLOW = auto()
    """The store does it, and its answer comes when nobody waits for it any more."""
    CHANGED = auto()
    """A bit of what is put arrives as another."""


REPLIES = {
    Fault.ERROR: (500, "InternalError"),
    Fault.BUSY: (503, "SlowDown"),
    Fault.PRESENT: (412, "PreconditionFailed"),
    Fault.CONTENDED: (409, "ConditionalRequestConflict"),
}
PASSING = (Fault.ERROR, Fault.BUSY, Fault.DEAF, Fault.TORN, Fault.UNHEARD, Fault.HALF)
"""What a job has to come through by itself."""

Fate = Callable[[str, str], Fault | None]


@dataclass
class Way:
    """The way to a store; `fate` decides on each request by its method and path."""

    upstream: str
    fate: Fate = lambda _, __: None
    endpoint: str = ""
    requests: list[tuple[str, str]] = field(default_factory=list)

    def once(self, fault: Fault, method: str) -> None:
        """Fail the next request of that method."""
        left = [fault]

        def fate(asked: str, _: str) -> Fault | None:
            return left.pop() if left and asked == method else None

        self.fate = fate

    def often(self, share: float, seed: int) -> None:
        """Fail that share of all requests, in every way that passes."""
        draw = random.Random(seed)

        def fate(_: str, __: str) -> Fault | None:
            return draw.choice(PASSING) if draw.random() < share else None

        self.fate = fate

    def after(self, count: int, fault: Fault) -> None:
        """Fail every request after so many from now."""
        last = len(self.requests) + count

        def fate(_: str, __: str) -> Fault | None:
            return fault if len(self.requests) > last else None

        self.fate = fate


@contextmanager
def faulty(upstream: str) -> Iterator[Way]:
    """A way to the store at `upstream`, which is good until it is told otherwise."""
    way = Way(upstream)

    class Passing(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            way.requests.append((self.command, self.path))
            fault = way.fate(self.command, self.path)
            if fault in REPLIES:
                status, code = REPLIES[fault]
                self.answer(status, {}, f"<Error><Code>{code}</Code></Error>".encode())
            elif fault in (Fault.DEAF, Fault.TORN):
                if fault is Fault.TORN:
                    self.tear(body)
                self.hang_up()
            else:
                self.forward(fault, body)

        do_GET = do_PUT = do_HEAD = do_DELETE = do_POST = do  # noqa: N815 -- http.server looks for these names

        def forward(self, fault: Fault | None, body: bytes) -> None:
            changed = fault is Fault.CHANGED and body
            sent = bytes([body[0] ^ 1, *body[1:]]) if changed else body
            connection = HTTPConnection(urlsplit(upstream).netloc, timeout=60)
            connection.request(self.command, self.path, sent, dict(self.headers))
            reply = connection.getresponse()
            data = reply.read()
            connection.close()
            if fault is Fault.SLOW:
                time.sleep(2 * PATIENCE)
            if fault in (Fault.UNHEARD, Fault.SLOW):
                self.hang_up()
                return
            self.answer(reply.status, dict(reply.getheaders()), data, half=fault is Fault.HALF)

        def tear(self, body: bytes) -> None:
            with closing(HTTPConnection(urlsplit(upstream).netloc, timeout=60)) as connection:
                connection.putrequest(self.command, self.path, skip_host=True)
                for name, value in self.headers.items():
                    connection.putheader(name, value)
                connection.endheaders(body[: len(body) // 2])

        def answer(
            self, status: int, headers: dict[str, str], data: bytes, *, half: bool = False
        ) -> None:
            self.send_response_only(status)
            kept = {k: v for k, v in headers.items() if k.lower() != "transfer-encoding"}
            length = headers.get("Content-Length") if self.command == "HEAD" else None
            for name, value in (kept | {"Content-Length": length or str(len(data))}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data[: len(data) // 2] if half else data)
            if half:
                self.hang_up()

        def hang_up(self) -> None:
            self.wfile.flush()
            self.close_connection = True
            self.connection.shutdown(2)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Passing)
    server.daemon_threads = True
    way.endpoint = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield way
    finally:
        server.shutdown()
        server.server_close()
