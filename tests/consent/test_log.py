"""The log: any line that is edited, removed or moved is found; who left can be forgotten."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.consent.lines import As, Event, Line, What, read_line, write_line
from lichtbrief.consent.log import Chain, read_lines

POST = "groep-3/2026-11-17-bos"
AT = "2026-11-20T14:00:00Z"
WEEK = (
    Event(What.permitted, {"post": POST, "photos": ["ab", "cd"]}),
    Event(What.withdrawn, {"audience": "group"}, ((As.pupil, "anna-b"), (As.guardian, "g1"))),
    Event(What.denied, {"post": POST, "photo": "ab", "reason": "refused"}, ((As.pupil, "anna-b"),)),
    Event(What.linked, {"letter": "x" * 26, "week": "2026-W47"}, ((As.guardian, "g2"),)),
)


def salts() -> Callable[[int], bytes]:
    """Salts that all differ."""
    numbers = count(1)
    return lambda size: next(numbers).to_bytes(size)


def log_of(*events: Event) -> Chain:
    """A log with these lines."""
    return Chain().add(events or WEEK, AT, salts())


def faults(*lines: Line) -> list[int]:
    """The numbers of the lines that are found to be wrong."""
    return [n for n, _ in Chain(lines).verify().faults]


def test_a_log_as_it_was_written_is_sound() -> None:
    chain = log_of()
    assert chain.verify().sound
    assert (4, chain.lines[-1].chain) == (chain.length, chain.head)
    assert Chain().verify().sound
    assert 0 == Chain().length


def test_adding_in_turns_or_at_once_gives_the_same_chain() -> None:
    random = salts()
    chain = Chain()
    for event in WEEK:
        chain = chain.add([event], AT, random)
    assert log_of() == chain


def test_every_line_reads_back_as_it_was_written() -> None:
    chain = log_of()
    assert (chain, ()) == read_lines([write_line(line) for line in chain.lines])
    forgotten = chain.forget({"anna-b"})
    assert (forgotten, ()) == read_lines([write_line(line) for line in forgotten.lines])


@pytest.mark.parametrize("n", range(4))
def test_a_line_that_is_edited_is_found(n: int) -> None:
    lines = list(log_of().lines)
    for changed in (
        replace(lines[n], about={"post": POST}),
        replace(lines[n], at="2026-11-20T15:00:00Z"),
        replace(lines[n], what=What.recovered),
        replace(lines[n], who=()) if lines[n].who else replace(lines[n], about={}),
    ):
        assert [n + 1] == faults(*lines[:n], changed, *lines[n + 1 :])


def test_a_line_about_somebody_else_is_found() -> None:
    first, second, *others = log_of().lines
    anna, father = second.who
    for who in (
        (replace(anna, id="sem-k"), father),
        (replace(anna, role=As.staff), father),
        (replace(anna, salt="00" * 16), father),
        (replace(anna, id=None), father),
        (father, anna),
    ):
        assert [2] == faults(first, replace(second, who=who), *others)


def test_a_line_made_anew_after_an_edit_breaks_the_one_after_it() -> None:
    first, second, third, last = log_of().lines
    edited = replace(second, about={"audience": "school"})
    made_anew = replace(edited, chain=edited.chained(first.chain))
    assert [3] == faults(first, made_anew, third, last)


@given(st.data())
def test_a_line_taken_away_or_moved_is_found(data: st.DataObject) -> None:
    lines = list(log_of().lines)
    moved = lines.pop(data.draw(st.integers(0, 2)))
    assert faults(*lines)
    lines.insert(data.draw(st.integers(0, 3).filter(lambda to: to != moved.n - 1)), moved)
    assert faults(*lines)


def test_whoever_left_is_forgotten_and_the_chain_holds() -> None:
    chain = log_of()
    left = chain.forget({"anna-b", "g1"})
    assert chain.head == left.head
    assert left.verify().sound
    assert (3, 0) == (left.verify().forgotten, chain.verify().forgotten)
    text = "".join(map(write_line, left.lines))
    assert "anna-b" not in text
    assert [frozenset(), frozenset(), frozenset(), {"g2"}] == [each.people() for each in left.lines]
    salts_of = {each.salt for line in chain.lines for each in line.who if each.id == "anna-b"}
    assert not [salt for salt in salts_of if salt and salt in text]


def test_what_was_forgotten_cannot_be_made_up_again() -> None:
    first, second, *others = log_of().forget({"anna-b"}).lines
    someone = tuple(replace(each, id="sem-k", salt="00" * 16) for each in second.who)
    assert [2] == faults(first, replace(second, who=someone), *others)


def test_a_log_that_goes_on_elsewhere_says_what_is_missing() -> None:
    chain = log_of()
    going_on = Event(What.continued, {"after": chain.length, "head": chain.head})
    elsewhere = Chain().add([going_on, *WEEK], AT, salts())
    assert ([], ((1, 4),)) == (list(elsewhere.verify().faults), elsewhere.verify().missing)
    assert 9 == elsewhere.length
    assert not elsewhere.verify().sound
    both = Chain((*chain.lines, *elsewhere.lines))
    assert both.verify().sound
    assert ((3, 4),) == Chain((*chain.lines[:2], *elsewhere.lines)).verify().missing


def test_a_false_beginning_is_found() -> None:
    chain = log_of()
    going_on = Event(What.continued, {"after": chain.length, "head": "0" * 64})
    elsewhere = Chain().add([going_on], AT, salts())
    assert [5] == faults(*chain.lines, *elsewhere.lines)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "nonsense",
        "\x00\x00",
        '{"n":1}',
        write_line(log_of().lines[0]) + " ",
        write_line(log_of().lines[0]).replace('"n":1', '"n":true'),
        write_line(log_of().lines[0]).replace("permitted", "whatever"),
        write_line(log_of().lines[0]).replace('"n":1,', '"n":1,"more":2,'),
        write_line(log_of().lines[1]).replace('"pupil"', '"parent"'),
        "[" * 100_000,
    ],
)
def test_what_is_no_line_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a line of the log"):
        read_line(text)
    assert ((1, "cannot be read"),) == read_lines([text])[1]


@given(st.text())
def test_no_text_makes_the_reader_stumble(text: str) -> None:
    read_lines([text])
