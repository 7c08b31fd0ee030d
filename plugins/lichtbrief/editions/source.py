"""A post's text as it stands in its file: which line says what, and what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lichtbrief.errors import Problem

# As in Python-Markdown's `meta` extension, which reads the same lines.
_KEY = re.compile(r" {0,3}([A-Za-z0-9_-]+):\s*(.*)")
_MORE = re.compile(r" {4,}")
_FENCE = re.compile(r"-{3}(\s.*)?")
_END = re.compile(r"(-{3}|\.{3})(\s.*)?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the header: the key's text and where it stands, counted from 1."""

    text: str
    line: int


@dataclass(slots=True)
class Source:
    """One post while it is read; collects what is wrong with it.

    `file` is its name in problems, `header` its entries by lower-case key, `body` the number of
    lines before its text.
    """

    file: str
    lines: tuple[str, ...]
    header: Mapping[str, tuple[Entry, ...]]
    body: int
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def of(cls, file: str, text: str) -> "Source":
        """Take the header and the lines from a file's text."""
        lines = tuple(re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")))
        header, body = _header(lines)
        return cls(file, lines, header, body)

    def first(self, key: str) -> str:
        """What a key's first line says; empty without the key."""
        entries = self.header.get(key)
        return entries[0].text if entries else ""

    def line_of(self, text: str) -> int | None:
        """The first line below the header that holds `text`, or None."""
        if not text:
            return None
        body = enumerate(self.lines[self.body :], start=self.body + 1)
        return next((number for number, line in body if text in line), None)

    def in_header(self, key: str, what: str, todo: str) -> None:
        """Note a problem with a key: at its line, with its text, or at the top when it lacks."""
        entries = self.header.get(key)
        line, value = (entries[0].line, entries[0].text) if entries else (1, None)
        self.problems.append(Problem(self.file, what, todo, line, key.capitalize(), value))

    def in_text(self, found: str, what: str, todo: str) -> None:
        """Note a problem with something in the text, at the line where `found` stands."""
        line = self.line_of(f"({found}") or self.line_of(found)
        self.problems.append(Problem(self.file, what, todo, line, value=found or None))


def _header(lines: tuple[str, ...]) -> tuple[dict[str, tuple[Entry, ...]], int]:
    """The entries by key, and the number of lines that they take."""
    found: dict[str, tuple[Entry, ...]] = {}
    key = ""
    start = 1 if lines and _FENCE.fullmatch(lines[0]) else 0
    for number in range(start, len(lines)):
        line = lines[number].expandtabs(4)
        if not line.strip() or _END.fullmatch(line):
            return found, number + 1
        match = _KEY.match(line)
        if match is None and not (key and _MORE.match(line)):
            return found, number
        text = line.strip() if match is None else match[2].strip()
        key = key if match is None else match[1].lower()
        found[key] = (*found.get(key, ()), Entry(text, number + 1))
    return found, len(lines)
