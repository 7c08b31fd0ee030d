"""The forms of a letter: what they send, what they say, and that everybody can use them."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from lichtbrief.letters import read_reader
from lichtbrief.letters.words import reader_words
from lichtbrief.replies import (
    Coming,
    Doubt,
    Preferences,
    Scale,
    Survey,
    Times,
    Wishes,
    Word,
    open_words,
)
from lichtbrief.replies.kinds import To
from lichtbrief.roster import Answered, Audience, Delivery, Kind
from tests.letters.site import THEME, Site, serve
from tests.replies.given import MOTHER, own_key
from tests.replies.letters import HOURS, ICS, Bucket, catch, put_letter

pytestmark = pytest.mark.xdist_group("replies-road")

FAILED = "Dit is niet aangekomen. Wat u hebt ingevuld, staat er nog: probeer het opnieuw."
SENT = "Dit is aangekomen. Dank u wel."
CHOSEN = "Dit is aangekomen. Het geldt zodra de computer van de school het heeft gelezen."
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PAST = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serve() as site:
        yield site


@pytest.fixture
def page(phone: BrowserContext, site: Site) -> Page:
    return phone.new_page()


@pytest.fixture
def bucket(page: Page) -> Bucket:
    return catch(page)


def opened(page: Page, link: str) -> Page:
    page.goto(link)
    expect(page.locator(".answers")).to_be_visible()
    return page


def form(page: Page, title: str, post: str = "") -> Locator:
    """The form below this summary, opened."""
    place = page.locator(f'[data-post="{post}"]') if post else page.locator(".answers")
    made = place.locator("details", has=page.get_by_text(title, exact=True)).first
    made.locator("summary").click()
    return made


def send(made: Locator, answer: str = SENT) -> None:
    made.get_by_role("button").click()
    expect(made.get_by_role("status")).to_have_text(answer)


def test_a_word_goes_to_whom_it_is_for(page: Page, bucket: Bucket, site: Site) -> None:
    made = form(opened(page, put_letter(site)), "Een bericht onder vier ogen")
    made.get_by_label("Aan").select_option("director")
    made.get_by_label("Over").select_option("sem-k")
    made.get_by_label("Uw bericht").fill("Regel 1\n\tRegel 2 \U0001f388 ")
    send(made)
    ((key, reply),) = bucket.puts
    assert Word(To.director, "sem-k", "Regel 1\n Regel 2 \U0001f388") == reply.body
    assert key.endswith(reply.id)
    expect(made.get_by_label("Uw bericht")).to_have_value("")


def test_a_word_to_teachers_with_keys_of_their_own_is_sealed_for_them(
    page: Page, bucket: Bucket, site: Site
) -> None:
    made = form(opened(page, put_letter(site, keys=True)), "Een bericht onder vier ogen")
    told = made.get_by_text("door niemand anders op school")
    expect(told).to_be_hidden()
    made.get_by_label("Over").select_option("sem-k")
    expect(told).to_have_text(
        "Dit is te lezen door Juf Sanne en Meester Tom en door niemand anders op school."
    )
    made.get_by_label("Uw bericht").fill("Sem slaapt slecht")
    bucket.status = 500
    send(made, FAILED)
    bucket.status = 204
    send(made)
    (first, again) = bucket.puts
    assert first == again, "the school may have had the first, and files it once"
    reply = again[1]
    assert isinstance(reply.body, Word)
    assert reply.body.sealed is not None
    assert ("", "sem-k") == (reply.body.words, reply.body.pupil)
    about = (str(MOTHER.year), MOTHER.name, reply.id, "teacher", "sem-k")
    for who in ("juf-sanne", "meester-tom"):
        assert "Sem slaapt slecht" == open_words(reply.body.sealed, own_key(who), about)
    made.get_by_label("Aan").select_option("director")
    expect(told).to_be_hidden()
    made.get_by_label("Uw bericht").fill("Voor de directeur")
    send(made)
    assert Word(To.director, "sem-k", "Voor de directeur") == bucket.puts[-1][1].body


def test_an_invitation_is_answered_where_it_stands(page: Page, bucket: Bucket, site: Site) -> None:
    made = form(opened(page, put_letter(site)), "Komt u?", "feestfee")
    send(made, "Er ontbreekt nog iets. Vul het in.")
    made.get_by_label("Komt u?").select_option("yes")
    made.get_by_label("Met hoeveel mensen in totaal?").fill("0")
    send(made, "Er ontbreekt nog iets. Vul het in.")
    made.get_by_label("Met hoeveel mensen in totaal?").fill("3")
    send(made)
    made.get_by_label("Komt u?").select_option("no")
    send(made)
    assert [Coming("feestfee", n, "") for n in (3, 0)] == [reply.body for _, reply in bucket.puts]
    expect(page.locator('[data-post="bosbosbo"]').get_by_text("Komt u?")).to_have_count(0)


def minutes(*hours: int) -> tuple[datetime, ...]:
    return tuple(datetime.fromisoformat(HOURS[hour]) for hour in hours)


def test_times_of_a_talk_are_chosen_in_order(page: Page, bucket: Bucket, site: Site) -> None:
    made = form(opened(page, put_letter(site)), "Kies een tijd voor uw gesprek", "praatpra")
    made.get_by_label("De tijd die u het best past").select_option("di 1 dec 15:50")
    send(made, "Er ontbreekt nog iets. Vul het in.")
    missing = made.get_by_label("Wie komt er naar het gesprek?")
    expect(missing).to_be_focused()
    expect(missing).to_have_accessible_description("Er ontbreekt nog iets. Vul het in.")
    expect(made.get_by_role("status")).to_be_in_viewport()  # beside it, in a form of two screens
    made.get_by_label("Wie komt er naar het gesprek?").select_option("Ik wil een eigen gesprek")
    made.get_by_label("Uw tweede keus").select_option(HOURS[2])  # said twice
    made.get_by_label("Uw derde keus").select_option(HOURS[0])
    made.get_by_label("Is er iets wat de school moet weten?").fill("Met een tolk")
    send(made)
    made.get_by_label("De tijd die u het best past").select_option("Geen van deze tijden past mij")
    send(made)
    expected = [
        Times("praatpra", minutes(2, 0), False, True, "Met een tolk"),
        Times("praatpra", (), False, False, ""),
    ]
    assert expected == [reply.body for _, reply in bucket.puts]


def test_talks_of_an_earlier_letter_can_be_chosen_and_show_what_was_answered(
    page: Page, bucket: Bucket, site: Site
) -> None:
    made = form(opened(page, put_letter(site)), "Kies een tijd: Advies")
    expect(made.get_by_label("Wie komt er naar het gesprek?")).to_have_count(0)
    expect(made.get_by_label("De tijd die u het best past")).to_have_value(HOURS[2])
    expect(made.get_by_label("En als deze tijden bezet zijn?")).to_have_value("no")
    made.get_by_label("De tijd die u het best past").select_option(HOURS[3])
    send(made)
    assert [Times("eerderee", minutes(3), True, False, "")] == [one.body for _, one in bucket.puts]


def test_a_narrow_list_shows_the_whole_time(page: Page, bucket: Bucket, site: Site) -> None:
    made = form(opened(page, put_letter(site)), "Kies een tijd: Advies")
    shown = made.get_by_label("De tijd die u het best past")
    fits = """(list) => {
        const sample = document.createElement("span");
        sample.textContent = list.selectedOptions[0].text;
        sample.style.font = getComputedStyle(list).font;
        document.body.append(sample);
        return sample.getBoundingClientRect().width < list.clientWidth - 40;
    }"""
    assert shown.evaluate(fits)


def test_own_times_stand_at_the_top_and_go_into_the_calendar(
    page: Page, bucket: Bucket, site: Site
) -> None:
    opened(page, put_letter(site))
    section = page.get_by_role("region", name="Uw gesprekken op school")
    first, off = section.locator(".note").all()
    expect(first).to_contain_text("dinsdag 1 december om 15:30 tot 15:40")
    expect(first).to_contain_text("Anna · Juf Marieke")
    expect(off.locator("s")).to_have_text("donderdag 3 december om 19:00 tot 19:15")
    expect(off).to_contain_text("Dit gaat niet door.")
    with page.expect_download() as download:
        first.get_by_role("button", name="Zet in mijn agenda").click()
    assert ICS.encode() == download.value.path().read_bytes()


def test_only_choices_that_change_are_sent(page: Page, bucket: Bucket, site: Site) -> None:
    made = form(opened(page, put_letter(site)), "Wat mag er van Anna te zien zijn?")
    films = made.get_by_role("group", name="Op papier").get_by_label("Filmpjes")
    said = [films, made.get_by_label("Foto’s").first]
    assert [["ja", "nee"], ["geen antwoord", "ja", "nee"]] == [
        one.locator("option").all_inner_texts() for one in said
    ], "what was answered is taken back by a no, not by silence"
    send(made, "Er ontbreekt nog iets. Vul het in.")
    group = made.get_by_role("group", name="Aan ouders van dezelfde groep")
    group.get_by_label("Foto’s").select_option("no")
    films.select_option("yes")
    send(made, CHOSEN)
    ((_, reply),) = bucket.puts
    assert isinstance(reply.body, Preferences)
    assert {
        (Audience.group, Kind.photo): Answered.no,
        (Audience.paper, Kind.video): Answered.yes,
    } == dict(reply.body.answers)
    expect(page.get_by_text("Wat mag er van Sem te zien zijn?")).to_have_count(0)


def test_what_was_chosen_by_mistake_is_taken_back_in_the_same_letter(
    page: Page, bucket: Bucket, site: Site
) -> None:
    """A no on record becomes a yes by a slip of the thumb, and a no again at once."""
    made = form(opened(page, put_letter(site)), "Wat mag er van Anna te zien zijn?")
    films = made.get_by_role("group", name="Op papier").get_by_label("Filmpjes")
    expect(films).to_have_value("no")
    for slip in ("yes", "no"):
        films.select_option(slip)
        send(made, CHOSEN)
    purpose = (Audience.paper, Kind.video)
    assert [{purpose: Answered.yes}, {purpose: Answered.no}] == [
        dict(reply.body.answers) for _, reply in bucket.puts if isinstance(reply.body, Preferences)
    ]


def test_what_was_chosen_is_said_to_be_sent_and_not_to_count_yet(
    page: Page, bucket: Bucket, site: Site
) -> None:
    """Until the letter is written anew, which shows what is on record then."""
    link = put_letter(site)
    made = form(opened(page, link), "Wat mag er van Anna te zien zijn?")
    films = made.get_by_role("group", name="Op papier").get_by_role("combobox").nth(1)
    films.select_option("yes")
    sent = made.get_by_label("Filmpjes (verstuurd)")
    expect(sent).to_have_count(0)
    send(made, CHOSEN)
    expect(sent).to_have_value("yes")
    films.select_option("no")
    expect(sent).to_have_count(0)
    page.reload()
    made = form(page, "Wat mag er van Anna te zien zijn?")
    expect(made.get_by_label("Filmpjes (verstuurd)")).to_have_value("yes")
    expect(made.get_by_role("status")).to_have_text(CHOSEN)
    made.get_by_label("Foto’s").first.select_option("yes")
    send(made, CHOSEN)
    said = [dict(one.body.answers) for _, one in bucket.puts if isinstance(one.body, Preferences)]
    assert [
        {(Audience.paper, Kind.video): Answered.yes},
        {(Audience.group, Kind.photo): Answered.yes},
    ] == said, "what was sent goes once, whatever was said on the telephone since"
    put_letter(site, recorded="yes")
    page.reload()
    made = form(page, "Wat mag er van Anna te zien zijn?")
    expect(made.get_by_label("Filmpjes (verstuurd)")).to_have_count(0)
    expect(made.get_by_label("Foto’s (verstuurd)")).to_have_value("yes")
    films = made.get_by_role("group", name="Op papier").get_by_label("Filmpjes")
    expect(films).to_have_value("yes")


def test_what_is_typed_while_a_reply_is_under_way_stays(
    page: Page, bucket: Bucket, site: Site
) -> None:
    made = form(opened(page, put_letter(site)), "Een bericht onder vier ogen")
    words = made.get_by_label("Uw bericht")
    under_way: list[Route] = []
    page.route("**/bucket*", lambda route: under_way.append(route), times=1)
    words.fill("Anna is ziek")
    made.get_by_role("button").click()
    expect(made.get_by_role("status")).to_have_text("Bezig met versturen …")
    words.fill("Anna is ziek. Ze blijft thuis")
    while not under_way:
        page.wait_for_timeout(10)
    bucket.answer(under_way.pop())
    expect(made.get_by_role("status")).to_have_text(SENT)
    expect(words).to_have_value("Anna is ziek. Ze blijft thuis")
    expect(words).to_be_focused()
    send(made)
    expect(words).to_have_value("")
    sent = [one.body.words for _, one in bucket.puts if isinstance(one.body, Word)]
    assert ["Anna is ziek", "Anna is ziek. Ze blijft thuis"] == sent


def test_how_the_letter_comes_can_be_changed(page: Page, bucket: Bucket, site: Site) -> None:
    made = form(opened(page, put_letter(site)), "Hoe wilt u deze brief krijgen?")
    made.get_by_label("De brief komt").select_option("paper")
    made.get_by_label("De taal").select_option("pl")
    send(made)
    assert [Wishes(Delivery.paper, "pl")] == [reply.body for _, reply in bucket.puts]


def test_a_survey_is_answered_where_it_stands(page: Page, bucket: Bucket, site: Site) -> None:
    made = form(opened(page, put_letter(site)), "Deze vragen beantwoorden", "vragvrag")
    expect(made.get_by_text("Niemand krijgt uw naam bij uw antwoorden te zien.")).to_be_visible()
    expect(made.get_by_text("over uw eigen kind")).to_have_count(0)  # here nobody is to be known
    send(made, "Er ontbreekt nog iets. Vul het in.")
    made.get_by_label("1. Graag?").select_option("meestal wel")
    made.get_by_label("Wilt u nog iets zeggen?").fill("Mooie school")
    send(made)
    expected = Survey("vragvrag", (Scale.mostly, Scale.unanswered), "Mooie school")
    assert [expected] == [reply.body for _, reply in bucket.puts]


def test_the_last_day_of_a_survey_is_not_taken_for_the_day_of_something(
    page: Page, bucket: Bucket, site: Site
) -> None:
    opened(page, put_letter(site))
    dates = page.get_by_role("navigation", name="Agenda").get_by_role("button")
    expect(dates.filter(has_text="Vragen")).to_contain_text("tot vrijdag 4 december")
    expect(dates.filter(has_text="Feest")).not_to_contain_text("tot")


def test_a_survey_that_was_answered_is_not_asked_again(
    page: Page, bucket: Bucket, site: Site
) -> None:
    post = opened(page, put_letter(site, answered=True)).locator('[data-post="vragvrag"]')
    expect(
        post.get_by_text("Uw antwoorden op deze vragen zijn geteld. Dank u wel.")
    ).to_be_visible()
    expect(post.get_by_text("Deze vragen beantwoorden")).to_have_count(0)


def test_a_doubt_about_a_photo_begins_where_the_photo_is_large(
    page: Page, bucket: Bucket, site: Site
) -> None:
    opened(page, put_letter(site))
    page.locator("figure button").nth(1).click()
    page.locator("dialog .doubt").click()
    expect(page.locator("dialog")).to_be_hidden()
    made = page.locator(".doubting[open]")
    expect(made.locator("select")).to_be_focused()
    send(made)
    assert [Doubt("bosbosbo", "Een kastanje", "")] == [reply.body for _, reply in bucket.puts]


def test_signs_that_are_no_words_in_a_description_do_not_keep_a_doubt_from_the_school(
    page: Page, bucket: Bucket, site: Site
) -> None:
    made = form(opened(page, put_letter(site)), "Twijfelt u hierover? Meld het", "bosbosbo")
    made.locator("select").select_option(index=1)
    send(made)
    assert [Doubt("bosbosbo", "Bladeren", "")] == [reply.body for _, reply in bucket.puts]


def test_without_a_network_the_words_stay_and_the_same_reply_goes_later(
    page: Page, bucket: Bucket, site: Site
) -> None:
    made = form(opened(page, put_letter(site)), "Een bericht onder vier ogen")
    made.get_by_label("Uw bericht").fill("Anna is ziek")
    page.context.set_offline(True)
    bucket.status = None
    send(
        made,
        "U bent offline. Wat u hebt ingevuld, staat er nog: "
        "probeer het opnieuw als u weer online bent.",
    )
    expect(made.get_by_label("Uw bericht")).to_have_value("Anna is ziek")
    page.context.set_offline(False)
    bucket.status = 500
    send(made, FAILED)
    bucket.status = 204
    send(made)
    (one, _), (two, _) = bucket.puts
    assert one == two, "the school may have had the first, and files it once"
    made.get_by_label("Uw bericht").fill("Anna is ziek")
    send(made)
    assert 2 == len({key for key, _ in bucket.puts}), "said again on purpose"


def test_where_the_store_takes_no_forms_each_reply_has_an_address_of_its_own(
    page: Page, bucket: Bucket, site: Site
) -> None:
    made = form(opened(page, put_letter(site, forms=False)), "Een bericht onder vier ogen")
    for number in range(2):
        made.get_by_label("Uw bericht").fill(f"Bericht {number}")
        send(made)
        expect(made.get_by_label("Uw bericht")).to_have_value("")
    assert ["0", "1"] == [address.partition("?")[2] for address, _ in bucket.puts]
    made.get_by_label("Uw bericht").fill("Bericht 3")
    send(made, FAILED)
    expect(made.get_by_label("Uw bericht")).to_have_value("Bericht 3")


def test_a_letter_that_is_over_says_so(page: Page, bucket: Bucket, site: Site) -> None:
    bucket.status = 403
    made = form(opened(page, put_letter(site, until=PAST)), "Een bericht onder vier ogen")
    made.get_by_label("Uw bericht").fill("Te laat")
    send(
        made,
        "Deze brief kan niet meer beantwoord worden. Wat u hebt ingevuld, staat er nog: "
        "kopieer het en antwoord in uw nieuwste brief.",
    )
    expect(made.get_by_label("Uw bericht")).to_have_value("Te laat")


def test_everything_is_done_with_the_keyboard(page: Page, bucket: Bucket, site: Site) -> None:
    opened(page, put_letter(site))
    word = page.locator(".answers details", has_text="Een bericht onder vier ogen")
    word.locator("summary").focus()
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.type("Anna is moe")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    status = word.get_by_role("status")
    expect(status).to_have_text(SENT)
    expect(status).to_be_focused()
    assert [Word(To.teacher, "anna-b", "Anna is moe")] == [reply.body for _, reply in bucket.puts]


@pytest.mark.parametrize(("scheme", "language"), list(zip(SCHEMES, ("nl", "ar"), strict=True)))
def test_open_forms_are_accessible(
    browser: Browser, site: Site, scheme: Literal["light", "dark"], language: str
) -> None:
    with browser.new_context(
        viewport={"width": 360, "height": 740},
        color_scheme=scheme,
        reduced_motion="reduce",
    ) as context:
        page = context.new_page()
        catch(page)
        opened(page, put_letter(site, language, keys=True))
        for summary in page.locator(".reply > summary").all():
            summary.click()
        page.locator(".answers select:has([value=sem-k])").select_option("sem-k")
        page.locator(".answers button").first.click()
        found = Axe().run(page, options=OPTIONS).response["violations"]
        assert [] == [f"{one['id']}: {node['html'][:90]}" for one in found for node in one["nodes"]]
        wide = "document.documentElement.scrollWidth > innerWidth"
        assert not page.evaluate(wide)


@pytest.mark.parametrize("language", ["en", "tr", "pl", "uk"])
def test_every_language_says_all_of_it(page: Page, site: Site, language: str) -> None:
    catch(page)
    opened(page, put_letter(site, language))
    texts = page.locator(".reply label, .reply legend, .reply summary, .answers h2, .answers li")
    said = texts.all_text_contents()
    assert len(said) > 30
    assert all(text.strip() for text in said)


def test_what_has_come_in_is_said(page: Page, bucket: Bucket, site: Site) -> None:
    opened(page, put_letter(site))
    expect(page.locator(".answers li")).to_have_text(
        ["Een bericht · donderdag 19 november om 08:15"]
    )


def test_what_the_school_wrote_stands_above_the_news(
    page: Page, bucket: Bucket, site: Site
) -> None:
    opened(page, put_letter(site))
    section = page.get_by_role("region", name="Van school, voor u alleen")
    expect(section.locator("p").first).to_have_text("Dag,\nhet ging vandaag goed.")
    expect(section).to_contain_text("Juf Marieke · donderdag 19 november om 16:00")
    order = "(note) => note.compareDocumentPosition(document.querySelector('.group'))"
    assert 4 == section.evaluate(order), "the group follows"


def test_a_letter_that_cannot_be_answered_carries_nothing_of_it() -> None:
    without, with_forms = (read_reader(THEME.static, replies=on) for on in (False, True))
    assert "Reply" not in without.script
    assert ".reply" not in without.style
    words = THEME.words("nl")
    assert not [name for name in reader_words(words) if name.startswith("reply")]
    sizes = [
        len(gzip.compress(f"{one.script}{one.style}{reader_words(words, replies=on)}".encode()))
        for one, on in ((without, False), (with_forms, True))
    ]
    assert sizes[1] - sizes[0] < 6_900
