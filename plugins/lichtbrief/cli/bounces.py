"""`lichtbrief bounces`: read what came back, and note what the office says about it."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict

from lichtbrief.cli.common import PUBLISHING, add_common, answer, site_of
from lichtbrief.cli.insisting import add_insisting, insists
from lichtbrief.cli.tables import Row, plural, summary
from lichtbrief.delivery import Kind
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.people import office_roster
from lichtbrief.jobs.ground.surroundings import open_surroundings
from lichtbrief.jobs.ground.turn import Turn, take_turn
from lichtbrief.jobs.mail.bouncing import Reading, give_up, read_bounces, try_again
from lichtbrief.jobs.office.doctor import mailbox_of
from lichtbrief.roster import Roster
from lichtbrief.settings import Settings, read_settings

MEANS = {
    Kind.HARD: "there is no such mailbox",
    Kind.SOFT: "not delivered, three weeks in a row",
    Kind.COMPLAINT: "its reader called it unwanted",
}


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    judging = parser.add_mutually_exclusive_group()
    judging.add_argument(
        "--confirm", metavar="GUARDIAN", help="the address will not do: mail nothing more to it"
    )
    judging.add_argument("--again", metavar="GUARDIAN", help="it will do: mail to it again")
    parser.add_argument("--by", metavar="ID", help="who of the staff says so")
    add_insisting(parser, deleting=False)
    add_common(parser, PUBLISHING, week="")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read the mailbox, or write down what the office says."""
    settings = read_settings(site_of(options))
    roster = office_roster(settings, "reading what came back")
    if (options.confirm or options.again) and not options.by:
        raise LichtbriefError("somebody has to say so", "add --by and the id of who of the staff")
    place = open_surroundings(settings, insists=insists(options))
    with place as surroundings, take_turn(settings, surroundings) as turn:
        if said := _judged(options, turn, roster):
            answer(options, {"said": said}, f"{said}\n")
            return 0
        reading = _read(settings, turn, roster)
    answer(options, _json(reading), summary("Mails that came back", _rows(reading)))
    if reading.waiting:
        sys.stderr.write(
            "hint: telephone (lichtbrief unreached --names), then write the right address into"
            " guardians.csv, or: lichtbrief bounces --confirm GUARDIAN --by ID\n"
        )
    return 0


def _judged(options: argparse.Namespace, turn: Turn, roster: Roster) -> str:
    """Write down what the office says, if it says something, and tell what follows."""
    if options.confirm:
        give_up(turn, roster, options.confirm, options.by)
        return f"{options.confirm} gets no mail until another address is in guardians.csv."
    if options.again:
        changed = try_again(turn, roster, options.again, options.by)
        return f"{options.again} gets mail again." if changed else "Nothing was held against it."
    return ""


def _read(settings: Settings, turn: Turn, roster: Roster) -> Reading:
    mailbox = mailbox_of(settings)
    if mailbox is None:
        hint = "set LICHTBRIEF_MAILBOX to the mailbox that bounces go to"
        raise LichtbriefError("there is no mailbox in the settings", hint)
    return read_bounces(turn, roster, mailbox)


def _rows(reading: Reading) -> Iterator[Row]:
    yield "Read now", len(reading.new), ""
    for one in reading.waiting:
        yield one.guardian, one.kind, f"{one.code} in {one.week}: {MEANS[one.kind]}"
    if reading.left:
        words = f"{plural(reading.left, 'mail')} there are no reports of ours: somebody should look"
        yield "Left in the mailbox", reading.left, words


def _json(reading: Reading) -> dict[str, object]:
    def plain(one: object) -> dict[str, object]:
        return {name: value for name, value in asdict(one).items() if name != "mark"}  # type: ignore[call-overload]  # a dataclass

    return {
        "new": [plain(one) for one in reading.new],
        "waiting": [plain(one) for one in reading.waiting],
        "left": reading.left,
    }
