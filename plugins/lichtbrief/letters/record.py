"""Once a year in a letter: what is on record from its guardian, and what silence means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from lichtbrief.consent import Recorded, Rules
from lichtbrief.letters.letterhead import Letterhead
from lichtbrief.letters.reply_words import REPLIES
from lichtbrief.theme import Theme

TEMPLATE, SHEETS = "record.html", "reminders.html"
SAID: Mapping[str, str] = {
    "yes": "yes, since %(day)s",
    "no": "no, since %(day)s",
    "silent": "no answer",
    "expired": "yes on %(day)s, but that year is over: please answer again",
    "form-changed": "yes on %(day)s, but the question has changed since: please answer again",
}


@dataclass(frozen=True, slots=True)
class Child:
    """One child about whom the guardian decides: id, first name, and what is on record."""

    id: str
    name: str
    record: Sequence[Recorded] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The same for somebody whom no letter reaches: on paper, under their name."""

    reader: str
    language: str
    children: Sequence[Child] = field(repr=False)


def render_record(
    theme: Theme,
    language: str,
    letterhead: Letterhead,
    rules: Rules,
    children: Sequence[Child],
    *,
    answerable: bool,
) -> str:
    """The section as HTML, with a way to the form where letters are `answerable`.

    Raises LichtbriefError for a broken template.
    """
    shown = [(child, list(_audiences(theme, language, child))) for child in children]
    return theme.render(
        TEMPLATE,
        language,
        children=shown,
        contact=letterhead.contact,
        rules=rules,
        answerable=answerable,
    )


def render_sheets(
    theme: Theme, letterhead: Letterhead, language: str, rules: Rules, sheets: Sequence[Sheet]
) -> str:
    """A page for the office to print, one sheet for each; `language` is the office's."""
    shown = [
        (
            theme.words(sheet.language),
            theme.words(sheet.language).gettext("For %(reader)s") % {"reader": sheet.reader},
            render_record(
                theme, sheet.language, letterhead, rules, sheet.children, answerable=False
            ),
        )
        for sheet in sheets
    ]
    return theme.render(SHEETS, language, school=letterhead.school, sheets=shown)


def _audiences(
    theme: Theme, language: str, child: Child
) -> list[tuple[str, list[tuple[str, str]]]]:
    """By audience what is shown, and what was said of it: alike answers in one line."""
    words = theme.words(language)

    def said(one: Recorded) -> str:
        told = words.gettext(SAID[one.stands])
        return told % {"day": words.day(one.said_on)} if one.said_on else told

    def lines(some: Sequence[Recorded]) -> list[tuple[str, str]]:
        found: dict[str, list[str]] = {}
        for one in some:
            what = words.gettext(REPLIES[f"what-{one.purpose[1]}"])
            found.setdefault(said(one), []).append(what)
        return [(" · ".join(whats), told) for told, whats in found.items()]

    return [
        (words.gettext(REPLIES[f"for-{audience}"]), lines(list(some)))
        for audience, some in groupby(child.record, key=lambda one: one.purpose[0])
    ]
