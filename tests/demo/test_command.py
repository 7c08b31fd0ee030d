"""What `lichtbrief demo` prints and writes on the shipped school."""

import re
from pathlib import Path

import pytest

from tests.demo.running import Demo, MailFile
from tests.demo.said import letter_of
from tests.school import ROOT

pytestmark = pytest.mark.xdist_group("demo")

REASONS = (
    "altered",
    "blocked",
    "contradiction",
    "dispute",
    "expired",
    "form-changed",
    "no-answer",
    "objection",
    "refused",
    "undeclared",
    "unknown-person",
)


def test_the_summary_counts_what_the_shipped_school_holds(demo: Demo) -> None:
    assert {
        "editions": 10,
        "photos_shown": 22,
        "films_shown": 1,
        "photos_left_out": dict.fromkeys(REASONS, 1),
        "letters": 66,
        "mails": {"sent": 66},
        "mailed_now": 66,
    } == demo.summary["counts"]
    photos = list((ROOT / "content" / "groups").rglob("*.jpg"))
    assert 22 + len(REASONS) == len(photos)


def test_the_summary_gives_everybody_the_link_of_the_mail(demo: Demo) -> None:
    rows = demo.summary["guardians"]
    assert isinstance(rows, list)
    assert len(rows) == 66
    for row in rows:
        assert MailFile.read(Path(row["mail_file"])).link == row["link"]
        assert row["link"].startswith(f"{demo.endpoint}/lichtbrief/letters/")
    assert len({row["link"] for row in rows}) == len(rows)


def test_a_table_and_the_links_of_two_parents_are_printed(demo: Demo) -> None:
    printed = re.sub(r"[│┃]", " ", demo.printed)
    for what, count in ("Editions", 10), ("Photos shown", 22), ("Photos left out", 11):
        assert re.search(rf"{what}\s+{count}\b", printed), printed
    assert re.search(r"Letters\s+66\b", printed)
    assert all(re.search(rf"\b1\s+{reason}\b", printed) for reason in REASONS)
    links = [line for line in demo.printed.splitlines() if line.startswith("http")]
    by_link = {MailFile.read(path).link: who for who, path in demo.guardians().items()}
    first, second = (by_link[link] for link in links)
    assert set(letter_of(first)) != set(letter_of(second))
