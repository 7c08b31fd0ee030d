"""`python -m bench.programs.mail_aiosmtplib PORT CERTIFICATE MAILS CONNECTIONS`: by aiosmtplib.

Connections are reused, a task for each; no ledger.
"""

import asyncio
import ssl
import sys
import time

import aiosmtplib

from bench.programs.mail_content import SENDER, address, content


async def main(port: int, certificate: str, mails: int, connections: int) -> float:
    """Seconds for all of them, from the first connection to the last."""
    trusted = ssl.create_default_context(cafile=certificate)
    numbers = iter(range(mails))

    async def send() -> None:
        client = aiosmtplib.SMTP(
            hostname="127.0.0.1", port=port, start_tls=True, tls_context=trusted
        )
        async with client:
            for number in numbers:
                await client.sendmail(SENDER, address(number), content(number))

    began = time.perf_counter()
    await asyncio.gather(*(send() for _ in range(connections)))
    return time.perf_counter() - began


if __name__ == "__main__":
    print(asyncio.run(main(int(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:]))))
