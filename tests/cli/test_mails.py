"""What is said of a week's mails when not all of them went out, and with which exit status."""

from collections.abc import Sequence

import pytest

from lichtbrief.cli.mails import print_twice, print_unsent
from lichtbrief.delivery import PausedError, State, Unsent, WeekSent
from lichtbrief.errors import LichtbriefError


def said(
    capsys: pytest.CaptureFixture[str], sent: WeekSent, *unsent: Unsent
) -> tuple[int, Sequence[str]]:
    frozen = sum(sent.counts.values())
    status = print_unsent(sent, frozen, unsent, {})
    return status, capsys.readouterr().err.splitlines()


def test_mails_that_must_wait_are_no_failure_but_not_all_is_done(
    capsys: pytest.CaptureFixture[str],
) -> None:
    waits = PausedError("the limit of mails a day is reached: 5 still to be mailed", "run it again")
    sent = WeekSent({State.SENT: 15, State.PENDING: 5}, waits)
    expected = [
        "error: the limit of mails a day is reached: 5 still to be mailed",
        "hint: run it again",
    ]
    assert (75, expected) == said(capsys, sent)


def test_a_relay_that_takes_nothing_is_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    sent = WeekSent({State.PENDING: 5}, LichtbriefError("sending stopped", "mend it"))
    assert (1, ["error: sending stopped", "hint: mend it"]) == said(capsys, sent)


def test_whoever_perhaps_has_the_mail_is_not_said_to_have_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = "the connection broke before the relay confirmed the mail"
    unsure = Unsent("g3", State.UNCERTAIN, words)
    expected = [
        f"error: guardian g3 perhaps has the mail: uncertain, {words}",
        "hint: ask them, or mail them again with --uncertain resend",
    ]
    assert (1, expected) == said(capsys, WeekSent({State.UNCERTAIN: 1}), unsure)


def test_a_refused_address_is_the_offices_to_mend(capsys: pytest.CaptureFixture[str]) -> None:
    refused = Unsent("g3", State.FAILED, "550 no such user")
    expected = [
        "error: guardian g3 has no mail: failed, 550 no such user",
        "hint: an address that is refused is the office's to mend; then run again",
    ]
    assert (1, expected) == said(capsys, WeekSent({State.FAILED: 1}), refused)


def test_whoever_perhaps_has_two_mails_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    print_twice(["g3"])
    assert "hint: guardian g3 perhaps has the mail twice\n" == capsys.readouterr().err
