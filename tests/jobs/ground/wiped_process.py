"""Jobs to be killed, each on a machine of its own: run as a program with the settings' file.

For each line with a state folder, how many guardians there are and what becomes of the uncertain, a
job is forked that mails the week from there. Its process id is
printed when it begins, and how it ended when it did: so a job costs no start of Python.
"""

import os
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

from lichtbrief.delivery import SendingRules, SmtpTransport, parse_relay, send_week
from lichtbrief.jobs.ground.surroundings import Insists, Surroundings, open_surroundings
from lichtbrief.jobs.ground.turn import take_turn
from lichtbrief.settings import Settings, read_settings
from lichtbrief.site import load_site
from tests.delivery.children import fork
from tests.delivery.school import WEEK, guardians, ignore, plain_mail

BATCH = 25
CONNECTIONS = 2


def main(file: Path) -> None:
    """Fork a job for each line."""
    settings = read_settings(load_site(file, {}))
    with open_surroundings(settings, insists=Insists(takes_over=True)) as surroundings:
        for line in sys.stdin:
            state, number, uncertain = line.split()
            own = replace(settings, state=Path(state))
            child = fork(partial(job, own, surroundings, int(number), holds=uncertain == "hold"))
            say(child)
            say(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def say(number: int) -> None:
    """Tell whoever started us."""
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def job(settings: Settings, surroundings: Surroundings, number: int, *, holds: bool) -> None:
    """Mail whoever is due, as the weekly job does."""
    relay = parse_relay(settings.mail or "")
    with take_turn(settings, surroundings) as turn:
        turn.ledger.freeze(WEEK, guardians(number))
        transports = [SmtpTransport(relay) for _ in range(CONNECTIONS)]
        rules = SendingRules(batch=BATCH, holds=holds)
        done = send_week(turn.ledger, WEEK, plain_mail, transports, ignore, turn.keep, rules)
    if done.stopped is not None:
        raise done.stopped


if __name__ == "__main__":
    main(Path(sys.argv[1]))
