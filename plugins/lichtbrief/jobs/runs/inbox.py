"""The inbox: what came in is shown and told to those whom it is for."""

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from contextlib import closing
from email.message import EmailMessage
from email.policy import SMTP

from lichtbrief.delivery import Mail, Sent, Uncertain
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.answers.addressees import addressees, management
from lichtbrief.jobs.answers.carrying_out import post_of
from lichtbrief.jobs.answers.own_keys import OwnKeys
from lichtbrief.jobs.answers.reading import hand_on, words_of
from lichtbrief.jobs.answers.wishing import obstacles_of
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.filing import Cabinet, Filed, Mark
from lichtbrief.jobs.ground.surroundings import open_sender, open_transport
from lichtbrief.replies import Doubt, OwnKey, Wishes, Word
from lichtbrief.roster import Role, Staff, point_of
from lichtbrief.site import theme_of


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


def set_aside(
    decided: Decided, cabinet: Cabinet, staff: Staff, beginning: str, own: OwnKey | None = None
) -> Filed:
    """Set aside as unsuitable what came in for this member of staff.

    Words that only `own` opens are handed on to the management with it. `beginning` is that of
    the reply's id; LichtbriefError when it is not that of one reply, or when the key is missing.
    """
    meant = [
        one
        for one in filed_for(decided, cabinet, staff)
        if one.reply.id.startswith(beginning.lower()) and not one.unsuitable
    ]
    if len(meant) != 1:
        hint = "write the eight signs that lichtbrief inbox --for shows before it"
        raise LichtbriefError("this names no message that came in for you", hint)
    (one,) = meant
    words = words_of(one, staff.id, own)
    if words.readers and own is None:
        hint = "run it where the file of your own key is, or name that with --key"
        raise LichtbriefError("only who opens a sealed message can set it aside", hint)
    own_keys = OwnKeys(cabinet.store, cabinet.ring).in_force(management(decided.roster))
    keys = {id_: point_of(key) for id_, key in own_keys.items()}
    handed = hand_on(one, words, keys, secrets.token_bytes)
    return cabinet.mark(one, Mark.unsuitable, handed)


def _is_for(decided: Decided, filed: Filed, staff: Staff) -> bool:
    """A word to a teacher is for that child's teachers alone (or the management, when there is
    none), and for whom it was sealed, should the child have others now; what else comes in, for the
    office and the director too. What is about a post is also for who wrote it, or holds its talks.
    """
    body = filed.reply.body
    leads = staff.role in (Role.management, Role.office)
    if isinstance(body, Word):
        day = decided.moment.date()
        sealed_for = body.sealed.keys if body.sealed else ()
        return staff.id in sealed_for or staff in addressees(
            decided.roster, day, body.to, body.pupil
        )
    post = post_of(decided, getattr(body, "post", ""))
    if post is None:
        return leads
    return leads or staff.id in (post.author, *(post.offer.teachers if post.offer else ()))


def tell(decided: Decided, cabinet: Cabinet) -> tuple[int, int]:
    """Mail everybody for whom there is a doubt or a word that something has come in, and no more.

    A mail each, however much it is. How much was told of, and how much could not be: the next run
    tries that again.
    """
    waiting = [one for one in cabinet.all() if not one.told and _is_news(decided, one)]
    if not waiting:
        return 0, 0
    try:
        with closing(open_transport(decided.settings)) as transport:
            mails = list(_mails(decided, waiting))
            sent = [transport.send(mail, lambda: None) for mail in mails]
    except LichtbriefError:
        return 0, len(waiting)  # it stands in the inbox
    if not all(isinstance(each, Sent | Uncertain) for each in sent):
        return 0, len(waiting)
    for one in waiting:
        cabinet.mark(one, Mark.told)
    return len(waiting), 0


def _is_news(decided: Decided, filed: Filed) -> bool:
    """Doubts and words, and wishes that somebody has to see to."""
    return isinstance(filed.reply.body, Doubt | Word) or bool(obstacles_of(decided, filed))


def _mails(decided: Decided, waiting: Sequence[Filed]) -> Iterator[Mail]:
    for staff in decided.roster.staff.values():
        own = [one for one in waiting if _is_told(decided, one, staff)]
        if own:
            yield _mail(decided, own, staff)


def _is_told(decided: Decided, filed: Filed, staff: Staff) -> bool:
    """A word is told of to whom it is for; a doubt to who wrote the post, and the management; what
    is left to the office, to the office (or the management, when there is none)."""
    if isinstance(filed.reply.body, Word):
        return _is_for(decided, filed, staff)
    if isinstance(filed.reply.body, Wishes):
        roles = {each.role for each in decided.roster.staff.values()}
        return staff.role is (Role.office if Role.office in roles else Role.management)
    post = post_of(decided, getattr(filed.reply.body, "post", ""))
    return staff.role is Role.management or (post is not None and post.author == staff.id)


def _mail(decided: Decided, own: Sequence[Filed], to: Staff) -> Mail:
    """A mail that names nobody and tells nothing but where to look."""
    settings = decided.settings
    words = theme_of(settings).words(settings.language)
    _ = words.gettext
    sender = open_sender(settings)
    ids = " ".join((to.id, *(one.reply.id for one in own)))
    digest = hashlib.sha256(ids.encode()).hexdigest()[:32]
    message = EmailMessage(SMTP)
    message["From"], message["To"] = sender.address, to.email
    message["Date"] = own[-1].received
    if any(isinstance(one.reply.body, Doubt) for one in own):
        message["Subject"] = _("A parent has a doubt about the newsletter")
        text = _("A parent has a doubt about something in the newsletter. Please look at it today:")
    elif all(isinstance(one.reply.body, Wishes) for one in own):
        message["Subject"] = _("A parent wants to get the newsletter otherwise")
        text = _("A parent wants to get the newsletter otherwise, which the office has to see to:")
    else:
        message["Subject"] = _("A parent has written to you")
        text = _("A parent has written to you in private. This shows you what:")
    message["Message-ID"] = f"<inbox.{digest}@{sender.address.partition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    command = f"lichtbrief inbox --for {to.id}"
    message.set_content(f"{text}\n\n    {command}\n", cte="quoted-printable")
    return Mail(sender.address, to.email, f"inbox.{digest}", message.as_bytes())
