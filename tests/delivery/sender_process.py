"""A job that sends one week, to be killed: `python -m tests.delivery.sender_process FILE RELAY`."""

import sys
from pathlib import Path

from lichtbrief.delivery import Ledger, SmtpTransport, parse_relay, send_week
from tests.delivery.school import WEEK, guardians, ignore, plain_mail

NUMBER = 200


def main(path: Path, address: str) -> None:
    """Send to everybody who is due."""
    with Ledger(path) as ledger:
        ledger.freeze(WEEK, guardians(NUMBER))
        send_week(ledger, WEEK, plain_mail, [SmtpTransport(parse_relay(address))], ignore)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
