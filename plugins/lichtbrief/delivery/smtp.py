"""One reused connection to the mail relay: opened, secured, logged in, and opened again if needed.

Every error of smtplib's is an OSError, so that is what is caught here.
"""

import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from types import TracebackType
from typing import Any, Self

from lichtbrief.delivery.handing import Reply, hand_over, is_good, offer
from lichtbrief.delivery.mail import Mail
from lichtbrief.delivery.outcomes import Later, Lost, Outcome, Refused, Sent
from lichtbrief.delivery.relay import Relay, Security
from lichtbrief.delivery.troubles import explain
from lichtbrief.errors import LichtbriefError

# An address literal says nothing about this machine and needs no name server (RFC 5321 4.1.3).
OWN_NAME = "[127.0.0.1]"


@cache
def trusted_by_system() -> ssl.SSLContext:
    """Whom this machine trusts: read once, for it takes longer than a mail."""
    return ssl.create_default_context()


class _Plain(smtplib.SMTP):
    """Tells who it is before it connects: smtplib waits for the greeting in `__init__`."""

    def __init__(self, tell: Callable[[smtplib.SMTP], None], *given: Any, **named: Any) -> None:  # noqa: ANN401 -- smtplib's own
        tell(self)
        super().__init__(*given, **named)


class _Secure(smtplib.SMTP_SSL):
    """The same over TLS."""

    def __init__(self, tell: Callable[[smtplib.SMTP], None], *given: Any, **named: Any) -> None:  # noqa: ANN401 -- smtplib's own
        tell(self)
        super().__init__(*given, **named)


class SmtpTransport:
    """One conversation with a relay, opened at the first mail and reused for the next.

    `password` is asked for when the relay has a user; `context` says which certificates are
    trusted (default: the system's); `timeout` is in seconds, for every step but the last.
    """

    def __init__(
        self,
        relay: Relay,
        password: str | None = None,
        context: ssl.SSLContext | None = None,
        timeout: float = 30.0,
    ) -> None:
        if relay.user is not None and not (password and password.isascii()):
            raise LichtbriefError(
                "the mail relay's password is missing, or not in plain letters",
                "set LICHTBRIEF_MAIL_PASSWORD",
            )
        self._relay = relay
        self._password = password or ""
        self._given_context = context
        self._timeout = timeout
        self._client: smtplib.SMTP | None = None
        self._newest: smtplib.SMTP | None = None  # one that waits for its greeting, too

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        # After an error the relay may be in the middle of a mail, where QUIT would be text.
        self.close() if error is None else self._drop()

    def check(self) -> None:
        """Connect, secure the connection, log in and leave; raises LichtbriefError if it cannot."""
        self._drop()
        try:
            self._client = self._connect()
        except OSError as error:
            raise explain(error) from error
        self.close()

    def close(self) -> None:
        """Leave politely; what goes wrong now changes nothing for the mails."""
        client, self._client = self._client, None
        if client is not None:
            try:
                client.quit()
            except OSError:
                client.close()

    def send(self, mail: Mail, before_data: Callable[[], None]) -> Outcome:
        """Hand over one mail; `before_data` is called when the next word is DATA.

        Never raises for what the relay or the network does; passes on what `before_data` raises.
        """
        try:
            client, accepted = self._begin(mail)
            outcome = hand_over(client, mail, accepted, before_data)
            if not isinstance(outcome, Sent):
                self._reset(client, outcome)
        except OSError as error:
            self._drop()
            return Lost(explain(error).message)
        except BaseException:
            self._drop()  # the relay waits for DATA that must not come
            raise
        return outcome

    def abort(self) -> None:
        """Break off what another thread is sending: it finds the connection closed."""
        client = self._newest
        if client is not None and client.sock is not None:
            with suppress(OSError):
                # Not the TLS socket's own, which would take the session from under that thread.
                socket.socket.shutdown(client.sock, socket.SHUT_RDWR)

    def _begin(self, mail: Mail) -> tuple[smtplib.SMTP, Reply]:
        """A client that has accepted MAIL, and its answer to RCPT.

        Relays hang up between mails, so once more if needed.
        """
        if self._client is not None:
            try:
                said, accepted = offer(self._client, mail)
                if is_good(said[0]):
                    return self._client, accepted
            except OSError:
                pass  # the new connection below tells what is the matter
            self._drop()
        self._client = client = self._connect()
        said, accepted = offer(client, mail)
        if not is_good(said[0]):
            raise smtplib.SMTPSenderRefused(*said, mail.sender)
        return client, accepted

    def _connect(self) -> smtplib.SMTP:
        """A client that is connected, secured and logged in."""
        client = self._dial()
        try:
            if client.sock is not None:
                # smtplib leaves Nagle's algorithm on: each mail would wait for a delayed ACK.
                client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            client.ehlo_or_helo_if_needed()
            if self._relay.security is Security.STARTTLS:
                client.starttls(context=self._context)
                client.ehlo_or_helo_if_needed()
            if self._relay.user is not None:
                self._log_in(client, self._relay.user)
        except BaseException:
            client.close()
            raise
        return client

    def _dial(self) -> smtplib.SMTP:
        host, port = self._relay.host, self._relay.port
        if self._relay.security is Security.TLS:
            return _Secure(
                self._know, host, port, OWN_NAME, timeout=self._timeout, context=self._context
            )
        return _Plain(self._know, host, port, OWN_NAME, timeout=self._timeout)

    @property
    def _context(self) -> ssl.SSLContext:
        return self._given_context or trusted_by_system()

    def _know(self, client: smtplib.SMTP) -> None:
        self._newest = client

    def _log_in(self, client: smtplib.SMTP, user: str) -> None:
        try:
            client.login(user, self._password)
        except ValueError as error:  # a challenge that is not base64
            raise smtplib.SMTPException from error

    def _reset(self, client: smtplib.SMTP, outcome: Outcome) -> None:
        """Make the connection ready for the next mail, or give it up."""
        try:
            if isinstance(outcome, Refused | Later) and is_good(client.rset()[0]):
                return
        except OSError:
            pass  # giving it up is all there is to do
        self._drop()

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()
