"""A mail to oneself: what a gateway may do to its link, and what is said about it."""

import pytest

from lichtbrief.delivery.canary import compare, is_canary
from lichtbrief.findings import Verdict
from tests.delivery.school import CODE, LINK, URL, weekly_mail

IDENTITY = "2026-W47.k4w7qv3ztm5x2rwy6c7dhbnlsf"


def arrived(*changes: tuple[str, str]) -> bytes:
    """This week's mail with changes in its decoded text, as a gateway writes it anew."""
    target = LINK.whole.replace("&", "&amp;")
    text = (
        f"Message-ID: <{IDENTITY}@lichtbron.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/alternative; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/plain\r\n\r\nLees:\r\n\r\n{LINK.whole}\r\n\r\n{URL}\r\n"
        f'--b\r\nContent-Type: text/html\r\n\r\n<a href="{target}">Lees</a>\r\n'
        "--b--\r\n"
    )
    for old, new in changes:
        text = text.replace(old, new)
    return text.encode()


def test_a_mail_that_nobody_touched_is_good() -> None:
    assert Verdict.OK is compare(weekly_mail().content, LINK).verdict
    assert Verdict.OK is compare(arrived(), LINK).verdict


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("#", "%23", "arrived, but the # before the key in its link became %23"),
        (f"#{CODE}", "", "arrived, but the key behind the # of its link is gone"),
        ("https://", "https://safe.example/?u=https://", "arrived, but its link was rewritten"),
        ("href=", "src=", "arrived, but its link was rewritten"),
        ("Content-Type: text/plain", "Content-Type: text/plain; charset=no-such", "arrived, but"),
    ],
)
def test_what_a_gateway_did_is_named(old: str, new: str, words: str) -> None:
    found = compare(arrived((old, new)), LINK)
    assert Verdict.FAILED is found.verdict
    assert found.words.startswith(words)
    assert found.todo


def test_it_is_known_by_its_identity_or_by_the_name_in_its_link() -> None:
    name = URL.partition("letters/")[2].partition(".html")[0]
    assert is_canary(arrived(), IDENTITY)
    assert is_canary(arrived((f"{IDENTITY}@", "0102018f@")), f"canary.{name}")
    assert not is_canary(arrived((IDENTITY, "canary.0000")), IDENTITY)


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 50, b"Message-ID: =?x?q?<?=\r\n\r\n"])
def test_what_is_no_mail_is_no_canary(content: bytes) -> None:
    assert not is_canary(content, IDENTITY)
    assert Verdict.FAILED is compare(content, LINK).verdict
