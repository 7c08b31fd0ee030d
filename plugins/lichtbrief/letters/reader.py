"""The reader: one script and one style for every letter, and the policy that lets in only these."""

import base64
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import rcssmin
import rjsmin

from lichtbrief.errors import LichtbriefError

# In this order: what a file needs while it loads stands before it.
SCRIPTS = (
    "sealed.js",
    "words.js",
    "texts.js",
    "parts.js",
    "photos.js",
    "films.js",
    "files.js",
    "viewer.js",
    "page.js",
    "calendar.js",
    "archive.js",
    "reader.js",
)
# Only in letters that can be answered, or ask for a passphrase: before the last, which starts it.
REPLIES = ("reply.js", "sending.js", "forms.js", "questions.js")
LOCKED = ("passphrase.js",)
SURVEYS = ("survey.js",)  # and only in those of them that ask one
STYLE, REPLIES_STYLE = "reader.css", "forms.css"

POLICY = (
    "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; "
    "img-src blob:; media-src blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types lichtbrief"
)


@dataclass(frozen=True, slots=True)
class Reader:
    """The script and the style as they stand in a letter, between their tags."""

    script: str
    style: str

    @property
    def policy(self) -> str:
        """The letter's Content-Security-Policy: this script, this style and sealed data only."""
        return POLICY.format(script=_sha256(self.script), style=_sha256(self.style))


def read_reader(
    static: Path,
    school_style: str = "",
    *,
    replies: bool = False,
    locked: bool = False,
    surveys: bool = False,
) -> Reader:
    """The reader from the theme's `static/reader/`, its style followed by the school's own.

    With `replies` it can send some, with `surveys` answers to one; that of a `locked` letter asks
    for a passphrase.

    Raises LichtbriefError when a file is missing, or holds what would end its tag too early.
    """
    folder = static / "reader"
    sent = (*REPLIES, *(SURVEYS if surveys else ())) if replies else ()
    more = (*sent, *(LOCKED if locked else ()))
    scripts = (*SCRIPTS[:-1], *more, SCRIPTS[-1])
    styles = (STYLE, REPLIES_STYLE) if replies else (STYLE,)
    script = _small("\n".join(_read(folder / name, "</script") for name in scripts))
    style = _small_style("\n".join(_read(folder / name, "</style") for name in styles))
    style += school_style
    return Reader(script=f'"use strict";\n{script}', style=style)


@lru_cache(maxsize=8)
def _small(script: str) -> str:
    """The script as every guardian loads it every week: no comments, no idle space, same names."""
    return str(rjsmin.jsmin(script))


@lru_cache(maxsize=8)
def _small_style(style: str) -> str:
    """The same for the style."""
    return str(rcssmin.cssmin(style))


def _read(path: Path, forbidden: str) -> str:
    try:
        # HTML parsers turn CRLF into LF before the digest is taken.
        text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise LichtbriefError(
            f"the reader's {path.name} cannot be read", f"restore {path}"
        ) from error
    # `<!--` would make a later `<script` swallow the end of the tag.
    if forbidden in text.lower() or "<!--" in text:
        raise LichtbriefError(f"the reader's {path.name} holds {forbidden} or <!--", f"mend {path}")
    return text


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
