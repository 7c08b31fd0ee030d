"""A relay that takes every mail as fast as Python can: `python -m bench.programs.relay CERT KEY`.

It prints its port and ends with its standard input. With PIPELINING and STARTTLS; what it was
given it forgets, but for the callbacks, by which tests look into it.
"""

import asyncio
import ssl
import sys
from collections.abc import Callable
from typing import cast

ENOUGH = b"\r\n.\r\n"


def forget(_: str, __: str) -> None:
    """Nobody looks."""


class QuickRelay(asyncio.Protocol):
    """One conversation; `heard` is told each step (`rcpt`, `data`, `dot`) and the recipient.

    `dot` is told when the whole mail is there and nothing was answered yet.
    """

    def __init__(
        self, heard: Callable[[str, str], None] = forget, tls: ssl.SSLContext | None = None
    ) -> None:
        self._heard, self._tls = heard, tls
        self._buffer = bytearray()
        self._looked = 0
        self._recipient = ""
        self._in_mail = self._greeted = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet; after STARTTLS it is the client's turn."""
        self._transport = cast(asyncio.Transport, transport)
        if not self._greeted:
            self._greeted = True
            self._say("220 relay ready")

    def data_received(self, data: bytes) -> None:
        """Obey every whole command, and take every whole mail."""
        self._buffer += data
        # While TLS is made there is nothing to answer on; what came early waits.
        while self._transport and (self._take_mail() if self._in_mail else self._take_command()):
            pass

    def _take_mail(self) -> bool:
        end = self._buffer.find(ENOUGH, max(0, self._looked - len(ENOUGH)))
        self._looked = len(self._buffer)
        if end < 0:
            return False
        del self._buffer[: end + len(ENOUGH)]
        self._in_mail, self._looked = False, 0
        self._heard("dot", self._recipient)
        self._say("250 kept")
        return True

    def _take_command(self) -> bool:
        line, found, _ = self._buffer.partition(b"\r\n")
        if not found:
            return False
        del self._buffer[: len(line) + 2]
        self._obey(line.decode("ascii"))
        return True

    def _obey(self, line: str) -> None:
        verb = line[:4].upper()
        if verb == "EHLO":
            offers = ["relay", "PIPELINING", "STARTTLS"] if self._tls else ["relay", "PIPELINING"]
            self._say("\r\n".join([*(f"250-{each}" for each in offers), "250 8BITMIME"]))
        elif verb == "STAR" and self._tls and self._transport:
            self._say("220 go ahead")
            transport, self._transport = self._transport, None
            self._upgrading = asyncio.ensure_future(self._upgrade(transport, self._tls))
        elif verb == "RCPT":
            self._recipient = line.partition("<")[2].partition(">")[0]
            self._heard("rcpt", self._recipient)
            self._say("250 ok")
        elif verb == "DATA":
            self._heard("data", self._recipient)
            self._in_mail = True
            self._say("354 go on")
        elif verb == "QUIT" and self._transport:
            self._say("221 bye")
            self._transport.close()
        else:
            self._say("250 ok")

    async def _upgrade(self, transport: asyncio.Transport, tls: ssl.SSLContext) -> None:
        loop = asyncio.get_running_loop()
        upgraded = await loop.start_tls(transport, self, tls, server_side=True)
        if upgraded is not None:
            self.connection_made(upgraded)
            self.data_received(b"")

    def _say(self, words: str) -> None:
        if self._transport is not None:
            self._transport.write(f"{words}\r\n".encode())


async def serve(certificate: str, key: str) -> None:
    """Listen until standard input ends."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: QuickRelay(tls=tls), "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
