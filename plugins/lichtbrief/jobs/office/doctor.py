"""Trying everything that the settings name: the store, its signer, the relay, a mail to oneself."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime, timedelta

from lichtbrief.delivery import (
    MAILDIR,
    SES,
    Mailbox,
    Security,
    open_mailbox,
    parse_mailbox,
    parse_relay,
)
from lichtbrief.delivery.canary import WHAT as CANARY
from lichtbrief.errors import LichtbriefError
from lichtbrief.findings import Finding, Verdict, failed, good, tried, warning
from lichtbrief.jobs.ground.surroundings import (
    STORE,
    Surroundings,
    open_sender,
    open_transport,
    signer_of,
    utc_now,
)
from lichtbrief.jobs.office.canary import Canary, click_on, look_for, send_canary, write_canary
from lichtbrief.settings import Settings
from lichtbrief.site import theme_of
from lichtbrief.storage import (
    AnswerProbe,
    Letterlike,
    LocalStore,
    PostSigner,
    S3Store,
    Signer,
    StoreProbe,
    open_post_signer,
    open_store,
)

MAILBOX_PASSWORD = "LICHTBRIEF_MAILBOX_PASSWORD"  # noqa: S105 -- the name of the variable
EXAMPLE = ".example"  # RFC 2606: nobody's
SignerAt = Callable[[Callable[[], datetime]], Signer]


@dataclass(frozen=True, slots=True)
class Doctor:
    """One examination; `to` gets the canary where no mailbox is set, or nobody does."""

    settings: Settings
    to: str | None = None
    now: Callable[[], datetime] = utc_now

    def findings(self) -> Iterator[Finding]:
        """Every check in order: first the store, then the mail."""
        with ExitStack() as stack:
            try:
                store, signer_at, make_poster = self._open(stack)
            except LichtbriefError as error:
                yield failed("Store", error.message, error.hint)
                yield from self._mail(None)
                return
            lasting = timedelta(days=self.settings.link_days)
            found = list[Finding]()
            for finding in StoreProbe(store, signer_at, self.now, lasting).findings():
                found.append(finding)
                yield finding
            good_store = all(each.verdict is not Verdict.FAILED for each in found)
            if good_store and self.settings.answerable:
                yield from self._answers(store, make_poster)
            yield from self._mail((store, signer_at) if good_store else None)

    def _answers(self, store: S3Store, make_poster: Callable[[], PostSigner]) -> Iterator[Finding]:
        try:
            poster = make_poster()
        except LichtbriefError as error:
            yield failed("Answering", error.message, error.hint)
        else:
            by_form = self.settings.replies == "post"
            yield from AnswerProbe(store, Letterlike(poster, self.now, by_form)).findings()

    def _open(self, stack: ExitStack) -> tuple[S3Store, SignerAt, Callable[[], PostSigner]]:
        settings = self.settings
        if settings.store == "local":
            server = stack.enter_context(LocalStore(settings.state / STORE, keep=True))
            return server.store(), server.signer, server.post_signer
        store = open_store(settings.store, settings.endpoint, settings.region)

        def signer_at(now: Callable[[], datetime]) -> Signer:
            return signer_of(settings, store, now)

        return store, signer_at, lambda: open_post_signer(store, os.environ)

    def _mail(self, opened: tuple[S3Store, SignerAt] | None) -> Iterator[Finding]:
        sender = tried("Sender", self._sender)
        relay = tried("Mail relay", self._relay)
        yield from (sender, relay, self._office())
        if Verdict.FAILED in (sender.verdict, relay.verdict):
            return
        if opened is None:
            todo = "mend the store first: its link would not open"
            yield warning(CANARY, "was not sent", todo)
        else:
            yield tried(CANARY, lambda: self._canary(*opened))

    def _sender(self) -> Finding:
        sender = open_sender(self.settings)
        if sender.address.endswith(EXAMPLE):
            todo = "set LICHTBRIEF_MAIL_FROM to an address of the school's"
            return warning("Sender", "mails come from an invented address", todo)
        return good("Sender", "the school's name and addresses can stand in a mail")

    def _relay(self) -> Finding:
        open_transport(self.settings).check()
        address = self.settings.mail or ""
        if address.startswith(MAILDIR):
            todo = "set LICHTBRIEF_MAIL to a relay when the school begins"
            return warning("Mail relay", "mails go into a folder, and to nobody", todo)
        if address.startswith(SES):
            return good("Mail relay", "Amazon SES takes mails for everybody, and tracks nothing")
        relay = parse_relay(address)
        if relay.security is Security.LOOPBACK:
            return good("Mail relay", "answers, on this machine")
        way = "STARTTLS" if relay.security is Security.STARTTLS else "TLS"
        login = " and the login" if relay.user is not None else ""
        return good("Mail relay", f"answers; {way}, its certificate{login} are good")

    def _office(self) -> Finding:
        if self.settings.office:
            return good("Office", "hears of a failed run by mail")
        todo = "set LICHTBRIEF_OFFICE to an address that somebody reads"
        return warning("Office", "nobody is told by mail when a run fails", todo)

    def _canary(self, store: S3Store, signer_at: SignerAt) -> Finding:
        mailbox = mailbox_of(self.settings)
        sender = open_sender(self.settings)
        to = self.to or ((sender.bounces or sender.address) if mailbox else self.settings.office)
        if not to:
            todo = "set LICHTBRIEF_MAILBOX, or say who will click: --to ADDRESS"
            return warning(CANARY, "was not sent: nobody would read it", todo)
        surroundings = Surroundings(store, signer_at(self.now), self.now)
        canary = write_canary(self.settings, theme_of(self.settings), surroundings, sender, to)
        finding = self._sent(canary)
        if finding is None:
            finding = look_for(mailbox, canary) if mailbox and not self.to else click_on(canary)
        if finding.verdict is not Verdict.WARNING:
            store.delete(canary.name)
        return finding

    def _sent(self, canary: Canary) -> Finding | None:
        with closing(open_transport(self.settings)) as transport:
            return send_canary(transport, canary)


def mailbox_of(settings: Settings) -> Mailbox | None:
    """The mailbox that the settings name, with its password from the environment."""
    if settings.mailbox is None:
        return None
    return open_mailbox(parse_mailbox(settings.mailbox), os.environ.get(MAILBOX_PASSWORD))
