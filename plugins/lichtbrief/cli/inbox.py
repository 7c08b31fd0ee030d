"""`lichtbrief inbox`: take in and carry out what parents answered, or show it to who it is for."""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from lichtbrief.cli.common import answer, site_of
from lichtbrief.cli.emptied import emptied_json, emptied_text
from lichtbrief.cli.own_key import add_key
from lichtbrief.cli.own_words import KeyAtHand, closed_text
from lichtbrief.cli.renewing import add_renewing, opened_week
from lichtbrief.editions import Post
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.answers.carrying_out import post_of
from lichtbrief.jobs.answers.desk import answered_desk
from lichtbrief.jobs.answers.reading import Closed, Words, words_of
from lichtbrief.jobs.answers.wishing import obstacles_of
from lichtbrief.jobs.decide.deciding import Decided, read_and_decide
from lichtbrief.jobs.ground.filing import Cabinet, Filed
from lichtbrief.jobs.ground.finding import must_be_staff
from lichtbrief.jobs.runs.emptying import empty
from lichtbrief.jobs.runs.inbox import filed_for, set_aside
from lichtbrief.replies import Coming, Doubt, Preferences, Times, Wishes, Word, kind_of
from lichtbrief.roster import Staff
from lichtbrief.settings import read_settings
from lichtbrief.site import post_reader


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument(
        "--for", dest="staff", metavar="ID", help="show what came in for this member of staff"
    )
    parser.add_argument(
        "--unsuitable",
        metavar="CODE",
        help="with --for: set a message aside as unsuitable; the management reads it then",
    )
    add_key(parser)
    add_renewing(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Take in what lies in the store, or show what was filed, or set one of it aside."""
    if options.unsuitable and not options.staff:
        hint = "write --for and your own id, as in staff.csv"
        raise LichtbriefError("--unsuitable needs --for", hint)
    return show(options) if options.staff else take_in(options)


def take_in(options: argparse.Namespace) -> int:
    """Fetch, file, carry out."""
    with opened_week(options) as (week, turn):
        emptied = empty(week, turn)
    answer(options, emptied_json(emptied), emptied_text(emptied))
    return 1 if emptied.untold else 0


def show(options: argparse.Namespace) -> int:
    """What is filed for one member of staff, newest last."""
    site = site_of(options)
    settings = read_settings(site)
    decided = read_and_decide(settings, post_reader(site))
    must_be_staff(decided.roster, options.staff)
    staff = decided.roster.staff[options.staff]
    at_hand = KeyAtHand.of(staff, options.key)
    with answered_desk(settings) as desk:
        found = _found(decided, desk.cabinet, staff)
        own = at_hand.own() if any(_waits(staff, *each) for each in found) else None
        if options.unsuitable:
            set_aside(decided, desk.cabinet, staff, options.unsuitable, own)
            found = _found(decided, desk.cabinet, staff)
    shown = [(one, words_of(one, staff.id, own, handed)) for one, handed in found]
    value = {"replies": [_reply_json(decided, *each) for each in shown]}
    text = "\n".join(reply_text(decided, *each) for each in shown)
    notes = "".join(f"\n{line}\n" for line in at_hand.notes([words for _, words in shown]))
    answer(options, value, (text or f"Nothing has come in for {options.staff}.\n") + notes)
    return 0


def _found(
    decided: Decided, cabinet: Cabinet, staff: Staff
) -> Sequence[tuple[Filed, bytes | None]]:
    """What is for somebody, and what went with its being set aside."""
    return [(one, cabinet.handed(one)) for one in filed_for(decided, cabinet, staff)]


def _waits(staff: Staff, filed: Filed, handed: bytes | None) -> bool:
    """Whether it takes somebody's own key to read it."""
    return words_of(filed, staff.id, handed=handed).closed is Closed.waits


def _reply_json(decided: Decided, filed: Filed, words: Words) -> Mapping[str, object]:
    about = dict(_about(decided, filed))
    body = filed.reply.body
    return {
        "code": filed.reply.id[:8],
        "kind": kind_of(body),
        "at": _local(decided, filed.said).isoformat(),
        "guardian": filed.guardian,
        "about": about,
        "words": words.text,
        "sealed_for": words.readers,
        "closed": words.closed and words.closed.name,
        "unsuitable": filed.unsuitable,
    }


def reply_text(decided: Decided, filed: Filed, words: Words) -> str:
    """A heading of who and when, then each thing on a line, then the words as they were written."""
    guardian = decided.roster.guardians.get(filed.guardian)
    name = f"{guardian.name} ({filed.guardian})" if guardian else filed.guardian
    lines = [f"{filed.reply.id[:8]}  {_local(decided, filed.said):%Y-%m-%d %H:%M}  {name}"]
    lines += ["  set aside as unsuitable"] if filed.unsuitable else []
    lines += [f"  {what}: {value}" for what, value in _about(decided, filed)]
    lines += [f"  sealed: {closed_text(words, decided.roster.staff)}"] if words.closed else []
    lines += [f"  | {line}" for line in words.text.split("\n")] if words.text else []
    return "\n".join(lines) + "\n"


def _about(decided: Decided, filed: Filed) -> Iterable[tuple[str, str]]:
    body = filed.reply.body
    if isinstance(body, Doubt):
        yield "a doubt about", _post(post_of(decided, body.post), body.post)
        if body.photo:
            yield "the photo", body.photo
    elif isinstance(body, Word):
        yield f"to the {body.to}, about", body.pupil
    elif isinstance(body, Coming):
        yield "invitation", _post(post_of(decided, body.post), body.post)
        people = "1 person" if body.people == 1 else f"{body.people} people"
        yield "coming", people if body.people else "nobody"
    elif isinstance(body, Times):
        yield "talks", _post(post_of(decided, body.post), body.post)
        yield (
            "can come",
            ", ".join(f"{at:%Y-%m-%d %H:%M}" for at in body.times) or "at none of them",
        )
        yield "with the other parent", "yes" if body.together else "no, a talk of their own"
        if body.times:
            yield "another time", "is fine too" if body.elsewhere else "is not: call them"
    elif isinstance(body, Preferences):
        for (audience, kind), said in body.answers.items():
            yield f"{body.pupil}, {kind} for {audience}", str(said)
    elif isinstance(body, Wishes):
        yield "wants the letter", f"{body.delivery}, in {body.language}"
        yield from (("see to it", obstacle) for obstacle in obstacles_of(decided, filed))
        row = decided.roster.guardians.get(filed.guardian)
        if row and (row.delivery, row.language) != (body.delivery, body.language):
            yield "in guardians.csv now", f"{row.delivery}, in {row.language}"


def _post(post: Post | None, code: str) -> str:
    return f"{post.id} ({post.title})" if post else f"a post that is not there any more ({code})"


def _local(decided: Decided, moment: datetime) -> datetime:
    return moment.astimezone(decided.settings.zone)
