"""`lichtbrief survey`: what parents answered to a survey, from five answers on, without names."""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

from lichtbrief.cli.common import PUBLISHING, add_common, answer, site_of
from lichtbrief.cli.tables import summary
from lichtbrief.editions import Week, code_of_post, find_place
from lichtbrief.jobs.answers.desk import answered_desk
from lichtbrief.jobs.answers.surveys import FEWEST, Tally
from lichtbrief.replies import Scale
from lichtbrief.settings import Settings, read_settings

TOO_FEW = "Fewer than five have answered: until then nobody is shown anything of it.\n"
WORDS: Mapping[Scale, str] = {
    Scale.yes: "yes, certainly",
    Scale.mostly: "mostly",
    Scale.partly: "somewhat",
    Scale.hardly: "hardly",
    Scale.no: "not at all",
}


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument(
        "post", type=Path, metavar="POST", help="its folder, as in school/2026-11-20-vragen"
    )
    add_common(parser, PUBLISHING, week="")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Show how many said what."""
    tally = _tally(read_settings(site_of(options)), options.post)
    told = tally if tally and tally.is_told else None
    answer(options, _as_json(told), "\n".join(_lines(told)) if told else TOO_FEW)
    return 0


def _tally(settings: Settings, folder: Path) -> Tally | None:
    """What has been counted; None while nothing has."""
    place = find_place(settings.groups_folder, folder)
    with answered_desk(settings) as desk:
        surveys = desk.surveys.get(Week.of(place.day).school_year)
        return surveys.all().get(code_of_post(place.id)) if surveys else None


def _said(sums: Mapping[Scale, int]) -> Mapping[Scale, int] | None:
    """How many said what to one question; None when fewer than five answered it."""
    said = {word: sums.get(word, 0) for word in WORDS}
    return said if sum(said.values()) >= FEWEST else None


def _as_json(told: Tally | None) -> Mapping[str, object]:
    if told is None:
        return {"told": False}
    questions = [
        {"question": question, "said": _said(sums)}
        for question, sums in zip(told.questions, told.sums, strict=True)
    ]
    return {"told": True, "people": told.people, "questions": questions, "words": told.words}


def _lines(told: Tally) -> Iterator[str]:
    yield f"{told.people} parents have answered.\n"
    for number, (question, sums) in enumerate(zip(told.questions, told.sums, strict=True), 1):
        said = _said(sums)
        title = f"{number}. {question}"
        if said is None:
            yield f"{title}\n  fewer than five answered this\n"
        else:
            yield summary(title, [(WORDS[word], count, "") for word, count in said.items()])
    if told.words:
        yield "In their own words, in order of the alphabet:\n"
        for words in told.words:
            yield "\n".join(f"  | {line}" for line in words.split("\n")) + "\n"
