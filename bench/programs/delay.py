"""`python -m bench.programs.delay PORT MS`: a way to a port of this machine that takes longer.

Every byte is half of so many milliseconds on its way, in either direction, as over a line to
another country. It prints its own port and ends with its standard input.
"""

import asyncio
import sys
from contextlib import suppress

CHUNK = 65_536


async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, late: float) -> None:
    """Pass on whatever comes, `late` seconds later, until it ends."""
    loop = asyncio.get_running_loop()
    with suppress(ConnectionError):  # whoever hangs up without a word has ended, too
        while data := await reader.read(CHUNK):
            loop.call_later(late, writer.write, data)
    loop.call_later(late, writer.close)


async def serve(port: int, milliseconds: float) -> None:
    """Listen until standard input ends."""
    late = milliseconds / 2000

    async def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", port)
        ways = carry(reader, back, late), carry(there, writer, late)
        # At the end of the program asyncio cancels what is left, and would print that.
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*ways, return_exceptions=True)

    server = await asyncio.start_server(met, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2])))
