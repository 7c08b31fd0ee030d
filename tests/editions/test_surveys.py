"""A teacher asks parents something: what makes a survey, and what is wrong with one."""

from datetime import date

import pytest

from lichtbrief.editions import PostKind, questions_in
from tests.editions.school import HEADER, Desk

SURVEY = f"{HEADER}Kind: survey\nUntil: 2026-12-04\n"
TEXT = "Denkt u mee?\n\n1. Gaat uw kind *graag*?\n2. Hoort u genoeg?\n"


def test_the_items_of_its_numbered_list_are_the_questions(desk: Desk) -> None:
    desk.write(TEXT, SURVEY)
    post = desk.post()
    assert (PostKind.survey, date(2026, 12, 4)) == (post.kind, post.until)
    assert ("Gaat uw kind graag?", "Hoort u genoeg?") == questions_in(post.html)


@pytest.mark.parametrize(
    ("text", "header", "what"),
    [
        (TEXT, SURVEY.replace("Until: 2026-12-04\n", ""), "is missing in a survey"),
        (TEXT, SURVEY.replace("2026-12-04", "volgende week"), "is no day"),
        (TEXT, SURVEY.replace("2026-12-04", "2026-11-17"), "is not within three weeks after Date"),
        (TEXT, SURVEY.replace("2026-12-04", "2026-12-09"), "is not within three weeks after Date"),
        (TEXT, f"{HEADER}Until: 2026-12-04\n", "belongs to a post of another kind"),
        ("Geen vragen.", SURVEY, "has no questions"),
        (f"{TEXT}\n---\n\n1. Nog een lijst\n", SURVEY, "has no questions"),
        ("1. Vraag\n    - met een lijst\n", SURVEY, "has no questions"),
        ("".join(f"{n}. Vraag\n" for n in range(1, 22)), SURVEY, "has no questions"),
    ],
)
def test_what_is_wrong_is_said(desk: Desk, text: str, header: str, what: str) -> None:
    desk.write(text, header)
    _, problems = desk.read()
    assert any(what in problem.what for problem in problems), problems


def test_a_translation_asks_as_many(desk: Desk) -> None:
    folder = desk.write(TEXT, SURVEY)
    (folder / "post.en.md").write_text("Title: Questions\n\n1. Does your child like it?\n")
    _, (problem,) = desk.read()
    assert "has other questions in its translation (en)" == problem.what
