"""The errors that a person is meant to read: a message, and a hint that says what to do."""

from collections.abc import Iterable
from dataclasses import dataclass


class LichtbriefError(Exception):
    """Something was refused or failed; `message` says what, `hint` what to do about it.

    Neither ever holds a name, an address, a signed link or a key.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """All of it in one text: what Pelican shows when it runs by itself."""
        return f"{self.message} ({self.hint})" if self.hint else self.message


class PausedError(LichtbriefError):
    """Something ended before its end, and nothing is wrong: another run goes on with the rest."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one file: where it stands, what it says, what is wrong and what to do.

    `line` counts from 1; `column` is the column's or field's name; `value` is shown as found,
    but the shape only (see `shape`) where the field holds personal data.
    """

    file: str
    what: str
    todo: str
    line: int | None = None
    column: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        field = "" if self.column is None else f" {self.column}"
        value = "" if self.value is None else f" “{self.value}”"
        return f"{place}:{field}{value} {self.what}; {self.todo}"


class ProblemsError(LichtbriefError):
    """Every problem found in the input, at once; nothing was built or sent."""

    def __init__(self, message: str, problems: Iterable[Problem], hint: str = "") -> None:
        super().__init__(message, hint)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        """The error with every problem on a line of its own."""
        return "\n".join([super().__str__(), *map(str, self.problems)])


class ReportedError(LichtbriefError):
    """What Pelican reported while it went on; `lines` are its words, one report each."""

    def __init__(self, message: str, lines: Iterable[str], hint: str = "") -> None:
        super().__init__(message, hint)
        self.lines = tuple(lines)


def shape(text: str) -> str:
    """The form of a personal value without the value: letters become x, digits 9.

    >>> shape("anna.bakker@@example.org")
    'xxxx.xxxxxx@@xxxxxxx.xxx'
    """
    return "".join("x" if c.isalpha() else "9" if c.isdigit() else c for c in text)
