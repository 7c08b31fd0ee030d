"""What is said of a week's mails when not all of them went out, and with which exit status."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from lichtbrief.cli.mails import print_twice, print_unsent
from lichtbrief.delivery import State, Unsent, WeekSent
from lichtbrief.errors import LichtbriefError, PausedError


def said(
    capsys: pytest.CaptureFixture[str], sent: WeekSent, *unsent: Unsent
) -> tuple[int, Sequence[str]]:
    frozen = sum(sent.counts.values())
    status = print_unsent(sent, frozen, unsent, {})
    return status, capsys.readouterr().err.splitlines()


WAITS = PausedError("the limit of mails a day is reached: 5 still to be mailed", "run it again")
SENT = WeekSent({State.SENT: 15, State.PENDING: 5}, WAITS)


def test_what_stopped_the_mails_is_for_the_command_to_tell(
    capsys: pytest.CaptureFixture[str],
) -> None:
    down = LichtbriefError("sending stopped", "mend it")
    for stopped in (WAITS, down):
        with pytest.raises(LichtbriefError) as caught:
            said(capsys, replace(SENT, stopped=stopped))
        assert stopped is caught.value
    assert "" == capsys.readouterr().err


def test_that_mails_must_wait_does_not_hide_an_address_that_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    refused = Unsent("g3", State.FAILED, "550 no such user")
    status, lines = said(capsys, SENT, refused)
    assert 1 == status
    assert [
        "error: guardian g3 has no mail: failed, 550 no such user",
        f"error: {WAITS.message}",
        "hint: run it again",
        "hint: an address that is refused is the office's to mend; then run again",
    ] == lines


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
