"""The bytes of any text: short lines, and the same text again when they are decoded."""

import quopri

from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.delivery.mime import quoted_printable

texts = st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("=. \t\r\né")))


@given(texts)
def test_any_text_comes_back_and_no_line_is_long(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    lines += "" if lines.endswith("\r\n") else "\r\n"
    coded = quoted_printable(text)
    assert lines.encode() == quopri.decodestring(coded)
    assert all(len(line) <= 76 for line in coded.split(b"\r\n"))
    assert coded.isascii()
    assert b"\n" not in coded.replace(b"\r\n", b"")
    assert b"=_" not in coded


@given(st.text(alphabet="abcdef0123456789%&=?./:#-_", min_size=60, max_size=900))
def test_the_longest_link_survives_byte_for_byte(rest: str) -> None:
    link = f"https://brieven.example/{rest}"
    assert f"{link}\r\n".encode() == quopri.decodestring(quoted_printable(link))
