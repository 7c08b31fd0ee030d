"""The bytes of a mail with a text and an HTML part (RFC 5322, RFC 2045, RFC 2046).

The standard library's `EmailMessage` makes the same in three times the time, breaks long addresses,
puts encoded words into List-* and loses spaces between them.
"""

import re
from binascii import b2a_qp
from collections.abc import Iterable
from email.header import Header
from functools import lru_cache

CRLF = "\r\n"


def alternatives(
    head: Iterable[tuple[str, str]], text: str, html: str, *, language: str, boundary: str
) -> bytes:
    """A whole mail; the `head`'s values travel exactly as they are, in ASCII.

    The bodies are quoted-printable: no line is longer than 76, so no relay has a reason to break
    the link's (RFC 5321 4.5.3.1.6). `boundary` begins with `=_`, which never occurs in them.
    """
    whole = (
        *head,
        ("MIME-Version", "1.0"),
        ("Content-Type", f'multipart/alternative; boundary="{boundary}"'),
        ("Content-Language", language),
    )
    lines = [f"{name}: {value}".encode("ascii") for name, value in whole]
    for kind, content in (("plain", text), ("html", html)):
        lines += [
            b"",
            f"--{boundary}".encode("ascii"),
            f'Content-Type: text/{kind}; charset="utf-8"'.encode("ascii"),
            b"Content-Transfer-Encoding: quoted-printable",
            b"",
            quoted_printable(content),
        ]
    lines += [f"--{boundary}--".encode("ascii"), b""]
    return CRLF.encode("ascii").join(lines)


def quoted_printable(text: str) -> bytes:
    r"""Text in lines of at most 76 ASCII characters, each ended by CRLF (RFC 2045 6.7).

    >>> quoted_printable("é\nb")
    b'=C3=A9\r\nb\r\n'
    """
    lines = re.sub(r"\r\n|\r|\n", CRLF, text)
    # b2a_qp ends its own lines as it finds the first one ended: there must be one.
    whole = lines if lines.endswith(CRLF) else lines + CRLF
    return b2a_qp(whole.encode("utf-8"))


@lru_cache(maxsize=64)  # the same few for every guardian of a week
def encoded(header: str, text: str) -> str:
    """Text as a header may hold it: encoded words of at most 75 characters, if it needs them."""
    if text.isascii():
        return text
    return Header(text, "utf-8", header_name=header, maxlinelen=75).encode(linesep=CRLF)
