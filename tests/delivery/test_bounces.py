"""What comes back to the school's mailbox, and what of it is believed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.delivery import Kind, Report, bounce_address, identity_of, mailed, read_report
from lichtbrief.editions import Week
from lichtbrief.sealing import KeyRing, Secret
from tests.delivery.returned import AWAY, BOUNCES, complaint, delivery_report, notification

W47 = Week.parse("2026-W47")
RING = KeyRing({2026: Secret(bytes(range(32)))})
MINE = identity_of(RING.year(2026), "g1", W47)
OTHER = identity_of(RING.year(2026), "g2", W47)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("5.1.1", Kind.HARD),
        ("5.1.10", Kind.HARD),
        ("5.0.0", Kind.HARD),
        ("5.2.1", Kind.HARD),
        ("5.4.4", Kind.HARD),
        ("5.2.2", Kind.SOFT),  # full
        ("5.7.1", Kind.SOFT),  # a filter: the school's name is at stake, not the address
        ("5.1.8", Kind.SOFT),  # the sender's address is bad
        ("4.4.7", Kind.SOFT),  # given up after days
        ("nonsense", Kind.SOFT),
    ],
)
def test_a_report_is_about_the_address_or_about_this_time(status: str, kind: Kind) -> None:
    found = read_report(delivery_report(MINE, status=status))
    code = "0.0.0" if status == "nonsense" else status
    assert Report(kind, code, (MINE,)) == found


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_what_did_not_fail_is_no_bounce(action: str) -> None:
    assert read_report(delivery_report(MINE, action=action, status="4.0.0")) is None


def test_a_server_that_answers_elsewhere_is_known_by_the_head_it_returns() -> None:
    found = read_report(delivery_report(MINE, to="weekbrief@dijk.example"))
    assert found == Report(Kind.HARD, "5.1.1", (MINE,))


def test_the_address_it_came_back_to_goes_before_what_the_report_holds() -> None:
    found = read_report(delivery_report(MINE, returned=OTHER))
    assert found is not None
    assert (MINE,) == found.identities


@pytest.mark.parametrize("enveloped", [False, True])
def test_amazon_says_it_in_its_own_way(*, enveloped: bool) -> None:
    bounce = read_report(notification(MINE, enveloped=enveloped))
    assert Report(Kind.HARD, "General", (MINE,)) == bounce
    unwanted = read_report(notification(MINE, "Complaint", enveloped=enveloped))
    assert Report(Kind.COMPLAINT, "abuse", (MINE,)) == unwanted
    assert read_report(notification(MINE, "Delivery", enveloped=enveloped)) is None


def test_amazon_says_it_by_mail_with_a_word_below_it() -> None:
    head = b"From: no-reply@sns.amazonaws.com\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n"
    mail = head + notification(MINE) + b"\r\n\r\n--\r\nIf you wish to stop receiving these\r\n"
    assert Report(Kind.HARD, "General", (MINE,)) == read_report(mail)


def test_a_passing_trouble_at_amazon_is_soft() -> None:
    value = json.loads(notification(MINE))
    value["bounce"] = {"bounceType": "Transient", "bounceSubType": "MailboxFull"}
    assert Report(Kind.SOFT, "MailboxFull", (MINE,)) == read_report(json.dumps(value).encode())


def test_a_complaint_is_a_complaint_and_its_contrary_is_not() -> None:
    assert Report(Kind.COMPLAINT, "abuse", (MINE,)) == read_report(complaint(MINE))
    assert read_report(complaint(MINE, "not-spam")) is None


def test_somebody_on_holiday_and_a_word_to_the_school_are_no_bounces() -> None:
    assert read_report(AWAY % bounce_address(BOUNCES, MINE).encode()) is None
    assert read_report(b"Subject: Dank!\r\n\r\nEen vraag over donderdag.\r\n") is None


def test_only_who_has_the_keys_can_say_whose_a_mail_is_and_nobody_can_invent_one() -> None:
    forged = MINE[:-1] + ("a" if MINE[-1] != "a" else "b")
    assert (W47, "g1") == mailed(MINE, RING, ["g1", "g2"])
    assert mailed(forged, RING, ["g1", "g2"]) is None
    assert mailed(MINE, KeyRing({2026: Secret(bytes(32))}), ["g1", "g2"]) is None


def test_what_is_said_of_a_report_holds_nothing_that_a_stranger_wrote() -> None:
    value = json.loads(notification(MINE))
    value["bounce"]["bounceSubType"] = "\x1b[31m anna.bakker@home.example"
    found = read_report(json.dumps(value).encode())
    assert found is not None
    assert "unknown" == found.code


NESTED = b"".join(
    b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(5_000)
)


@pytest.mark.parametrize(
    "content",
    [
        NESTED,
        b"Content-Type: message/rfc822\r\n\r\n" * 30_000,
        b'{"mail":' * 100_000,
        b'{"Message": "{}"}',
        b'{"Message": "[1]", "mail": 3}',
        b"{}",
        b"[" * 100_000,
        b"\x00" * 1_000_000,
        b"To: " + b"a" * 900_000 + b"\r\n\r\n",
        b"X: y\r\n" * 150_000,
        delivery_report(MINE).replace(b"Status:", b"Status\xff:"),
        delivery_report(MINE).replace(b"message/delivery-status", b"text/plain"),
        delivery_report(MINE).replace(b"multipart/report", b"multipart/report; charset=no-such"),
    ],
    ids=lambda content: repr(content[:24]),
)
def test_whatever_is_sent_there_is_read_or_left_and_never_a_crash(content: bytes) -> None:
    found = read_report(content)
    assert found is None or found.identities == (MINE,)


@given(st.binary(max_size=300), st.integers(0, 900), st.integers(0, 40))
def test_a_damaged_report_never_speaks_of_another_mail(junk: bytes, at: int, cut: int) -> None:
    whole = delivery_report(MINE)
    found = read_report(whole[:at] + junk + whole[at + cut :])
    assert found is None or set(found.identities) <= {MINE}
