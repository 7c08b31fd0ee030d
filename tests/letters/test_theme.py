"""The theme: templates in a guardian's language, and errors with words when it is broken."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from lichtbrief.errors import LichtbriefError
from lichtbrief.theme import Theme
from tests.letters.site import THEME

HEAD = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
DUTCH = f"""{HEAD}msgid "Hello %(name)s"
msgstr "Dag %(name)s"

msgid "%(num)d photo"
msgid_plural "%(num)d photos"
msgstr[0] "%(num)d foto"
msgstr[1] "%(num)d foto’s"
"""


@pytest.fixture
def theme(tmp_path: Path) -> Theme:
    for folder in ("own", "templates", "static/reader", "translations"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "templates" / "hello.html").write_text('{{ _("Hello %(name)s", name=name) }}')
    (tmp_path / "templates" / "hello.txt").write_text('{{ _("Hello %(name)s", name=name) }}')
    (tmp_path / "static" / "reader" / "reader.js").write_text("1")
    (tmp_path / "translations" / "nl.po").write_text(DUTCH, encoding="utf-8")
    return again(tmp_path)


def again(folder: Path) -> Theme:
    """The same theme, read afresh."""
    templates = [folder / "own", folder / "templates"]
    return Theme(templates, folder / "static", folder / "translations")


def test_a_template_is_filled_in_in_the_guardians_language(theme: Theme) -> None:
    assert theme.render("hello.html", "nl", name="Sem") == "Dag Sem"


def test_only_html_is_escaped(theme: Theme) -> None:
    assert theme.render("hello.html", "nl", name="<b>") == "Dag &lt;b&gt;"
    assert theme.render("hello.txt", "nl", name="<b>") == "Dag <b>"


def test_plurals_follow_the_language(theme: Theme) -> None:
    words = theme.words("nl")
    texts = [words.ngettext("%(num)d photo", "%(num)d photos", n) for n in (1, 2)]
    assert texts == ["%(num)d foto", "%(num)d foto’s"]


def test_an_unknown_language_falls_back_to_dutch(theme: Theme) -> None:
    assert theme.words("xx").language == "nl"
    assert theme.words("../nl").language == "nl"


def test_the_schools_own_template_wins(theme: Theme) -> None:
    (theme.templates[0] / "hello.html").write_text("Ahoi")
    assert theme.render("hello.html", "nl", name="Sem") == "Ahoi"


def test_dates_are_written_as_the_language_writes_them() -> None:
    moment = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
    assert THEME.words("nl").day_time(moment) == "vrijdag 27 november 2026, 15:00"
    assert THEME.words("en").day_time(moment) == "Friday, 27 November 2026, 15:00"
    assert THEME.words("tr").day_time(moment) == "27 Kasım 2026 Cuma, 15:00"
    assert THEME.words("pl").day_time(moment) == "piątek, 27 listopada 2026, 15:00"
    assert THEME.words("uk").day_time(moment) == "пʼятниця, 27 листопада 2026\u202fр., 15:00"
    # The digits of Dutch forms, phones and clocks, also within Arabic.
    assert THEME.words("ar").day_time(moment) == "الجمعة، 27 نوفمبر 2026، 15:00"
    assert THEME.words("nl").day(date(2026, 11, 27)) == "vrijdag 27 november 2026"


@pytest.mark.parametrize(
    ("language", "day", "month", "week"),
    [
        ("nl", "dinsdag 24 november", "november 2026", "ma di wo do vr za zo"),
        ("tr", "24 Kasım Salı", "Kasım 2026", "Pzt Sal Çar Per Cum Cmt Paz"),
        ("ar", "الثلاثاء، 24 نوفمبر", "نوفمبر 2026", "ن ث ر خ ج س ح"),
        ("pl", "wtorek, 24 listopada", "listopad 2026", "p w ś c p s n"),
        ("uk", "вівторок, 24 листопада", "листопад 2026", "пн вт ср чт пт сб нд"),
    ],
)
def test_a_month_is_written_as_the_language_writes_it(
    language: str, day: str, month: str, week: str
) -> None:
    words = THEME.words(language)
    assert words.short_day(date(2026, 11, 24)) == day
    assert words.month(date(2026, 11, 24)) == month
    monday = date(2026, 11, 23)
    days = [words.weekday(monday + timedelta(days=n), "short") for n in range(7)]
    assert " ".join(days).lower() == week.lower()


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ nobody }}", "x.html failed: 'nobody' is undefined"),
        ("{% if %}", "x.html:1 is broken"),
        ("{% include 'y.html' %}", "no template y.html"),
    ],
)
def test_a_broken_template_is_an_error_with_words(
    theme: Theme, template: str, message: str
) -> None:
    (theme.templates[1] / "x.html").write_text(template)
    with pytest.raises(LichtbriefError, match=message):
        theme.render("x.html", "nl")


def test_a_missing_template_is_an_error_with_words(theme: Theme) -> None:
    with pytest.raises(LichtbriefError, match=r"no template gone\.html"):
        theme.render("gone.html", "nl")


@pytest.mark.parametrize(
    "catalogue",
    [
        b"rubbish",
        b"\xff\xfe",
        b'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(q);\\n"\n',
        f'{HEAD}msgid "Hello %(name)s"\nmsgstr "Dag %(naam)s"\n'.encode(),
    ],
)
def test_a_broken_catalogue_is_an_error_with_words(
    theme: Theme, tmp_path: Path, catalogue: bytes
) -> None:
    (theme.translations / "nl.po").write_bytes(catalogue)
    with pytest.raises(LichtbriefError, match=r"nl\.po cannot be read"):
        again(tmp_path).words("nl")


def test_a_theme_without_words_is_an_error_with_words(theme: Theme, tmp_path: Path) -> None:
    (theme.translations / "nl.po").unlink()
    with pytest.raises(LichtbriefError, match=r"nl\.po cannot be read"):
        again(tmp_path).render("hello.html", "nl", name="Sem")


@pytest.mark.parametrize(
    "path",
    ["templates/hello.html", "own/new.html", "static/reader/reader.js", "translations/nl.po"],
)
def test_the_digest_changes_with_whatever_a_letter_is_made_of(
    theme: Theme, tmp_path: Path, path: str
) -> None:
    assert again(tmp_path).digest() == theme.digest()
    with (tmp_path / path).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert again(tmp_path).digest() != theme.digest()


def test_the_digest_tells_a_moved_file(theme: Theme, tmp_path: Path) -> None:
    before = theme.digest()
    (tmp_path / "templates" / "hello.txt").rename(tmp_path / "own" / "hello.txt")
    assert again(tmp_path).digest() != before


def test_a_school_says_some_sentences_its_own_way(theme: Theme, tmp_path: Path) -> None:
    own = tmp_path / "words"
    own.mkdir()
    (own / "nl.po").write_text(f'{HEAD}msgid "Hello %(name)s"\nmsgstr "Hoi %(name)s"\n')
    ours = Theme(theme.templates, theme.static, theme.translations, own)
    assert "Hoi Anna" == ours.render("hello.txt", "nl", name="Anna")
    assert "2 foto’s" == ours.words("nl").ngettext("%(num)d photo", "%(num)d photos", 2) % {
        "num": 2
    }
    assert theme.digest() != ours.digest()


@pytest.mark.parametrize(
    ("line", "what"),
    [('msgid "Bye"\nmsgstr "Doei"\n', "no such sentence"), ("msgid", "cannot be read")],
)
def test_own_words_that_nobody_says_are_an_error(
    theme: Theme, tmp_path: Path, line: str, what: str
) -> None:
    own = tmp_path / "words"
    own.mkdir()
    (own / "nl.po").write_text(HEAD + line)
    ours = Theme(theme.templates, theme.static, theme.translations, own)
    with pytest.raises(LichtbriefError, match=what) as refused:
        ours.words("nl")
    assert str(own / "nl.po") in refused.value.hint
