"""Pupils who are named in posts: where one may not be, the post is kept back until it is rewritten.

The words about it are the same whatever the reason, and say nothing of who answered what.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from lichtbrief.consent import (
    Decider,
    Declaration,
    Facts,
    Mention,
    NameFinder,
    Permit,
    audience_of,
)
from lichtbrief.consent.folding import words_of
from lichtbrief.editions import Post, words_in
from lichtbrief.editions.films import CAPTIONS
from lichtbrief.editions.source import Source
from lichtbrief.errors import Problem
from lichtbrief.roster import Audience, Kind, Roster
from lichtbrief.settings import Settings

REWRITE = "write “een leerling” or leave the name out"
WHOLE = "if you mean somebody else, write the whole name"


@dataclass(frozen=True, slots=True)
class Naming:
    """What names are judged by: the roster's names, and what its facts permit now.

    `audience` is asked for instead of the one that each post goes to, where it is given.
    """

    settings: Settings
    roster: Roster
    decider: Decider
    finder: NameFinder
    audience: Audience | None = None
    _present: dict[date, frozenset[str]] = field(default_factory=dict)
    _may: dict[tuple[str, Audience, date], bool] = field(default_factory=dict)

    @classmethod
    def of(
        cls, settings: Settings, roster: Roster, moment: datetime, audience: Audience | None = None
    ) -> "Naming":
        """Arrange it once for all posts."""
        finder = NameFinder.of(roster.pupils.values(), roster.staff.values())
        decider = Decider(moment, Facts.of(roster), settings.rules)
        return cls(settings, roster, decider, finder, audience)

    def problems(self, post: Post) -> tuple[Problem, ...]:
        """Every name in a post that may not stand there, and how to rewrite it."""
        refused = dict.fromkeys(
            (words.file, words.field, words.beside_photo, mention)
            for words in words_in(post)
            for mention in self.finder.find(words.text, self._at_school(post.on))
            if words.beside_photo or not self._may_be_named(mention, post)
        )
        if not refused:
            return ()
        files = {file for file, *_ in refused}
        root = self.settings.content.parent
        texts = {file: _Text(post.path.with_name(file), root) for file in files}
        return tuple(
            texts[file].problem(field, beside, mention, _words(mention, beside=beside))
            for file, field, beside, mention in refused
        )

    def _at_school(self, day: date) -> frozenset[str]:
        if day not in self._present:
            self._present[day] = self.roster.at_school(day)
        return self._present[day]

    def _may_be_named(self, mention: Mention, post: Post) -> bool:
        """Whether all who may be meant may be named: which of them it is, nobody can tell."""
        return all(self._may_pupil(pupil, post) for pupil in mention.pupils)

    def _may_pupil(self, pupil: str, post: Post) -> bool:
        audience = self.audience or audience_of(post.groups)
        key = pupil, audience, post.on
        if key not in self._may:
            named = Declaration(
                declared=True, people=frozenset({pupil}), attested_by=None, bytes_match=True
            )
            decision = self.decider.decide(named, audience, Kind.name, post.on)
            self._may[key] = isinstance(decision, Permit)
        return self._may[key]


def _words(mention: Mention, *, beside: bool) -> tuple[str, str]:
    """What is wrong, and what to do: ids are named, for the name itself would be in a log."""
    who = " or ".join(sorted(mention.pupils))
    if beside:
        return f"names {who} beside a photo, where nobody is named", REWRITE
    if len(mention.pupils) > 1:
        return f"names {who}, who may not all be named here", f"{REWRITE}; {WHOLE}"
    return f"names {who}, who may not be named here", REWRITE


class _Text:
    """The files of a post, read again to say on which line something stands."""

    def __init__(self, path: Path, root: Path) -> None:
        self.path = path
        self.file = path.relative_to(root).as_posix()
        self.source = Source.of(self.file, path.read_text(encoding="utf-8"))
        table = path.with_name("photos.csv")
        self.table = table.relative_to(root).as_posix()
        lines = table.read_text("utf-8-sig", "replace").splitlines() if table.is_file() else []
        self.rows = list(enumerate(lines, start=1))

    def problem(self, field: str, beside: bool, mention: Mention, said: tuple[str, str]) -> Problem:
        """The problem with a name, at its line."""
        if entries := self.source.header.get(field):
            return Problem(self.file, *said, entries[0].line, field.capitalize())
        if field.endswith(CAPTIONS):
            return self._in_captions(field, mention, said)
        body = list(enumerate(self.source.lines, start=1))[self.source.body :]
        images = [(number, line) for number, line in body if "![" in line]
        line = (_line(images, mention) if beside else None) or (
            None if field else _line(body, mention)
        )
        if line is None and (row := _line(self.rows, mention)):
            return Problem(self.table, *said, row, field)
        return Problem(self.file, *said, line, field if line is None and field else None)

    def _in_captions(self, name: str, mention: Mention, said: tuple[str, str]) -> Problem:
        text = self.path.with_name(name).read_text("utf-8-sig", "replace")
        lines = list(enumerate(text.splitlines(), start=1))
        return Problem(self.file.replace(self.path.name, name), *said, _line(lines, mention))


def _line(lines: Iterable[tuple[int, str]], mention: Mention) -> int | None:
    """The first of these lines with the name in it."""
    return next(
        (number for number, line in lines if mention.word in (w.folded for w in words_of(line))),
        None,
    )
