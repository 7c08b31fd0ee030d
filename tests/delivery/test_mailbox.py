"""The mailbox that a job may read: a folder, or a server that is asked over TLS."""

import socketserver
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from lichtbrief.delivery import open_mailbox, parse_mailbox
from lichtbrief.delivery.mailbox import Address, ImapBox, MaildirBox
from lichtbrief.errors import LichtbriefError
from tests.delivery.relays import LOOPBACK_NAME, OTHER_NAME, Certificate, self_signed


def maildir(folder: Path, **mails: bytes) -> Path:
    for part in ("new", "cur", "tmp"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for name, content in mails.items():
        (folder / "new" / name).write_bytes(content)
    return folder


def test_a_folder_gives_its_mails_newest_first_and_loses_what_is_removed(tmp_path: Path) -> None:
    folder = maildir(tmp_path, a1=b"first", a2=b"second")
    (folder / "new/a2").rename(folder / "cur/a2:2,S")
    (folder / "new/elsewhere").symlink_to("/etc/passwd")
    with open_mailbox(parse_mailbox(f"maildir:{folder}")) as box:
        found = list(box.mails())
        assert [b"second", b"first"] == [content for _, content in found]
        box.remove(found[1][0])
        box.remove(found[1][0])
        assert [b"second"] == [content for _, content in box.mails()]


def test_a_mail_that_is_too_large_is_cut_off(tmp_path: Path) -> None:
    with MaildirBox(maildir(tmp_path, a=b"x" * 1_000_001)) as box:
        assert [1_000_000] == [len(content) for _, content in box.mails()]


@pytest.mark.parametrize(
    "text",
    [
        "maildir:relative/folder",
        "maildir://host/folder",
        "imap://user@host",
        "imaps://host/INBOX",
        "imaps://user:secret@host",
        "imaps://user@host:none",
        'imaps://user@host/IN"BOX',
        "imaps://us%0Aer@host",
        "",
    ],
)
def test_an_address_that_cannot_be_meant_is_refused_and_not_shown(text: str) -> None:
    with pytest.raises(LichtbriefError) as caught:
        parse_mailbox(text)
    assert "secret" not in str(caught.value)
    assert "imaps://user@host/INBOX" in caught.value.hint


def test_an_address_at_a_server_is_understood() -> None:
    assert Address("INBOX", "imap.dijk.example", 993, "bounce@dijk.example") == parse_mailbox(
        "imaps://bounce%40dijk.example@imap.dijk.example"
    )


def test_no_folder_and_no_password_are_named(tmp_path: Path) -> None:
    with pytest.raises(LichtbriefError, match="no Maildir"), MaildirBox(tmp_path):
        pass
    with pytest.raises(LichtbriefError, match="password is missing"):
        open_mailbox(Address("INBOX", "imap.example", 993, "u"))


class Imap(socketserver.StreamRequestHandler):
    """As much of RFC 3501 and 4315 as a reader of bounces asks for; `server` has the mails."""

    server: Any

    def handle(self) -> None:
        self.say("* OK ready")
        for line in self.rfile:
            tag, _, rest = line.decode().strip().partition(" ")
            word, _, words = rest.removeprefix("UID ").partition(" ")
            getattr(self, f"do_{word.lower()}", self.do_other)(tag, words)
            if word == "LOGOUT":
                return

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")

    def do_other(self, tag: str, _: str) -> None:
        self.say(f"{tag} OK done")

    def do_capability(self, tag: str, _: str) -> None:
        self.say("* CAPABILITY IMAP4rev1 UIDPLUS")
        self.say(f"{tag} OK done")

    def do_login(self, tag: str, words: str) -> None:
        good = words == 'bounce "lamp"'
        self.say(f"{tag} OK welcome" if good else f"{tag} NO bounce is not known here")

    def do_select(self, tag: str, words: str) -> None:
        if words != '"INBOX"':
            self.say(f"{tag} NO no such folder")
            return
        self.say(f"* {len(self.server.mails)} EXISTS")
        self.say(f"{tag} OK [READ-WRITE] done")

    def do_search(self, tag: str, _: str) -> None:
        self.say("* SEARCH " + " ".join(self.server.mails))
        self.say(f"{tag} OK done")

    def do_fetch(self, tag: str, words: str) -> None:
        uid = words.partition(" ")[0]
        content = self.server.mails[uid]
        self.wfile.write(b"* 1 FETCH (UID %s BODY[]<0> {%d}\r\n" % (uid.encode(), len(content)))
        self.wfile.write(content + b")\r\n")
        self.say(f"{tag} OK done")

    def do_expunge(self, tag: str, words: str) -> None:
        del self.server.mails[words]
        self.say(f"{tag} OK done")


@contextmanager
def imap(certificate: Certificate, **mails: bytes) -> Iterator[tuple[int, dict[str, bytes]]]:
    """A server with these mails in its INBOX, for the user `bounce` with the password `lamp`."""

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def get_request(self) -> tuple[Any, Any]:
            connection, address = super().get_request()
            return certificate.served().wrap_socket(connection, server_side=True), address

        def handle_error(self, *_: object) -> None:
            pass

    with Server(("127.0.0.1", 0), Imap) as server:
        server.mails = {name[1:]: content for name, content in mails.items()}  # type: ignore[attr-defined]  # for Imap
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], server.mails  # type: ignore[attr-defined]  # the same
        server.shutdown()


def box_at(
    port: int, context: ssl.SSLContext, *, folder: str = "INBOX", word: str = "lamp"
) -> ImapBox:
    return ImapBox(Address(folder, "127.0.0.1", port, "bounce"), word, context)


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    return self_signed(tmp_path, LOOPBACK_NAME)


def test_a_server_gives_its_mails_newest_first_and_loses_what_is_removed(
    certificate: Certificate,
) -> None:
    with imap(certificate, u1=b"first\r\n", u7=b"second (\r\n)\r\n") as (port, mails):
        with box_at(port, certificate.trusted()) as box:
            found = list(box.mails())
            box.remove("1")
        assert [("7", b"second (\r\n)\r\n"), ("1", b"first\r\n")] == found
        assert {"7"} == set(mails)


def test_an_empty_mailbox_is_no_trouble(certificate: Certificate) -> None:
    with imap(certificate) as (port, _), box_at(port, certificate.trusted()) as box:
        assert [] == list(box.mails())


def test_every_refusal_is_told_without_a_word_of_the_server(
    certificate: Certificate, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    stranger = self_signed(other, OTHER_NAME)
    with imap(certificate) as (port, _):
        told = {}
        for name, box in {
            "login": box_at(port, certificate.trusted(), word="guessed"),
            "folder": box_at(port, certificate.trusted(), folder="Elsewhere"),
            "certificate": box_at(port, stranger.trusted()),
            "nobody": box_at(9, certificate.trusted()),
        }.items():
            with pytest.raises(LichtbriefError) as caught, box:
                pass
            told[name] = caught.value.message
    refused = "the mailbox's server refused"
    assert {"login": refused, "folder": refused} == {n: told[n] for n in ("login", "folder")}
    assert "the mailbox's certificate is not to be trusted" == told["certificate"]
    assert told["nobody"].startswith("the mailbox's server does not answer")
