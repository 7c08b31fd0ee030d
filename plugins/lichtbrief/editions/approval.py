"""Approvals: a second pair of eyes has seen a post exactly as it is, and says so in its header.

`Approved-By: directeur-els sha256:…` binds the approval to the place of the post, to its words, its
translations and tables, and to every file that it shows; whatever of these changes, it is worth
nothing any more.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from lichtbrief.editions.places import POST
from lichtbrief.editions.post import Post
from lichtbrief.editions.source import Source

KEY = "approved-by"
LABEL = "Approved-By"
DOMAIN = "lichtbrief approval 1"

_WRITTEN = re.compile(r"(\S+) sha256:([0-9a-f]{64})")
_LINE_END = re.compile(r"(\r\n|\r|\n)")
_TEXTS = frozenset({".md", ".csv", ".vtt"})


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved a post, and the digest (hex) of what they saw."""

    by: str
    digest: str

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read what `str` writes; None for anything else."""
        match = _WRITTEN.fullmatch(text)
        return cls(match[1], match[2]) if match else None

    def __str__(self) -> str:
        return f"{self.by} sha256:{self.digest}"


def digest_of_post(post: Post) -> str:
    """SHA-256 (hex) of everything that parents may get to see of a post; raises OSError.

    Line ends do not count: Git may write others on another machine.
    """
    texts = (path for path in post.path.parent.iterdir() if path.suffix.lower() in _TEXTS)
    seen = {path.name: _digest(path) for path in texts}
    seen |= {photo.file: photo.digest for photo in post.photos}
    seen |= {file.file: file.digest for file in post.files}
    files = (part for name_and_digest in sorted(seen.items()) for part in name_and_digest)
    return hashlib.sha256("\0".join((DOMAIN, post.id, *files)).encode()).hexdigest()


def _digest(path: Path) -> str:
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    lines = _unapproved(text) if path.name == POST else _LINE_END.split(text)[::2]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _unapproved(text: str) -> Iterator[str]:
    """The lines of a post but for its approval."""
    source = Source.of(POST, text)
    taken = {entry.line for entry in source.header.get(KEY, ())}
    return (line for number, line in enumerate(source.lines, start=1) if number not in taken)


def with_approval(text: str, approval: Approval) -> str:
    """A post's text with this approval as the last line of its header, in place of any other.

    `text` has the header of a post that could be read.
    """
    header = Source.of(POST, text).header
    old = {entry.line for entry in header.get(KEY, ())}
    last = max(entry.line for key, found in header.items() if key != KEY for entry in found)
    parts = _LINE_END.split(text)
    lines, ends = parts[::2], [*parts[1::2], ""]
    end = ends[0] or "\n"
    out: list[str] = []
    for number, (line, after) in enumerate(zip(lines, ends, strict=True), start=1):
        if number not in old:
            out += (line, after)
        if number == last:
            out += ("" if after else end, f"{LABEL}: {approval}", end)
    return "".join(out)
