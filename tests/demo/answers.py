"""What some parents of the shipped school answer on Friday afternoon, each in their own letter."""

from collections.abc import Callable, Mapping, Sequence

from playwright.sync_api import Locator, Page, expect

from tests.demo.keyboard import Form, reach

THREE = "Drie kinderen op het bladertapijt, een van hen zwaait"  # the photo of the doubt
Answer = Callable[[Page], None]


def post(page: Page, title: str) -> Locator:
    """This week's post of this title."""
    return page.locator("#letter > .group > .post", has=page.get_by_role("heading", name=title))


def own(page: Page, title: str) -> Locator:
    """The form at the end of the letter that has this summary."""
    return page.locator(".answers > details", has=page.locator("summary", has_text=title))


def comes_with_two(page: Page) -> None:
    """To the party of letters, with somebody who walks slowly."""
    form = Form.open(page, post(page, "Letterfeest").locator(".reply").first)
    form.choose(0, "yes").count(2).write("Oma is slecht ter been.").send()


def stays_at_home(page: Page) -> None:
    """Not to the dinner; in Arabic."""
    Form.open(page, post(page, "Kerstdiner").locator(".reply").first).choose(0, "no").send("Space")


def writes_to_the_teacher(page: Page) -> None:
    """About Anna."""
    form = Form.open(page, own(page, "Een bericht onder vier ogen"))
    form.choose(1, "anna-b").write("Anna heeft slecht geslapen.").send()


def writes_to_the_director(page: Page) -> None:
    """About Bram, in the same form."""
    form = Form(page, own(page, "Een bericht onder vier ogen"))
    form.choose(0, "director").choose(1, "bram-b").write("Kan ik u spreken over Bram?").send()


def says_no(page: Page) -> None:
    """Sem's mother: no photos of him for his group from now on."""
    Form.open(page, own(page, "Wat mag er van Sem te zien zijn?")).choose(0, "no").send(
        answer="choices-sent"
    )


def doubts_a_photo(page: Page) -> None:
    """From the photo, where it is large."""
    photo = page.get_by_role("button", name=THREE)
    reach(page, photo)
    page.keyboard.press("Enter")
    reach(page, page.locator("dialog .doubt"))
    page.keyboard.press("Enter")
    form = Form(page, page.locator(".doubting[open]"))
    chosen = form.place.locator("select")
    expect(chosen).to_be_focused()
    expect(chosen).to_have_value(THREE)
    form.write("Dit wil zij vast niet.").send()


def doubts_a_post(page: Page) -> None:
    """All of it, without a word why."""
    Form.open(page, post(page, "Van wie is die blauwe jas?").locator(".doubting")).send("Space")


def chooses_times(page: Page) -> None:
    """Of both children's talks: together with the father, and first of all on Tuesday."""
    form = Form.open(page, post(page, "Oudergesprekken van groep 1/2").locator(".reply").first)
    form.send_incomplete(form.place.get_by_label("Wie komt er naar het gesprek?"))
    form.choose(0, "together").choose(1, "2026-12-01T15:40").choose(2, "2026-12-03T18:30")
    form.write("Graag met een tolk.").send()
    form = Form.open(
        page, post(page, "Gesprekken over het voorlopig advies").locator(".reply").first
    )
    form.choose(0, "together").choose(1, "2026-12-08T15:15").choose(4, "no").send("Space")


def wants_it_daily_in_dutch(page: Page) -> None:
    """Who reads English until now."""
    form = Form.open(page, page.locator(".answers > details").last)
    form.choose(0, "direct").choose(1, "nl").send()


def asked(*answers: str, words: str = "") -> Answer:
    """What somebody says to the first questions of the survey, and in their own words."""

    def answer(page: Page) -> None:
        form = Form.open(page, page.locator(".post.survey .reply").first)
        for number, value in enumerate(answers):
            form.choose(number, value)
        (form.write(words) if words else form).send()

    return answer


FIRST: Mapping[str, Sequence[Answer]] = {
    "g01": (
        comes_with_two,
        asked("yes", "yes", words="Dank u"),
        writes_to_the_teacher,
        writes_to_the_director,
    ),
    "g03": (says_no,),
    "g05": (asked("mostly", "partly", "hardly", "no", "yes"),),
    "g09": (doubts_a_photo, doubts_a_post),
    "g11": (stays_at_home, asked("yes")),
    "g12": (chooses_times,),
    "g17": (asked("no", words="More English, please"), wants_it_daily_in_dutch),
}
"""By guardian: what comes in before the school looks for the first time."""

LATER: Mapping[str, Sequence[Answer]] = {
    "g07": (asked("mostly"),),
    "g16": (asked("mostly"),),
}
"""And what comes in after that. They speak all six languages: nl, tr, ar, en, pl and uk."""
