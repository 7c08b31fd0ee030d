"""A letter as a file: what stands in it in clear, and what does not."""

import base64
import gzip
import hashlib
import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from lichtbrief.errors import LichtbriefError
from lichtbrief.letters import Letter, on_the_wire, read_reader
from lichtbrief.letters.letter import envelope
from lichtbrief.letters.words import reader_words
from lichtbrief.sealing import SealedReader
from tests.letters.site import (
    KEY,
    LETTER_ID,
    THEME,
    UNTIL,
    WEEK,
    Picture,
    edition,
    letter,
)

PAGE = "<article class='post'><h2>Naar het bos</h2><p>Het regende.</p></article>"
_, GRANTED = edition("groep-3", "De Uilen", PAGE, [Picture(alt="Een natte hond")])
LARGEST = 16_000


def between(html: str, start: str, end: str) -> str:
    return html.partition(start)[2].partition(end)[0]


def test_the_same_letter_is_the_same_bytes() -> None:
    assert letter([GRANTED]) == letter([GRANTED])


def test_nothing_of_the_news_or_of_the_guardian_stands_in_it_in_clear() -> None:
    html = letter([GRANTED]).decode().replace(read_reader(THEME.static).script, "")
    private = ("Uilen", "bos", "regende", "hond", "groep-3", "W47", "mother", ".sealed", "Samira")
    assert [word for word in private if word in re.sub("[A-Za-z0-9+/]{100,}", "", html)] == []
    assert base64.b64encode(GRANTED.key).decode() not in html


def test_the_envelope_opens_with_the_letters_key_and_holds_what_was_granted() -> None:
    sealed = base64.b64decode(between(letter([GRANTED]).decode(), 'id="envelope">', "<"))
    opened = SealedReader.unlock(sealed, KEY, ("letter", LETTER_ID)).first()
    content = json.loads(gzip.decompress(opened))
    assert content == {
        "format": "lichtbrief letter 1",
        "week": "2026-W47",
        "until": "2026-11-27T15:00:00Z",
        "reader": "Samira el Idrissi",
        "older": [],
        "calendar": "",
        "editions": [
            {
                "group": "groep-3",
                "url": "groep-3.sealed",
                "key": base64.urlsafe_b64encode(GRANTED.key).decode(),
                "start": GRANTED.start,
                "index": GRANTED.index,
                "page": PAGE,
            }
        ],
    }


def test_a_letter_whose_end_has_no_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        envelope(Letter(LETTER_ID, WEEK, UNTIL.replace(tzinfo=None), [GRANTED]))


def test_the_end_is_written_in_utc() -> None:
    local = datetime.fromisoformat("2026-11-27T16:00:00+01:00")
    one, other = (Letter(LETTER_ID, WEEK, until, []) for until in (local, UNTIL))
    assert envelope(one) == envelope(other)


def test_the_policy_lets_in_this_script_and_this_style_and_nothing_else() -> None:
    html = letter([GRANTED]).decode()

    def digest(tag: str) -> str:
        text = between(html, f"<{tag}>", f"</{tag}>")
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    assert between(html, 'Content-Security-Policy" content="', '"') == (
        f"default-src 'none'; script-src 'sha256-{digest('script')}'; "
        f"style-src 'sha256-{digest('style')}'; img-src blob:; media-src blob:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types lichtbrief"
    )


def test_it_asks_for_nothing_from_anywhere() -> None:
    html = letter([GRANTED]).decode()
    assert re.findall(r"(?:src|href)=\"(?!mailto:)[^\"]*|https?://\S+|@import|url\(", html) == []
    assert re.findall(r" style=| on[a-z]+=", between(html, "<body", "<script")) == []


@pytest.mark.parametrize(
    "line",
    [
        '<meta name="referrer" content="no-referrer">',
        '<meta name="robots" content="noindex, nofollow, noarchive">',
        "<title>De Lichtbron</title>",
    ],
)
def test_its_head_tells_nobody_anything(line: str) -> None:
    assert line in letter([GRANTED]).decode()


@pytest.mark.parametrize("language", sorted(THEME.languages))
def test_reader_and_words_of_one_language_fit_in_16_000_bytes(language: str) -> None:
    reader = read_reader(THEME.static)
    # As the template writes them.
    words = json.dumps(reader_words(THEME.words(language)), sort_keys=True, ensure_ascii=False)
    size = len(on_the_wire((reader.script + reader.style + words).encode()))
    assert size <= LARGEST, f"{size} bytes"


def test_a_guardian_whose_language_the_theme_does_not_speak_reads_dutch() -> None:
    assert letter([GRANTED], "so") == letter([GRANTED], "nl")


def test_the_letter_is_in_the_guardians_language() -> None:
    assert '<html lang="en-GB" dir="ltr">' in letter([GRANTED], "en").decode()


def test_a_reader_without_its_files_is_an_error_with_words(tmp_path: Path) -> None:
    with pytest.raises(LichtbriefError, match=r"sealed\.js cannot be read"):
        read_reader(tmp_path)


@pytest.mark.parametrize("text", ["'</SCRIPT>'", "'<!-- <script>'"])
def test_a_script_that_would_end_too_early_is_refused(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "reader"
    folder.mkdir()
    for path in (THEME.static / "reader").iterdir():
        (folder / path.name).write_text(text, encoding="utf-8")
    with pytest.raises(LichtbriefError, match="holds"):
        read_reader(tmp_path)


def test_comments_stay_at_home() -> None:
    reader = read_reader(THEME.static)
    assert re.findall(r"/\*|\*/|^ *//.*", reader.script + reader.style, re.MULTILINE) == []
