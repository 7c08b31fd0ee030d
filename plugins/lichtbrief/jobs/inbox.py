"""The inbox: what came in is taken in, carried out, and told to those who should know."""

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

from lichtbrief.delivery import Mail, Sent, Uncertain
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.answering import rights_of
from lichtbrief.jobs.carrying_out import CarriedOut, carry_out, post_of
from lichtbrief.jobs.deciding import Decided, read_and_decide
from lichtbrief.jobs.filing import Cabinet, Filed
from lichtbrief.jobs.keys import any_ring
from lichtbrief.jobs.receiving import Received, Receiver, letterboxes
from lichtbrief.jobs.renewing import renew
from lichtbrief.jobs.surroundings import open_sender, open_transport
from lichtbrief.jobs.turn import Turn
from lichtbrief.jobs.weekly import Week
from lichtbrief.replies import Doubt, To, Word
from lichtbrief.roster import Role, Staff, holds
from lichtbrief.site import post_reader, theme_of


@dataclass(frozen=True, slots=True)
class Emptied:
    """What one run did: what came in, what followed, and how many mails went to the staff."""

    received: Received
    carried_out: CarriedOut
    told: int
    untold: int


def empty(week: Week, turn: Turn) -> Emptied:
    """Take in everything that lies in the store, and hide at once what must not be seen any more.

    Raises `LichtbriefError`; what could not be carried out then waits for the next run.
    Whatever it was doing when it was killed, the next run ends.
    """
    settings = week.settings
    if not settings.answerable:
        hint = "set LICHTBRIEF_REPLIES to post, and run lichtbrief weekly, whose letters carry it"
        raise LichtbriefError("replies are not switched on", hint)
    ring = any_ring(settings)
    cabinet = Cabinet.of(settings.state, ring)
    decided = read_and_decide(settings, post_reader(week.site))
    now = moment_of(decided) if settings.moment else week.surroundings.now()
    boxes = letterboxes(decided, ring, now)
    receiver = Receiver(week.surroundings.store, cabinet, boxes, rights_of(decided), now)
    received = receiver.run()
    waiting = [one for one in cabinet.all() if not one.done]
    done = carry_out(decided, waiting)
    if done.renews:
        renew(week, turn)
    for one in waiting:
        cabinet.carried_out(one)
    told, untold = tell_of_doubts(decided, cabinet)
    return Emptied(received, done, told, untold)


def moment_of(decided: Decided) -> datetime:
    """The moment of a trial, aware."""
    return decided.moment.replace(tzinfo=decided.settings.zone).astimezone(UTC)


def filed_for(decided: Decided, cabinet: Cabinet, staff: Staff) -> list[Filed]:
    """What is for this member of staff: of words only those that are for them.

    What a teacher has set aside as unsuitable is then the management's to judge, and no longer
    the teacher's to read.
    """
    return [
        one
        for one in cabinet.all()
        if (staff.role is Role.management if one.unsuitable else _is_for(decided, one, staff))
    ]


def set_aside(decided: Decided, cabinet: Cabinet, staff: Staff, beginning: str) -> Filed:
    """Set aside as unsuitable what came in for this member of staff.

    `beginning` is that of the reply's id; LichtbriefError when it is not that of one reply.
    """
    meant = [
        one
        for one in filed_for(decided, cabinet, staff)
        if one.reply.id.startswith(beginning.lower()) and not one.unsuitable
    ]
    if len(meant) != 1:
        hint = "write the eight signs that lichtbrief inbox --for shows before it"
        raise LichtbriefError("this names no message that came in for you", hint)
    noted = replace(meant[0], unsuitable=True)
    cabinet.file(noted)
    return noted


def _is_for(decided: Decided, filed: Filed, staff: Staff) -> bool:
    """A word to a teacher is for that child's teachers alone; what else comes in, for the office
    and the director too. A doubt is also for who wrote the post."""
    body = filed.reply.body
    leads = staff.role in (Role.management, Role.office)
    if isinstance(body, Word):
        if body.to is To.director:
            return staff.role is Role.management
        return staff.role is Role.teacher and not staff.groups.isdisjoint(
            _groups(decided, body.pupil)
        )
    post = post_of(decided, getattr(body, "post", ""))
    return leads or (post is not None and post.author == staff.id)


def _groups(decided: Decided, pupil: str) -> set[str]:
    day = decided.moment.date()
    rows = decided.roster.memberships
    return {row.group for row in rows if row.pupil == pupil and holds(row, day)}


def tell_of_doubts(decided: Decided, cabinet: Cabinet) -> tuple[int, int]:
    """Mail who wrote the posts, and the management, that there are doubts, and no more than that.

    A mail each, however many doubts there are. How many were told of, and how many could not be:
    the next run tries these again.
    """
    doubts = [one for one in cabinet.all() if isinstance(one.reply.body, Doubt) and not one.told]
    if not doubts:
        return 0, 0
    try:
        with closing(open_transport(decided.settings)) as transport:
            mails = [_mail(decided, doubts, one) for one in _concerned(decided, doubts)]
            sent = [transport.send(mail, lambda: None) for mail in mails]
    except LichtbriefError:
        return 0, len(doubts)  # they stand in the inbox
    if not all(isinstance(each, Sent | Uncertain) for each in sent):
        return 0, len(doubts)
    for one in doubts:
        cabinet.file(replace(one, done=True, told=True))
    return len(doubts), 0


def _concerned(decided: Decided, doubts: Iterable[Filed]) -> list[Staff]:
    posts = [post_of(decided, getattr(one.reply.body, "post", "")) for one in doubts]
    authors = {post.author for post in posts if post}
    staff = decided.roster.staff.values()
    return [one for one in staff if one.role is Role.management or one.id in authors]


def _mail(decided: Decided, doubts: Sequence[Filed], to: Staff) -> Mail:
    """A mail that names nobody and tells nothing but where to look."""
    settings = decided.settings
    words = theme_of(settings).words(settings.language)
    _ = words.gettext
    sender = open_sender(settings)
    ids = " ".join((to.id, *(one.reply.id for one in doubts)))
    digest = hashlib.sha256(ids.encode()).hexdigest()[:32]
    message = EmailMessage(SMTP)
    message["From"], message["To"] = sender.address, to.email
    message["Date"] = doubts[-1].received
    message["Subject"] = _("A parent has a doubt about the newsletter")
    message["Message-ID"] = f"<doubt.{digest}@{sender.address.partition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    command = f"lichtbrief inbox --for {to.id}"
    text = _("A parent has a doubt about something in the newsletter. Please look at it today:")
    message.set_content(f"{text}\n\n    {command}\n", cte="quoted-printable")
    return Mail(sender.address, to.email, f"doubt.{digest}", message.as_bytes())
