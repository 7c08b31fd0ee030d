"""The mail itself: what a guardian reads, what travels, and what can never get into it."""

import re
from dataclasses import replace
from datetime import date, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from lichtbrief.delivery import LetterNews, Mail, Recipient, Sender, SignedLink, write_mail
from lichtbrief.errors import LichtbriefError
from tests.delivery.school import (
    CODE,
    LICHTBRON,
    LINK,
    NEWS,
    SENT_AT,
    URL,
    WEEK,
    recipient,
    theme,
    weekly_mail,
)

THEME = theme()
TYPED = "7Q4X K2M9 TBW3 HRFN 8CJD 5VY6 PA01"
LANGUAGES = ("nl", "en", "tr", "ar", "pl", "uk")
LONGEST_LINE = 998  # RFC 5322 2.1.1
LONGEST_WORD = 75  # RFC 2047 2
LONG_ADDRESS = f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 55}.example"


def read(mail: Mail) -> EmailMessage:
    message = message_from_bytes(mail.content, policy=SMTP)
    assert isinstance(message, EmailMessage)
    return message


def sender_name(content: bytes) -> str:
    """What stands before the address in From; the newer parser loses spaces between words."""
    phrase, _ = parseaddr(message_from_bytes(content)["From"])
    return str(make_header(decode_header(phrase)))


def part(mail: Mail, kind: str) -> str:
    found = read(mail).get_body((kind,))
    assert found is not None
    content: str = found.get_content()
    return content.replace("\r\n", "\n")


def test_a_dutch_guardian_reads_dutch() -> None:
    text = part(weekly_mail(), "plain")
    assert "Weekbrief week 47 – De Lichtbron" == read(weekly_mail())["Subject"]
    assert text.startswith("Beste ouder of verzorger,\n")
    assert "\n- 4 berichten\n- 12 foto’s\n- 2 films\n- 2 activiteiten\n" in text
    assert "De link werkt tot vrijdag 27 november 2026, 15:00 uur." in text
    assert (
        "\n- dinsdag 24 november 2026, 19:30\u00a0uur: activiteit\n"
        "- vrijdag 4 december 2026, 08:30\u00a0uur: oudergesprekken\n" in text
    )


def test_an_english_guardian_reads_english() -> None:
    text = part(weekly_mail(language="en"), "plain")
    assert "\n- 4 messages\n- 12 photos\n- 2 films\n- 2 activities\n" in text
    assert re.search(r"The link works until Friday,? 27 November 2026, 15:00\.", text)
    assert "en-GB" == read(weekly_mail(language="en"))["Content-Language"]


def test_a_language_the_theme_does_not_speak_becomes_dutch() -> None:
    assert part(weekly_mail(), "plain") == part(weekly_mail(language="tlh"), "plain")


def test_one_photo_is_one_photo_and_what_is_not_there_is_not_mentioned() -> None:
    quiet = LetterNews(WEEK, NEWS.until, posts=1, photos=1, films=0, events=0, dates=())
    text = part(write_mail(THEME, LICHTBRON, quiet, recipient(), SENT_AT), "plain")
    assert "\n- 1 bericht\n- 1 foto\n\n" in text
    assert "activiteit" not in text
    assert "te doen" not in text


def test_a_letter_with_nothing_new_still_has_its_link() -> None:
    empty = LetterNews(WEEK, NEWS.until, posts=0, photos=0, films=0, events=0, dates=())
    text = part(write_mail(THEME, LICHTBRON, empty, recipient(), SENT_AT), "plain")
    assert "Dit staat erin" not in text
    assert f"{URL}#{CODE}" in text.splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_link_and_the_way_for_a_damaged_one_stand_alone_on_their_lines(language: str) -> None:
    lines = part(weekly_mail(language=language), "plain").splitlines()
    assert [lines.count(line) for line in (f"{URL}#{CODE}", URL, TYPED)] == [1, 1, 1]
    assert lines.index(f"{URL}#{CODE}") < lines.index(URL) < lines.index(TYPED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_html_says_what_the_text_says(language: str) -> None:
    mail = weekly_mail(language=language)
    body = BeautifulSoup(part(mail, "html"), "html.parser").body
    assert body is not None
    shown = " ".join(body.stripped_strings)
    text = part(mail, "plain").replace("\n- ", "\n")
    said = [line for line in text.splitlines() if line and not line.startswith("https:")]
    missing = [line for line in said if line not in shown]
    assert len(missing) == 1, "only the line that leads to the bare link differs"


TODAY = replace(NEWS, day=date(2026, 11, 17), posts=2, photos=1, films=0, events=0, dates=())


def daily_mail(language: str) -> Mail:
    someone = Recipient("anna.bakker@mail.example", language, LINK, f"2026-W47-D2.{'k4' * 13}")
    return write_mail(THEME, LICHTBRON, TODAY, someone, SENT_AT)


@pytest.mark.parametrize(
    ("language", "subject", "first"),
    [
        ("nl", "Nieuws van dinsdag 17 november – De Lichtbron", "Er is nieuws van school."),
        ("en", "News of Tuesday, 17 November – De Lichtbron", "There is news from school."),
        ("tr", "17 Kasım Salı haberleri – De Lichtbron", "Okuldan haber var."),
        ("ar", "أخبار الثلاثاء، 17 نوفمبر – De Lichtbron", "هناك أخبار من المدرسة."),
        ("pl", "Wiadomości: wtorek, 17 listopada – De Lichtbron", "Są wiadomości ze szkoły."),
        ("uk", "Новини: вівторок, 17 листопада – De Lichtbron", "Є новини зі школи."),
    ],
)
def test_the_mail_of_a_day_says_what_is_new_since_the_last(
    language: str, subject: str, first: str
) -> None:
    mail = daily_mail(language)
    assert (subject, "2026-W47-D2:daily:lichtbrief") == (
        read(mail)["Subject"],
        read(mail)["Feedback-ID"],
    )
    text = part(mail, "plain").splitlines()
    assert first == text[2]
    assert 2 == sum(line.startswith("- ") for line in text)
    body = BeautifulSoup(part(mail, "html"), "html.parser").body
    assert body is not None
    shown = " ".join(body.stripped_strings)
    assert all(line.removeprefix("- ") in shown for line in text[2:7] if line)


def test_the_html_links_to_the_letter_and_to_the_page_that_asks_for_the_code() -> None:
    page = BeautifulSoup(part(weekly_mail(), "html"), "html.parser")
    assert [f"{URL}#{CODE}", URL] == [link["href"] for link in page.find_all("a")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_html_loads_and_runs_nothing(language: str) -> None:
    html = part(weekly_mail(language=language), "html")
    page = BeautifulSoup(html, "html.parser")
    assert [] == page.find_all(["img", "script", "link", "iframe", "object", "form", "svg"])
    assert [
        tag for tag in page.find_all() if {"src", "srcset", "background"} & set(tag.attrs)
    ] == []
    assert "url(" not in html
    assert "@import" not in html
    assert len(html.encode()) < 60_000, "Gmail cuts off what is longer than about 100 kB"


def test_the_list_of_mails_shows_what_is_inside_before_it_is_opened() -> None:
    body = BeautifulSoup(part(weekly_mail(), "html"), "html.parser").body
    first = body.find("div") if body else None
    assert first is not None
    assert "display:none" in str(first["style"])
    assert first.get_text().startswith(
        "4 berichten · 12 foto’s · 2 films · 2 activiteiten · De link werkt"
    )


@pytest.mark.parametrize(("language", "direction"), [("nl", "ltr"), ("ar", "rtl")])
def test_a_mail_program_that_throws_the_head_away_still_knows_the_direction(
    language: str, direction: str
) -> None:
    page = BeautifulSoup(part(weekly_mail(language=language), "html"), "html.parser")
    table = page.find("table")
    assert table is not None
    assert direction == table["dir"]


def test_no_guardian_child_group_or_title_is_named() -> None:
    content = weekly_mail().content.lower()
    assert 1 == content.count(b"anna.bakker")
    assert b"to: anna.bakker@mail.example\r\n" in content


def test_a_machine_wrote_it_for_one_guardian_and_says_so() -> None:
    message = read(weekly_mail())
    expected = {
        "From": "De Lichtbron <weekbrief@lichtbron.example>",
        "To": "anna.bakker@mail.example",
        "Reply-To": "kantoor@lichtbron.example",
        "Date": "Fri, 20 Nov 2026 14:00:00 +0000",
        "Message-ID": "<2026-W47.k4w7qv3ztm5x2rwy6c7dhbnlsf@lichtbron.example>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "nl",
        "List-Id": "<weekbrief.lichtbron.example>",
        "List-Unsubscribe": "<mailto:kantoor@lichtbron.example>",
        "Feedback-ID": "2026-W47:weekly:lichtbrief",
    }
    assert expected == {name: message[name] for name in expected}
    assert "List-Unsubscribe-Post" not in message


ONE_CLICK = "https://lichtbron.example/afmelden?mail={token}"
BOUNCES = "weekbrief-bounce@lichtbron.example"


def test_one_click_is_offered_only_where_something_answers_to_it() -> None:
    sender = replace(LICHTBRON, unsubscribe=ONE_CLICK)
    mail = write_mail(THEME, sender, NEWS, recipient(), SENT_AT)
    head = mail.content.partition(b"\r\n\r\n")[0].decode("ascii")
    expected = (
        "List-Unsubscribe: <https://lichtbron.example/afmelden?mail="
        "2026-W47.k4w7qv3ztm5x2rwy6c7dhbnlsf>, <mailto:kantoor@lichtbron.example>\r\n"
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    )
    assert expected in head


def test_a_bounce_comes_back_to_an_address_of_its_own() -> None:
    mail = write_mail(THEME, replace(LICHTBRON, bounces=BOUNCES), NEWS, recipient(), SENT_AT)
    bounce = "weekbrief-bounce+2026-w47.k4w7qv3ztm5x2rwy6c7dhbnlsf@lichtbron.example"
    assert bounce == mail.sender
    assert LICHTBRON.address == weekly_mail().sender


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://lichtbron.example/?mail={token}",
        "https://lichtbron.example/afmelden",
        "https://lichtbron.example/{token}/{token}",
        "https://lichtbron.example/{token}>\r\nBcc: evil@evil.example",
        "https://lichtbron.example/é{token}",
        f"https://lichtbron.example/{'a' * 400}{{token}}",
    ],
)
def test_an_endpoint_that_a_header_cannot_carry_is_refused(endpoint: str) -> None:
    with pytest.raises(LichtbriefError, match="to unsubscribe at cannot be used"):
        replace(LICHTBRON, unsubscribe=endpoint)


def test_a_bounce_address_too_long_for_an_identity_behind_it_is_refused() -> None:
    with pytest.raises(LichtbriefError, match="an e-mail address cannot be used"):
        replace(LICHTBRON, bounces=f"{'b' * 30}@lichtbron.example")


def test_the_same_values_give_the_same_bytes() -> None:
    assert weekly_mail().content == weekly_mail().content


@pytest.mark.parametrize("address", ["anna@mail.example", LONG_ADDRESS])
@pytest.mark.parametrize("school", ["De Lichtbron", "Sint-Jozefschool “Het Licht” è, afd. B " * 3])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bytes_on_the_wire_are_what_every_relay_carries(
    school: str, address: str, language: str
) -> None:
    long = f"https://{'a' * 60}.example/{'b' * 300}{{token}}"
    sender = Sender(school.strip(), address, address, BOUNCES, long)
    mail = write_mail(THEME, sender, NEWS, recipient(address, language), SENT_AT)
    head, _, body = mail.content.partition(b"\r\n\r\n")
    assert max(len(line) for line in mail.content.split(b"\r\n")) <= LONGEST_LINE
    assert max(len(line) for line in body.split(b"\r\n")) <= 78
    assert max(map(len, re.findall(rb"=\?utf-8\?.*?\?=", head))) <= LONGEST_WORD
    assert mail.content.isascii()
    assert mail.content.count(b"\n") == mail.content.count(b"\r\n") == mail.content.count(b"\r")
    assert f", <mailto:{address}>\r\n".encode() in head
    assert [] == re.findall(rb"(?m)^(?:List-|Feedback-ID|Message-ID).*=\?", head)
    assert [] == re.findall(rb"(?m)^List-.*\r\n[ \t]", head)
    assert f"\r\nTo: {address}\r\n".encode() in head
    message = read(mail)
    assert [address] == [each.addr_spec for each in message["From"].addresses]
    assert school.strip() == sender_name(mail.content)
    assert message["Subject"].endswith(f" – {school.strip()}")
    assert THEME.words(language).tag == message["Content-Language"]
    assert f"{URL}#{CODE}" in part(mail, "plain").splitlines()


hostile = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from('\r\n:=?,<>@"\\;()\u2028\x00')),
    max_size=40,
) | st.sampled_from(
    [
        "x\r\nBcc: everybody@evil.example",
        "x\nBcc: everybody@evil.example",
        "=?utf-8?q?x=0D=0ABcc:_everybody@evil.example?=",
        "=?utf-8?b?eA0KQmNjOiBldmlsQGV2aWwuZXhhbXBsZQ==?=",
        "De Lichtbron <evil@evil.example>, x",
        'Lichtbron, De ("school")',
    ]
)
HEADERS = [name for name, _ in read(weekly_mail()).items()]


@given(hostile, hostile, hostile)
@settings(max_examples=150, deadline=None)
def test_no_value_can_add_a_header_or_a_recipient(school: str, local: str, identity: str) -> None:
    try:
        sender = Sender(school, LICHTBRON.address, LICHTBRON.contact)
    except LichtbriefError:
        sender = LICHTBRON
    try:
        guardian = Recipient(f"{local}@mail.example", "nl", LINK, identity)
    except LichtbriefError:
        guardian = replace(recipient(), address=safe_address(local))
    mail = write_mail(THEME, sender, NEWS, guardian, SENT_AT)
    message = read(mail)
    assert HEADERS == [name for name, _ in message.items()]
    assert [guardian.address] == [each.addr_spec for each in message["To"].addresses]
    assert [LICHTBRON.address] == [each.addr_spec for each in message["From"].addresses]
    assert sender.school == sender_name(mail.content)
    assert f"Weekbrief week 47 – {sender.school}" == message["Subject"]


def safe_address(local: str) -> str:
    try:
        return Recipient(f"{local}@mail.example", "nl", LINK, "id").address
    except LichtbriefError:
        return recipient().address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "anna",
        "anna@",
        "@mail.example",
        "anna@mail",
        "anna@mail..example",
        "anna@-mail.example",
        "a nna@mail.example",
        "anna@mail.example\r\nBcc: evil@evil.example",
        "anna@mail.example,evil@evil.example",
        "Anna <anna@mail.example>",
        "änna@mail.example",
        "anna@mäil.example",
        "=?utf-8?q?=0ABcc=3A?=@mail.example",
        f"{'a' * 65}@mail.example",
    ],
)
def test_an_address_that_smtp_cannot_carry_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(LichtbriefError, match="an e-mail address cannot be used") as refusal:
        recipient(address)
    assert "anna" not in f"{refusal.value} {refusal.value.hint}"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", CODE),
        ("javascript:alert(1)", CODE),
        ("https://", CODE),
        ("https://host/a b", CODE),
        ("https://host/a\r\nBcc: x", CODE),
        ("https://host/'onclick", CODE),
        (f"{URL}#{CODE}", CODE),
        (URL, ""),
        (URL, CODE.lower()),
        (URL, f"{CODE}0"),
        (URL, TYPED),
    ],
)
def test_a_link_that_a_mail_would_damage_is_refused_without_repeating_it(
    url: str, code: str
) -> None:
    with pytest.raises(LichtbriefError) as refusal:
        SignedLink(url, code)
    assert "host" not in str(refusal.value)
    assert CODE not in str(refusal.value)


def test_an_end_without_a_time_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        replace(NEWS, until=datetime(2026, 11, 27, 15, 0))


def test_neither_address_nor_link_shows_when_a_mail_is_printed() -> None:
    printed = repr((weekly_mail(), recipient(), LINK, LICHTBRON))
    assert "anna" not in printed
    assert CODE not in printed
    assert "lichtbron" not in printed.replace("lichtbrief", "")
