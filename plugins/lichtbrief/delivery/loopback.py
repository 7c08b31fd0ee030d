"""A server on a free port of this machine, in a thread that ends with the process."""

import asyncio
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LOOPBACK = "127.0.0.1"


@contextmanager
def listening(
    connected: Callable[[], asyncio.BaseProtocol], tls: ssl.SSLContext | None = None
) -> Iterator[int]:
    """The port at which each connection gets a protocol from `connected`; gone afterwards."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        starting = loop.create_server(connected, LOOPBACK, 0, ssl=tls)
        server = asyncio.run_coroutine_threadsafe(starting, loop).result()
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            asyncio.run_coroutine_threadsafe(_end(server), loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(server: asyncio.Server) -> None:
    """Stop listening, and leave no conversation behind that the loop would complain about."""
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
