"""One mail and one relay that answers as it likes: what the school knows afterwards."""

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from lichtbrief.delivery import (
    Later,
    Lost,
    Mail,
    Refused,
    Relay,
    Security,
    Sent,
    SmtpTransport,
    Uncertain,
)
from lichtbrief.errors import LichtbriefError
from tests.delivery.relays import (
    HANG_UP,
    LOOPBACK_NAME,
    OTHER_NAME,
    Certificate,
    Manners,
    relay,
    self_signed,
)
from tests.delivery.school import LICHTBRON, nothing, plain_mail, weekly_mail


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    return self_signed(tmp_path, LOOPBACK_NAME)


def answers(answer: str) -> Callable[[str], str]:
    """A step at which the relay always says this."""
    return lambda _: answer


def first(answer: str) -> Callable[[str], str | None]:
    """A step at which the relay says this once, and yes from then on."""
    left = [answer]
    return lambda _: left.pop() if left else None


def test_a_mail_arrives_byte_for_byte() -> None:
    manners = Manners()
    mail = weekly_mail()
    with relay(manners) as there, SmtpTransport(there) as transport:
        assert Sent() == transport.send(mail, nothing)
    assert [(mail.recipient, mail.content)] == manners.mails


def test_lines_that_begin_with_a_dot_and_lone_line_ends_arrive_whole() -> None:
    manners = Manners()
    dotted = Mail(LICHTBRON.address, "g1@mail.example", "g1", b"A: b\n\n.\r..\r\n.\r\nend")
    with relay(manners) as there, SmtpTransport(there) as transport:
        transport.send(dotted, nothing)
        transport.send(plain_mail("g2"), nothing)
    arrived = manners.mails[0][1]
    assert b"A: b\r\n\r\n.\r\n..\r\n.\r\nend\r\n" == arrived
    assert ["g1@mail.example", "g2@mail.example"] == manners.recipients


def test_one_connection_serves_many_mails() -> None:
    manners = Manners()
    with relay(manners) as there, SmtpTransport(there) as transport:
        for number in range(5):
            assert Sent() == transport.send(plain_mail(f"g{number}"), nothing)
    assert 1 == manners.connections


@pytest.mark.parametrize("step", ["rcpt", "data", "dot"])
@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("550 5.1.1 no g1 here", Refused(550, "550 5.1.1 no … here")),
        ("451 4.7.1 come back", Later(451, "451 4.7.1 come back")),
        ("421 closing", Lost("421 closing")),
    ],
)
@pytest.mark.parametrize("pipelining", [False, True])
def test_a_no_is_understood_at_every_step_and_the_next_mail_still_goes(
    step: str, answer: str, expected: object, *, pipelining: bool
) -> None:
    manners = Manners.at(step, first(answer))
    manners.pipelining = pipelining
    with relay(manners) as there, SmtpTransport(there) as transport:
        assert expected == transport.send(plain_mail("g1"), nothing)
        assert Sent() == transport.send(plain_mail("g2"), nothing)
    assert ["g2@mail.example"] == manners.recipients


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
def test_a_relay_that_hangs_up_before_the_dot_has_no_mail(step: str) -> None:
    manners = Manners.at(step, first(HANG_UP))
    with relay(manners) as there, SmtpTransport(there) as transport:
        assert Lost("the mail relay broke the connection") == transport.send(
            plain_mail("g1"), nothing
        )
        assert Sent() == transport.send(plain_mail("g2"), nothing)
    assert 2 == manners.connections


def test_a_relay_that_hangs_up_after_the_dot_leaves_us_uncertain() -> None:
    manners = Manners(dot=first(HANG_UP))
    with relay(manners) as there, SmtpTransport(there) as transport:
        assert isinstance(transport.send(plain_mail("g1"), nothing), Uncertain)
        assert Sent() == transport.send(plain_mail("g1"), nothing)


def test_an_answer_to_the_dot_that_means_nothing_leaves_us_uncertain() -> None:
    with relay(Manners(dot=answers("354 go on"))) as there, SmtpTransport(there) as transport:
        assert isinstance(transport.send(plain_mail("g1"), nothing), Uncertain)


def test_an_answer_that_means_nothing_before_the_dot_is_no_delivery() -> None:
    with relay(Manners(rcpt=answers("hello"))) as there, SmtpTransport(there) as transport:
        assert isinstance(transport.send(plain_mail("g1"), nothing), Lost)


@pytest.mark.parametrize("step", [HANG_UP, "421 idle too long", "452 enough for one connection"])
def test_a_relay_that_ends_the_connection_between_mails_is_called_again_once(step: str) -> None:
    calls = iter([None, step, None])
    manners = Manners(mail=lambda _: next(calls))
    with relay(manners) as there, SmtpTransport(there) as transport:
        assert Sent() == transport.send(plain_mail("g1"), nothing)
        assert Sent() == transport.send(plain_mail("g2"), nothing)
    assert 2 == manners.connections


@pytest.mark.parametrize("answer", ["530 authentication required", "421 busy", HANG_UP])
def test_a_refused_sender_is_understood_when_all_is_asked_at_once(answer: str) -> None:
    manners = Manners(mail=first(answer), pipelining=True)
    with relay(manners) as there, SmtpTransport(there) as transport:
        assert isinstance(transport.send(plain_mail("g1"), nothing), Lost)
        assert Sent() == transport.send(plain_mail("g2"), nothing)
    assert ["g2@mail.example"] == manners.recipients


def test_a_relay_that_refuses_the_school_itself_is_not_the_guardians_fault() -> None:
    refusing = Manners(mail=answers("530 authentication required"))
    with relay(refusing) as there, SmtpTransport(there) as transport:
        expected = Lost("the mail relay refused the sender's address (530)")
        assert expected == transport.send(plain_mail("g1"), nothing)


def test_the_last_call_before_data_comes_after_the_address_is_accepted() -> None:
    said: list[str] = []
    manners = Manners(rcpt=lambda _: said.append("rcpt"), data=lambda _: said.append("data"))
    with relay(manners) as there, SmtpTransport(there) as transport:
        transport.send(plain_mail("g1"), lambda: said.append("now"))
    assert ["rcpt", "now", "data"] == said


def test_a_ledger_that_cannot_be_written_stops_the_mail_before_data() -> None:
    def full() -> None:
        raise LichtbriefError("the ledger cannot be written")

    manners = Manners()
    with (
        relay(manners) as there,
        pytest.raises(LichtbriefError, match="the ledger"),
        SmtpTransport(there) as transport,
    ):
        transport.send(plain_mail("g1"), full)
    assert [] == manners.mails


def test_nobody_listening_is_a_lost_mail_and_a_clear_check() -> None:
    with relay(Manners()) as gone:
        pass
    with SmtpTransport(gone) as transport:
        assert isinstance(transport.send(plain_mail("g1"), nothing), Lost)
        with pytest.raises(LichtbriefError, match="does not answer") as refusal:
            transport.check()
    assert "LICHTBRIEF_MAIL" in refusal.value.hint


def test_the_check_says_nothing_about_a_good_relay_and_sends_nothing() -> None:
    manners = Manners()
    with relay(manners) as there, SmtpTransport(there) as transport:
        transport.check()
        transport.check()
    assert [] == manners.mails


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_self_signed_certificate_is_refused(certificate: Certificate, security: Security) -> None:
    manners = Manners()
    with relay(manners, security, certificate.served()) as there, SmtpTransport(there) as transport:
        with pytest.raises(LichtbriefError, match="not to be trusted"):
            transport.check()
        assert isinstance(transport.send(plain_mail("g1"), nothing), Lost)
    assert [] == manners.mails


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_certificate_that_the_school_trusts_is_accepted(
    certificate: Certificate, security: Security
) -> None:
    manners = Manners()
    with (
        relay(manners, security, certificate.served()) as there,
        SmtpTransport(there, context=certificate.trusted()) as transport,
    ):
        transport.check()
        assert Sent() == transport.send(plain_mail("g1"), nothing)


def test_a_trusted_certificate_of_another_host_is_refused(tmp_path: Path) -> None:
    stolen = self_signed(tmp_path, OTHER_NAME)
    with (
        relay(Manners(), Security.STARTTLS, stolen.served()) as there,
        SmtpTransport(there, context=stolen.trusted()) as transport,
        pytest.raises(LichtbriefError, match="not to be trusted"),
    ):
        transport.check()


def test_a_private_connection_that_breaks_has_no_mail_and_the_next_goes_over_another(
    certificate: Certificate,
) -> None:
    manners = Manners(data=first(HANG_UP), pipelining=True)
    with (
        relay(manners, Security.STARTTLS, certificate.served()) as there,
        SmtpTransport(there, context=certificate.trusted()) as transport,
    ):
        assert isinstance(transport.send(plain_mail("g1"), nothing), Lost)
        assert Sent() == transport.send(plain_mail("g1"), nothing)
    assert ["g1@mail.example"] == manners.recipients


def test_a_connection_that_talks_no_tls_after_it_agreed_to_is_left() -> None:
    replies = (b"220 relay", b"250-relay\r\n250 STARTTLS", b"220 go ahead", b"not TLS at all")
    with reciting(None, *replies) as clear:
        there = Relay(clear.host, clear.port, Security.STARTTLS)
        with SmtpTransport(there) as transport:
            outcome = transport.send(plain_mail("g1"), nothing)
    assert Lost("no private connection to the mail relay could be made") == outcome


def test_a_relay_that_offers_no_starttls_is_told_nothing() -> None:
    manners = Manners()
    with relay(manners) as there:
        stripped = Relay(there.host, there.port, Security.STARTTLS)
        with SmtpTransport(stripped) as transport:
            with pytest.raises(LichtbriefError, match="offers no STARTTLS"):
                transport.check()
            assert isinstance(transport.send(plain_mail("g1"), nothing), Lost)
    assert [] == manners.mails


def test_the_school_logs_in_over_starttls(certificate: Certificate) -> None:
    manners = Manners()
    with relay(manners, Security.STARTTLS, certificate.served(), login=True) as there:
        trusted: ssl.SSLContext = certificate.trusted()
        with SmtpTransport(there, "lamp", trusted) as transport:
            assert Sent() == transport.send(plain_mail("g1"), nothing)
        with (
            SmtpTransport(there, "candle", trusted) as transport,
            pytest.raises(LichtbriefError, match="refused the login") as refusal,
        ):
            transport.check()
    assert "candle" not in f"{refusal.value} {refusal.value.hint}"


def test_a_login_that_the_relay_does_not_offer_is_an_error() -> None:
    with (
        reciting("school", b"220 relay", b"250 relay") as there,
        SmtpTransport(there, "lamp") as transport,
        pytest.raises(LichtbriefError, match="no STARTTLS or no login"),
    ):
        transport.check()


def test_a_host_that_does_not_exist_is_named_as_the_trouble() -> None:
    transport = SmtpTransport(Relay("no-such-host.invalid", 587, Security.STARTTLS))
    with pytest.raises(LichtbriefError, match="host name is not known"):
        transport.check()


def test_a_relay_that_hangs_up_in_the_middle_of_a_mail_has_no_mail() -> None:
    long = Mail(LICHTBRON.address, "g1@mail.example", "g1", b"A: b\r\n\r\n" + b"x\r\n" * 8_000_000)
    replies = (b"220 relay", b"250 relay", b"250 ok", b"250 ok", b"354 go on")
    with reciting(None, *replies) as there, SmtpTransport(there) as transport:
        outcome = transport.send(long, nothing)
    assert Lost("the mail relay broke the connection") == outcome


def test_a_login_challenge_that_means_nothing_is_an_error_not_a_crash() -> None:
    replies = (b"220 relay", b"250-relay\r\n250 AUTH CRAM-MD5", b"334 a")
    with reciting("school", *replies) as there, SmtpTransport(there, "lamp") as transport:
        assert isinstance(transport.send(plain_mail("g1"), nothing), Lost)


@contextmanager
def reciting(user: str | None, *replies: bytes) -> Iterator[Relay]:
    """A relay that answers each thing it hears with the next reply, then resets the connection."""

    def talk() -> None:
        client, _ = listener.accept()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        with client, suppress(ConnectionError):  # who does not like an answer hangs up
            for reply in replies:
                client.sendall(reply + b"\r\n")
                client.recv(1024)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        yield Relay("127.0.0.1", listener.getsockname()[1], Security.LOOPBACK, user)
        thread.join()
