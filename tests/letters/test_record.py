"""Once a year: a guardian reads what is on record from them, in their language, and no more."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, expect

from lichtbrief.consent import Facts, Rules, Stands, recorded
from lichtbrief.letters.record import Child, Sheet, render_record, render_sheets
from lichtbrief.roster import Audience, Kind
from tests.consent.case import NOW, Case, block, said
from tests.letters.site import CODE, LETTERHEAD, THEME, Site, edition, page_of

OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}

YEARLY = Rules(validity="school-year", forms={(Audience.school, Kind.photo): 2})
ANSWERED = Case().on_file(
    said("yes", at="2026-09-01T09:00"),
    said("yes", at="2026-09-01T09:00", kind=Kind.video),
    said("yes", at="2026-05-01T09:00", kind=Kind.work),
    said("withdrawn", at="2026-10-02T09:00", audience=Audience.paper),
    said("yes", at="2026-09-01T09:00", audience=Audience.school),
    said("no", guardian="bob", kind=Kind.name),
    blocks=[block("safety", "2026-01-01")],
)


def of(guardian: str, rules: Rules, case: Case = ANSWERED) -> Child:
    facts = Facts.of(case.roster).pupils["sem-k"]
    return Child("sem-k", "Sem", recorded(facts, guardian, NOW, rules))


def lines(html: str) -> list[str]:
    """The lines of the lists, and the paragraphs, as they are read."""
    found = re.findall(r"<(?:li|p|h\d)>(.*?)</(?:li|p|h\d)>", html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", "", each).split()) for each in found]


def test_a_mother_reads_her_own_answers_since_when_and_what_silence_means() -> None:
    html = render_record(THEME, "nl", LETTERHEAD, YEARLY, [of("ann", YEARLY)], answerable=True)
    assert [
        "Eén keer per jaar: uw antwoorden over foto’s en namen",
        "Dit heeft de school van u vastgelegd. Kijk of het nog klopt. Klopt het, dan hoeft u niets "
        "te doen.",
        "Sem",
        "Aan ouders van dezelfde groep",
        "Foto’s · Filmpjes: ja, sinds dinsdag 1 september 2026",
        "De voornaam: geen antwoord",
        "Tekeningen en ander werk: ja op vrijdag 1 mei 2026, maar dat jaar is voorbij: geef "
        "opnieuw antwoord",
        "Aan alle ouders van de school",
        "Foto’s: ja op dinsdag 1 september 2026, maar de vraag is sindsdien veranderd: geef "
        "opnieuw antwoord",
        "Filmpjes · De voornaam · Tekeningen en ander werk: geen antwoord",
        "Op papier, voor gezinnen die het zo lezen",
        "Foto’s: nee, sinds vrijdag 2 oktober 2026",
        "Filmpjes · De voornaam · Tekeningen en ander werk: geen antwoord",
        "Dit wijzigen voor Sem",
        "Waar u geen antwoord geeft, wordt er op uw woord niets getoond; het ja van een andere "
        "ouder die beslist is genoeg. Het nee van één ouder geldt altijd. Een ja geldt tot "
        "1 augustus. Daarna is geen antwoord weer een nee. Een nee geldt tot u ja zegt.",
    ] == lines(html)


def test_where_a_letter_cannot_be_answered_it_names_the_office() -> None:
    rules = Rules(rule="all")
    html = render_record(THEME, "en", LETTERHEAD, rules, [of("ann", rules)], answerable=False)
    assert "data-choices" not in html
    assert [
        "Something is shown only when every parent who decides has said yes. Where you give no "
        "answer, it is not shown. A yes holds until you take it back. A no holds until you say "
        "yes.",
        f"Do you want to change something? Tell the school. {LETTERHEAD.contact}",
    ] == lines(html)[-2:]


def test_what_the_other_parent_said_and_every_block_changes_not_a_byte() -> None:
    alone = Case().on_file(*(one for one in ANSWERED.roster.answers if one.guardian == "ann"))
    told = [
        render_record(THEME, "nl", LETTERHEAD, YEARLY, [of("ann", YEARLY, case)], answerable=True)
        for case in (ANSWERED, alone)
    ]
    assert told[0] == told[1]
    assert {Stands.silent, Stands.no} == {one.stands for one in of("bob", YEARLY).record}


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_it_stands_above_the_news_where_a_letter_cannot_be_answered(
    site: Site, phone: BrowserContext, language: str
) -> None:
    page, rules = phone.new_page(), Rules()
    told = render_record(THEME, language, LETTERHEAD, rules, [of("ann", rules)], answerable=False)
    news = edition("groep-3", "Groep 3", page_of({"title": "Naar het bos"}))
    page.goto(f"{site.put_letter(news, language=language, record=told)}#{CODE}")
    section = page.locator(".record")
    expect(section.get_by_role("heading", level=3)).to_have_text("Sem")
    expect(section.get_by_role("link")).to_have_attribute("href", f"mailto:{LETTERHEAD.contact}")
    order = "(record) => record.compareDocumentPosition(document.querySelector('.group'))"
    assert 4 == section.evaluate(order), "the group follows"
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert [] == Axe().run(page, options=OPTIONS).response["violations"]


@pytest.mark.parametrize("language", ["nl", "en", "tr", "ar", "pl", "uk"])
def test_a_name_is_text_and_every_language_says_it(language: str) -> None:
    child = Child("sem-k", "<b>Sem</b>", of("ann", YEARLY).record)
    sheet = Sheet("<i>Ann</i>", language, [child])
    page = render_sheets(THEME, LETTERHEAD, "nl", YEARLY, [sheet, sheet])
    assert "<b>" not in page
    assert "<i>" not in page
    assert 2 == page.count("&lt;i&gt;Ann&lt;/i&gt;")
    assert f'<article lang="{THEME.words(language).tag}"' in page
    assert "%(" not in page
