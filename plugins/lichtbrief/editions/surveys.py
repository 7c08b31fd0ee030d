"""Surveys: the questions of such a post are the items of its one numbered list."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from lichtbrief.editions.post import Text
from lichtbrief.editions.tidying import parse

MOST = 20
LONGEST = timedelta(days=21)  # answers wait in letterboxes, which are looked into for five weeks
EXAMPLE = "2026-12-04"

Fault = tuple[str, str]  # what is wrong, and what to do


def until_of(text: str, at: datetime) -> tuple[date | None, Fault | None]:
    """The last day on which a survey can be answered, or what is wrong with it."""
    if not text:
        return None, ("is missing in a survey", f"write the last day, as in Until: {EXAMPLE}")
    try:
        until = date.fromisoformat(text)
    except ValueError:
        return None, ("is no day", f"write it as {EXAMPLE}")
    if at == datetime.min or at.date() < until <= at.date() + LONGEST:
        return until, None
    return None, ("is not within three weeks after Date", "write a day in them")


def questions_in(html: str) -> tuple[str, ...]:
    """The questions in a post's safe HTML; nothing where it has not one numbered list of them."""
    lists = parse(html).find_all("ol")
    if len(lists) != 1 or lists[0].find(["ol", "ul"]) is not None:
        return ()
    items = lists[0].find_all("li", recursive=False)
    found = tuple(" ".join(item.get_text().split()) for item in items)
    return found if all(found) and len(found) <= MOST else ()


def faults_of(own: str, translations: Sequence[Text]) -> Iterator[Fault]:
    """What is wrong with the questions of a survey: its own, or those of a translation."""
    questions = questions_in(own)
    if not questions:
        todo = f"write them as one numbered list (1. … 2. …) with no list in it, at most {MOST}"
        yield "has no questions that parents could answer", todo
        return
    for text in translations:
        if len(questions_in(text.html)) != len(questions):
            todo = f"write {len(questions)} in post.{text.lang}.md, in the same order"
            yield f"has other questions in its translation ({text.lang})", todo
