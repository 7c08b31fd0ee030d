"""`python -m bench.programs.mail_ours PORT CERTIFICATE MAILS CONNECTIONS FOLDER`: `send_week`."""

import ssl
import sys
import time
from pathlib import Path

from bench.programs.mail_content import SENDER, address, content
from lichtbrief.delivery import Ledger, Mail, Relay, Security, SmtpTransport, State, send_week
from lichtbrief.editions import Week

WEEK = Week(2026, 47)


def make(guardian: str) -> Mail:
    """The mail of `g00047`."""
    number = int(guardian[1:])
    return Mail(SENDER, address(number), f"2026-W47.{number:026}", content(number))


def main(port: int, certificate: str, mails: int, connections: int, folder: Path) -> float:
    """Seconds, from the first connection to the last; the ledger is on the disk in `folder`."""
    trusted = ssl.create_default_context(cafile=certificate)
    relay = Relay("127.0.0.1", port, Security.STARTTLS)
    with Ledger(folder / "ledger.sqlite3") as ledger:
        ledger.freeze(WEEK, [f"g{number:05}" for number in range(mails)])
        transports = [SmtpTransport(relay, context=trusted) for _ in range(connections)]
        began = time.perf_counter()
        done = send_week(ledger, WEEK, make, transports, lambda _: None)
        seconds = time.perf_counter() - began
    if done.counts[State.SENT] != mails:
        raise RuntimeError(f"not all were sent: {dict(done.counts)}")
    return seconds


if __name__ == "__main__":
    port, certificate, mails, connections, folder = sys.argv[1:]
    print(main(int(port), certificate, int(mails), int(connections), Path(folder)))
