"""The demo's mail server keeps every mail where somebody can look at it."""

import smtplib
import socket
import sys
from email import message_from_bytes
from pathlib import Path

import pytest

from lichtbrief.delivery import Catcher, Security, SmtpTransport, mails_by_recipient, parse_relay
from lichtbrief.errors import LichtbriefError
from tests.delivery.school import nothing, weekly_mail


def test_every_guardian_has_a_folder_of_mails_in_the_order_of_arrival(tmp_path: Path) -> None:
    anna, sem = weekly_mail("anna@mail.example"), weekly_mail("sem@mail.example", "en")
    with Catcher(tmp_path) as catcher, SmtpTransport(parse_relay(catcher.address)) as transport:
        for mail in (anna, sem, anna):
            transport.send(mail, nothing)
    found = mails_by_recipient(tmp_path)
    assert {address: len(paths) for address, paths in found.items()} == {
        "anna@mail.example": 2,
        "sem@mail.example": 1,
    }
    kept = found["sem@mail.example"][0].read_bytes()
    assert b"Delivered-To: sem@mail.example\r\n" + sem.content == kept


def test_a_mail_to_two_is_kept_for_both_whatever_its_own_head_claims(tmp_path: Path) -> None:
    claim = b"Delivered-To: evil@mail.example\r\n\r\nhello\r\n"
    with (
        Catcher(tmp_path) as catcher,
        smtplib.SMTP("127.0.0.1", catcher.port, "localhost") as client,
    ):
        client.sendmail("x@mail.example", ["a@mail.example", "b@mail.example"], claim)
    found = mails_by_recipient(tmp_path)
    assert {"a@mail.example", "b@mail.example"} == set(found)
    message = message_from_bytes(found["a@mail.example"][0].read_bytes())
    assert "hello\r\n" == message.get_payload()


def test_it_listens_on_this_machine_only_and_stops(tmp_path: Path) -> None:
    with Catcher(tmp_path) as catcher:
        port = catcher.port
        assert Security.LOOPBACK is parse_relay(catcher.address).security
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_no_mails_are_no_recipients(tmp_path: Path) -> None:
    assert {} == mails_by_recipient(tmp_path / "nowhere")


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "aiosmtpd.smtp", None)
    with pytest.raises(LichtbriefError) as refusal, Catcher(tmp_path):
        pass
    assert refusal.value.hint == 'run: pip install "lichtbrief[demo]"'
