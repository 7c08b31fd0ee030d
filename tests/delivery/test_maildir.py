"""Mails into a folder, to try out: nobody gets one, and everybody can be looked at."""

from pathlib import Path

import pytest

from lichtbrief.delivery import (
    Ledger,
    Lost,
    MaildirTransport,
    State,
    mails_by_recipient,
    send_week,
)
from lichtbrief.delivery.transports import open_transports
from lichtbrief.errors import LichtbriefError
from tests.delivery.school import WEEK, guardians, ignore, nothing, plain_mail


def test_a_week_lands_in_a_folder(tmp_path: Path) -> None:
    transports = open_transports(f"maildir://{tmp_path}/mails%20of%20today", None, 2)
    transports[0].check()
    with Ledger(tmp_path / "ledger") as ledger:
        ledger.freeze(WEEK, guardians(9))
        done = send_week(ledger, WEEK, plain_mail, transports, ignore)
    assert 9 == done.counts[State.SENT]
    mails = mails_by_recipient(tmp_path / "mails of today")
    assert [plain_mail(one).recipient for one in guardians(9)] == sorted(mails)
    ((path,), *_) = mails.values()
    assert path.read_bytes().endswith(b"\r\n\r\nHello\r\n")


def test_a_folder_that_cannot_be_written_has_no_mail(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    transport = MaildirTransport(tmp_path / "file" / "mails")
    with pytest.raises(LichtbriefError, match="the folder for mails cannot be made"):
        transport.check()
    assert isinstance(transport.send(plain_mail("g1"), nothing), Lost)


def test_a_folder_is_named_from_the_root() -> None:
    with pytest.raises(LichtbriefError, match="the folder for mails cannot be read"):
        open_transports("maildir://mails", None, 1)
