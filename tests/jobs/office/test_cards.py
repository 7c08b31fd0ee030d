"""Cards with passphrases: for whoever reads by mail, in their language, on the school's machine."""

import re
import stat
import sys
from dataclasses import replace

import pytest

from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.keys import make_keys
from lichtbrief.jobs.office.cards import print_cards
from lichtbrief.sealing import passphrase_of
from lichtbrief.settings import Settings, read_settings
from tests.jobs.given import site_of
from tests.school import SmallSchool

ON_PAPER, NO_READER = "Ouder Vijf", "Ouder Zes"


@pytest.fixture
def settings(school: SmallSchool) -> Settings:
    settings = read_settings(site_of(school, LICHTBRIEF_PASSPHRASE=True))
    make_keys(settings, 2026)
    return settings


def test_everybody_who_reads_by_mail_gets_a_card_of_their_own(settings: Settings) -> None:
    done = print_cards(settings, None)
    page = done.file.read_text(encoding="utf-8")
    assert (4, 4, 4) == (done.cards, page.count("<article"), page.count("<svg"))
    assert {"Ouder Een", "Ouder Twee", "Ouder Drie", "Ouder Vier"} == set(
        re.findall(r"Ouder \w+", page)
    )
    assert not {ON_PAPER, NO_READER} & set(re.findall(r"Ouder \w+", page))
    secret = make_keys(settings, 2026).year(2026)
    written = {text.replace("\n", "-") for text in re.findall(r"<code>([^<]*)", page)}
    assert {passphrase_of(secret, who) for who in ("g1", "g2", "g3", "g4")} == written
    assert 4 == len(written)
    assert ['lang="en-GB"', 'lang="nl"'] == sorted(
        set(re.findall(r'(?<=<article )lang="[^"]+"', page))
    )
    assert "Schooljaar 2026–2027" in page
    assert re.search("https?://(?!www.w3.org)", page) is None
    assert 0o600 == stat.S_IMODE(done.file.stat().st_mode)


def test_one_guardian_gets_the_same_card_again(settings: Settings) -> None:
    page = print_cards(settings, None).file.read_text(encoding="utf-8")
    one = print_cards(settings, "g1")
    assert 1 == one.cards
    (code,) = re.findall(r"<code>([^<]*)", one.file.read_text(encoding="utf-8"))
    assert code in page


def test_who_is_not_there_has_no_card(settings: Settings) -> None:
    with pytest.raises(LichtbriefError, match="no guardian of that id"):
        print_cards(settings, "g77")


def test_where_letters_ask_for_no_passphrase_there_is_no_card(settings: Settings) -> None:
    with pytest.raises(LichtbriefError, match="ask for no passphrase"):
        print_cards(replace(settings, passphrase=False), None)


def test_a_missing_library_names_what_to_install(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "segno", None)
    with pytest.raises(LichtbriefError) as caught:
        print_cards(settings, "g1")
    assert "lichtbrief[cards]" in caught.value.hint
