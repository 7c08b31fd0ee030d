from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.roster import Audience, fields
from lichtbrief.roster.fields import FieldError


@pytest.mark.parametrize("text", ["2026-09-01", "1-9-2026", "01-09-2026", "1-09-2026"])
def test_a_date_as_the_spreadsheet_writes_it(text: str) -> None:
    assert date(2026, 9, 1) == fields.a_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-02-30",
        "31-6-2026",
        "1-9-26",
        "2026-9-1",
        "1/9/2026",
        "9.1.2026",
        "20260901",
        "１-９-2026",
        "1 september 2026",
        "46266",
        "0000-01-01",
        "2026-09-01 ",
        "=TODAY()",
    ],
)
def test_a_date_that_could_mean_something_else_is_refused(text: str) -> None:
    with pytest.raises(FieldError, match="2026-09-01"):
        fields.a_date(text)


@given(st.dates())
def test_every_day_is_read_back_from_both_ways_of_writing_it(day: date) -> None:
    assert day == fields.a_date(day.isoformat())
    assert day == fields.a_date(f"{day.day}-{day.month}-{day.year:04}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-09-01T09:05", datetime(2026, 9, 1, 9, 5)),
        ("2026-09-01 09:05", datetime(2026, 9, 1, 9, 5)),
        ("1-9-2026 09:05", datetime(2026, 9, 1, 9, 5)),
        ("1-9-2026 9:05", datetime(2026, 9, 1, 9, 5)),
        ("2026-09-01T09:05:30", datetime(2026, 9, 1, 9, 5, 30)),
        ("2026-09-01", datetime(2026, 9, 1)),
        ("1-9-2026", datetime(2026, 9, 1)),
    ],
)
def test_a_moment_as_the_spreadsheet_writes_it(text: str, expected: datetime) -> None:
    assert expected == fields.a_moment(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "09:00",
        "2026-09-01T24:00",
        "2026-09-01T09:60",
        "2026-09-01T09",
        "2026-09-01T09:00Z",
        "2026-09-01T09:00+02:00",
        "2026-09-01 9:00 PM",
        "2026-09-01  09:00",
        "2026-02-30T09:00",
    ],
)
def test_a_moment_that_cannot_be_read_surely_is_refused(text: str) -> None:
    with pytest.raises(FieldError, match="2026-09-01T09:00"):
        fields.a_moment(text)


@pytest.mark.parametrize("text", ["anna-b", "g01", "groep-1-2", "a", "0.1", "x" * 64])
def test_an_id(text: str) -> None:
    assert text == fields.an_id(text)


@pytest.mark.parametrize(
    "text",
    ["", "Anna", "anna b", "-anna", ".", "..", "../x", "anna_b", "zoë", "x" * 65, "all", "nobody"],
)
def test_what_is_no_id(text: str) -> None:
    with pytest.raises(FieldError, match="anna-b"):
        fields.an_id(text)


def test_yes_and_no_in_two_languages_in_capitals_or_not() -> None:
    read = fields.one_of(fields.YES_OR_NO)
    assert [True, True, True] == [read(text) for text in ("yes", "ja", "JA")]
    assert [False, False, False] == [read(text) for text in ("no", "nee", "Nee")]


@pytest.mark.parametrize("text", ["", "y", "1", "true", "waar", "misschien"])
def test_what_is_neither_yes_nor_no(text: str) -> None:
    with pytest.raises(FieldError, match="yes, ja, no, nee"):
        fields.one_of(fields.YES_OR_NO)(text)


def test_a_word_out_of_a_few() -> None:
    assert Audience.paper is fields.member_of(Audience)("Paper")
    with pytest.raises(FieldError, match="group, school, paper"):
        fields.member_of(Audience)("everybody")


@pytest.mark.parametrize("text", ["", "0", "-1", "1.0", "²", "one", "1000000000000"])
def test_what_is_not_the_number_of_a_form(text: str) -> None:
    with pytest.raises(FieldError, match="1 or higher"):
        fields.a_form(text)


@pytest.mark.parametrize(
    "text", ["", "a@example.org", "a.b+c@mail.example.org", "o'neil@x.example"]
)
def test_an_address_or_none(text: str) -> None:
    assert text == fields.an_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "a@b",
        "a@@example.org",
        "a b@example.org",
        "a@example.org, b@example.org",
        "Ann <a@example.org>",
        "a@example.org\nBcc: b@example.org",
        ".a@example.org",
        "a@-example.org",
        "a@exämple.org",
        "ä@example.org",
        '"a b"@example.org',
        "=?utf-8?q?a?=@example.org",
        f"{'a' * 65}@example.org",
        f"a@{'b' * 64}.org",
        f"{'a' * 250}@example.org",
    ],
)
def test_what_is_not_an_address(text: str) -> None:
    with pytest.raises(FieldError, match="e-mail"):
        fields.an_address(text)


@pytest.mark.parametrize("text", ["nl", "en", "pt-BR", "zh-Hans", "zh-Hant-TW", "tzm"])
def test_a_language(text: str) -> None:
    assert text == fields.a_language(text)


@pytest.mark.parametrize("text", ["", "Nederlands", "NL", "nl_NL", "n", "nl-nl", "../nl"])
def test_what_is_not_a_language_code(text: str) -> None:
    with pytest.raises(FieldError, match="language code"):
        fields.a_language(text)


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+31", "-2+3", "@SUM(A1)"])
def test_a_text_that_a_spreadsheet_would_calculate_is_refused(text: str) -> None:
    with pytest.raises(FieldError, match="formula"):
        fields.some_text(text)


def test_a_text_has_an_end_and_a_name_is_not_empty() -> None:
    with pytest.raises(FieldError, match="too long"):
        fields.some_text("x" * 501)
    with pytest.raises(FieldError, match="empty"):
        fields.a_name("")


def test_the_groups_of_somebody_who_posts() -> None:
    assert frozenset({"groep-3", "groep-5"}) == fields.group_ids("groep-5 groep-3")
    assert frozenset({"all"}) == fields.group_ids("all")
    assert frozenset() == fields.group_ids("")


@pytest.mark.parametrize("text", ["all groep-3", "groep-3, groep-5", "Groep-3"])
def test_what_is_not_a_list_of_groups(text: str) -> None:
    with pytest.raises(FieldError, match="only the word all"):
        fields.group_ids(text)


READERS = (
    fields.an_id,
    fields.group_ids,
    fields.a_date_or_open,
    fields.a_moment,
    fields.one_of(fields.DECISIONS),
    fields.a_form,
    fields.an_address,
    fields.a_language,
    fields.a_name,
)


@given(st.text(max_size=30), st.sampled_from(READERS))
def test_a_cell_is_read_the_same_each_time_or_refused_and_nothing_else(
    text: str, read: Callable[[str], object]
) -> None:
    with suppress(FieldError):
        value = read(text)
        assert value == read(text)
        return
    with pytest.raises(FieldError):
        read(text)
