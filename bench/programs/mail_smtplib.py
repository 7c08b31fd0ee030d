"""`python -m bench.programs.mail_smtplib PORT CERTIFICATE MAILS CONNECTIONS`: by smtplib.

A connection for each mail, as its documentation has it, one after the other; no ledger.
"""

import smtplib
import ssl
import sys
import time

from bench.programs.mail_content import SENDER, address, content


def main(port: int, certificate: str, mails: int) -> float:
    """Seconds for all of them."""
    trusted = ssl.create_default_context(cafile=certificate)
    began = time.perf_counter()
    for number in range(mails):
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.starttls(context=trusted)
            client.sendmail(SENDER, address(number), content(number))
    return time.perf_counter() - began


if __name__ == "__main__":
    print(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
