"""A real mail relay on this machine that behaves as badly as a test tells it to."""

import asyncio
import datetime
import ipaddress
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lichtbrief.delivery import Relay, Security
from lichtbrief.delivery.loopback import LOOPBACK, listening

HANG_UP = "hang up"
Answer = Callable[[str], str | None]


def agree(_: str) -> str | None:
    """The manners of a good relay."""
    return None


@dataclass
class Manners:
    """What the relay answers instead of yes at each step; None is yes, HANG_UP breaks off.

    `mail` and `rcpt` are asked with the address, `data` and `dot` with the recipient. With
    `pipelining` it says that it hears several commands at once (RFC 2920).
    """

    mail: Answer = agree
    rcpt: Answer = agree
    data: Answer = agree
    dot: Answer = agree
    pipelining: bool = False
    connections: int = 0
    mails: list[tuple[str, bytes]] = field(default_factory=list)

    @classmethod
    def at(cls, step: str, answer: Answer) -> Self:
        """Good manners but for one step, by its name."""
        manners = cls()
        setattr(manners, step, answer)
        return manners

    @property
    def recipients(self) -> list[str]:
        """Whose mail the relay has, in order."""
        return [recipient for recipient, _ in self.mails]

    async def handle_EHLO(  # noqa: N802 -- aiosmtpd looks for this name
        self,
        server: "MoodyServer",
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        session.host_name = hostname
        return ["250-PIPELINING", *responses] if self.pipelining else responses

    async def handle_MAIL(  # noqa: N802 -- aiosmtpd looks for this name
        self, server: "MoodyServer", session: Session, envelope: Envelope, address: str, _: object
    ) -> str:
        answer = server.mood(self.mail(address))
        if answer is None:
            envelope.mail_from = address
        return answer or "250 ok"

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd looks for this name
        self, server: "MoodyServer", session: Session, envelope: Envelope, address: str, _: object
    ) -> str:
        answer = server.mood(self.rcpt(address))
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 ok"

    async def handle_DATA(  # noqa: N802 -- aiosmtpd looks for this name
        self, server: "MoodyServer", session: Session, envelope: Envelope
    ) -> str:
        (recipient,) = envelope.rcpt_tos
        answer = server.mood(self.dot(recipient))
        if answer is None:
            self.mails.append((recipient, envelope.original_content or b""))
        return answer or "250 ok"


class MoodyServer(SMTP):
    """aiosmtpd's server, able to break off anywhere."""

    def mood(self, answer: str | None) -> str | None:
        """The answer; the connection is gone when it is HANG_UP."""
        if answer == HANG_UP:
            assert isinstance(self.transport, asyncio.WriteTransport)
            self.transport.abort()
        return answer

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 -- aiosmtpd looks for this name
        manners = self.event_handler
        assert isinstance(manners, Manners)
        assert self.envelope is not None
        answer = self.mood(manners.data(self.envelope.rcpt_tos[0]))
        if answer is None:
            await super().smtp_DATA(arg)
        elif answer != HANG_UP:
            await self.push(answer)


def only_the_school(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: object
) -> AuthResult:
    """Accepts the user `school` with the password `lamp`."""
    welcome = login == LoginPassword(b"school", b"lamp")
    return AuthResult(success=welcome, handled=welcome)


@contextmanager
def relay(
    manners: Manners,
    security: Security = Security.LOOPBACK,
    certificate: ssl.SSLContext | None = None,
    *,
    login: bool = False,
) -> Iterator[Relay]:
    """The relay while it listens; `certificate` serves TLS at once or after STARTTLS."""
    starttls = certificate if security is Security.STARTTLS else None

    def connected() -> MoodyServer:
        manners.connections += 1
        return MoodyServer(
            manners,
            hostname="relay.example",
            tls_context=starttls,
            require_starttls=starttls is not None,
            authenticator=only_the_school if login else None,
            auth_required=login,
        )

    with listening(connected, certificate if security is Security.TLS else None) as port:
        yield Relay(LOOPBACK, port, security, "school" if login else None)


@dataclass(frozen=True)
class Certificate:
    """A self-signed certificate for one name, and its files."""

    path: Path
    key: Path

    def served(self) -> ssl.SSLContext:
        """For the relay."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.path, self.key)
        return context

    def trusted(self) -> ssl.SSLContext:
        """For a sender who was told to trust it."""
        return ssl.create_default_context(cafile=str(self.path))


def self_signed(folder: Path, name: x509.GeneralName) -> Certificate:
    """A fresh self-signed certificate for `name`, valid today."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "relay")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = Certificate(folder / "relay.pem", folder / "relay.key")
    paths.path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths


LOOPBACK_NAME = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
OTHER_NAME = x509.DNSName("relay.elsewhere.example")
