"""What a check found out: one line each, good or not, and what to do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from lichtbrief.errors import LichtbriefError


class Verdict(StrEnum):
    """How one check ended."""

    OK = "ok"
    WARNING = "warning"
    """It works, but somebody should know."""
    FAILED = "failed"
    """Nothing should be sent before this is mended."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was checked, how it ended, what was seen, and what to do; never anything secret."""

    what: str
    verdict: Verdict
    words: str
    todo: str = ""


def good(what: str, words: str) -> Finding:
    """A check that ended well."""
    return Finding(what, Verdict.OK, words)


def warning(what: str, words: str, todo: str) -> Finding:
    """A check that found something to know."""
    return Finding(what, Verdict.WARNING, words, todo)


def failed(what: str, words: str, todo: str) -> Finding:
    """A check that found something to mend."""
    return Finding(what, Verdict.FAILED, words, todo)


def tried(what: str, check: Callable[[], Finding]) -> Finding:
    """What `check` finds; its `LichtbriefError` is a failure, with its words and hint."""
    try:
        return check()
    except LichtbriefError as error:
        return failed(what, error.message, error.hint)
