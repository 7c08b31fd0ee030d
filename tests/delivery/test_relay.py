"""The relay's address in the settings, and what of its words may be written down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.delivery import Relay, Security, SmtpTransport, parse_relay
from lichtbrief.delivery.handing import dot_stuffed
from lichtbrief.delivery.outcomes import LONGEST_WORDS, scrub
from lichtbrief.errors import LichtbriefError

SECRET = "hunter2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("smtp://mail.school.example", Relay("mail.school.example", 587, Security.STARTTLS)),
        ("smtp://mail.school.example:25", Relay("mail.school.example", 25, Security.STARTTLS)),
        ("smtps://mail.school.example/", Relay("mail.school.example", 465, Security.TLS)),
        ("smtps://127.0.0.1:4650", Relay("127.0.0.1", 4650, Security.TLS)),
        ("smtp://127.8.9.1:1025", Relay("127.8.9.1", 1025, Security.LOOPBACK)),
        ("smtp://[::1]:1025", Relay("::1", 1025, Security.LOOPBACK)),
        ("smtp://localhost:1025", Relay("localhost", 1025, Security.LOOPBACK)),
        ("smtp://localhost.evil.example", Relay("localhost.evil.example", 587, Security.STARTTLS)),
        ("smtp://10.0.0.5", Relay("10.0.0.5", 587, Security.STARTTLS)),
        ("smtp://school@mail.example", Relay("mail.example", 587, Security.STARTTLS, "school")),
        ("smtp://a@b.nl@mail.example", Relay("mail.example", 587, Security.STARTTLS, "a@b.nl")),
        ("smtps://a%40b.nl@mail.example", Relay("mail.example", 465, Security.TLS, "a@b.nl")),
    ],
)
def test_an_address_of_a_relay_is_read(text: str, expected: Relay) -> None:
    assert expected == parse_relay(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mail.school.example",
        "http://mail.school.example",
        "smtp://",
        "smtp://:587",
        "smtp://mail.school.example:0",
        "smtp://mail.school.example:99999",
        "smtp://mail.school.example:mail",
        "smtp://mail.school.example/path",
        "smtp://mail.school.example?tls=no",
        "smtp://[::1",
        "smtp://a..b",
        f"smtp://{'a' * 70}.example",
        f"smtp://school:{SECRET}@mail.example",
        "smtp://schöol@mail.example",
    ],
)
def test_an_address_that_is_none_is_refused_with_the_way_to_write_it(text: str) -> None:
    with pytest.raises(LichtbriefError, match="the mail relay's address") as refusal:
        parse_relay(text)
    assert "LICHTBRIEF_MAIL_PASSWORD" in refusal.value.hint
    assert SECRET not in f"{refusal.value}{refusal.value.hint}"


@given(st.text(max_size=60))
def test_whatever_is_written_there_is_read_or_refused(text: str) -> None:
    try:
        parse_relay(f"smtp://{text}")
    except LichtbriefError:
        return


@pytest.mark.parametrize("password", [None, "", "wächtwoord"])
def test_a_user_without_a_usable_password_is_refused_before_anything_is_sent(
    password: str | None,
) -> None:
    with pytest.raises(LichtbriefError, match="password") as refusal:
        SmtpTransport(parse_relay("smtp://school@mail.example"), password)
    assert "set LICHTBRIEF_MAIL_PASSWORD" == refusal.value.hint


def test_neither_user_nor_password_shows_when_the_transport_is_printed() -> None:
    relay = parse_relay("smtps://school@mail.example")
    printed = repr(SmtpTransport(relay, SECRET)) + repr(relay)
    assert SECRET not in printed
    assert "school" not in printed


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (b"5.1.1 <anna.bakker@thuis.example>: User unknown", "5.1.1 … User unknown"),
        (b"Mailbox anna.bakker is full", "Mailbox … is full"),
        (b"no mailbox for BAKKER, Anna", "no mailbox for … …"),
        (b"see https://relay.example/why?to=anna", "see …"),
        (b"Try\nagain  later", "Try again later"),
        (b"no host Thuis-mail", "no host …"),
        (b"caf\xc3\xa9", "caf??"),
    ],
)
def test_the_relays_words_are_kept_without_the_guardian_in_them(said: bytes, expected: str) -> None:
    assert expected == scrub(said, "anna.bakker@thuis.example")


@given(st.binary(max_size=400))
def test_the_relays_words_never_hold_the_address_or_a_second_line(said: bytes) -> None:
    kept = scrub(said + b" anna.bakker@mail.example " + said, "anna.bakker@mail.example")
    assert "bakker" not in kept
    assert kept.isprintable()
    assert len(kept) <= LONGEST_WORDS


@given(st.binary(max_size=200).map(lambda data: data.replace(b"x", b"\r\n.")))
def test_no_content_can_end_the_mail_early(content: bytes) -> None:
    travelling = dot_stuffed(content)
    assert b"\r\n.\r\n" not in b"\r\n" + travelling
    assert travelling.count(b"\n") == travelling.count(b"\r\n") == travelling.count(b"\r")
    received = (b"\r\n" + travelling).replace(b"\r\n.", b"\r\n")[2:]
    assert b"".join(content.split()) == b"".join(received.split())
