"""Jobs to be killed, each on a machine of its own.

Run as a program with the settings' file and the address of a stand-in for Amazon SES. For each line
with a state folder, how many guardians there are and what becomes of the uncertain, a job is forked
that mails the week from there, by SMTP and by SES at once. Its process id is printed when it
begins, and how it ended when it did: so a job costs no start of Python.
"""

import os
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

from lichtbrief.delivery import SendingRules, SmtpTransport, Transport, parse_relay, send_week
from lichtbrief.delivery.ses import SesTransport
from lichtbrief.jobs.ground.surroundings import Insists, Surroundings, open_surroundings
from lichtbrief.jobs.ground.turn import take_turn
from lichtbrief.settings import Settings, read_settings
from lichtbrief.site import load_site
from tests.delivery.children import fork
from tests.delivery.school import WEEK, guardians, ignore, plain_mail
from tests.delivery.services import client_of

BATCH = 25


def main(file: Path, service: str) -> None:
    """Fork a job for each line."""
    by_ses = SesTransport(client_of(service), "set")
    settings = read_settings(load_site(file, {}))
    with open_surroundings(settings, insists=Insists(takes_over=True)) as surroundings:
        for line in sys.stdin:
            state, number, uncertain = line.split()
            own = replace(settings, state=Path(state))
            child = fork(partial(job, own, surroundings, by_ses, int(number), uncertain == "hold"))
            say(child)
            say(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def say(number: int) -> None:
    """Tell whoever started us."""
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def job(
    settings: Settings, surroundings: Surroundings, by_ses: Transport, number: int, holds: bool
) -> None:
    """Mail whoever is due, as the weekly job does."""
    by_smtp = SmtpTransport(parse_relay(settings.mail or ""))
    with take_turn(settings, surroundings) as turn:
        turn.ledger.freeze(WEEK, guardians(number))
        rules = SendingRules(batch=BATCH, holds=holds)
        done = send_week(turn.ledger, WEEK, plain_mail, [by_smtp, by_ses], ignore, turn.keep, rules)
    if done.stopped is not None:
        raise done.stopped


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
