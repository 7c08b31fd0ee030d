"""Planning: why each object goes up, stays or goes away."""

import hashlib
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.errors import LichtbriefError
from lichtbrief.storage import Action, Kind, Plan, Stored, Wanted, plan


def etag_of(data: bytes) -> str:
    return hashlib.md5(data).hexdigest()


def edition(data: bytes) -> Wanted:
    digest = hashlib.sha256(data).hexdigest()
    name = f"editions/{digest[:8]}"
    return Wanted(name, Kind.EDITION, len(data), digest, lambda: data, "application/octet-stream")


def letter(guardian: str, data: bytes, etag: str | None = None) -> Wanted:
    digest = hashlib.sha256(data).hexdigest()
    name = f"letters/{guardian}"
    return Wanted(name, Kind.LETTER, len(data), digest, lambda: data, "text/html", etag=etag)


def stored(name: str, data: bytes) -> dict[str, Stored]:
    return {name: Stored(name, len(data), etag_of(data))}


def reasons(made: Plan) -> list[tuple[str, str, str]]:
    return [(step.action, step.name, step.reason) for step in made.steps]


def test_the_first_week_goes_up_editions_before_letters() -> None:
    forest = edition(b"forest")
    made = plan([letter("jansen", b"dear"), letter("bakker", b"hello"), forest], {}, max_delete=0)
    assert [
        ("put", forest.name, "new"),
        ("put", "letters/bakker", "new"),
        ("put", "letters/jansen", "new"),
    ] == reasons(made)


def test_what_is_there_already_stays() -> None:
    forest, hello = edition(b"forest"), letter("bakker", b"hello", etag_of(b"hello"))
    there = stored(forest.name, b"forest") | stored(hello.name, b"hello")
    made = plan([forest, hello], there, max_delete=0)
    assert ["unchanged", "unchanged"] == [step.reason for step in made.steps]
    assert [etag_of(b"forest"), etag_of(b"hello")] == [step.etag for step in made.of(Action.KEEP)]


@pytest.mark.parametrize("known", [None, "", etag_of(b"last week's")])
def test_a_letter_that_is_not_known_to_be_the_same_is_replaced(known: str | None) -> None:
    made = plan(
        [letter("bakker", b"hello", known)], stored("letters/bakker", b"hallo"), max_delete=0
    )
    assert [("put", "letters/bakker", "changed")] == reasons(made)


def test_an_edition_of_the_wrong_length_is_mended() -> None:
    forest = edition(b"forest")
    made = plan([forest], stored(forest.name, b"for"), max_delete=0)
    assert [("put", forest.name, "changed")] == reasons(made)


def test_deletions_come_last_and_say_why() -> None:
    hello = letter("bakker", b"hello")
    there = stored("editions/withdrawn", b"photo") | stored("letters/of-last-week", b"bye")
    made = plan([hello], there, expired={"letters/of-last-week"}, max_delete=1)
    assert [
        ("put", "letters/bakker", "new"),
        ("delete", "editions/withdrawn", "no longer listed"),
        ("delete", "letters/of-last-week", "expired"),
    ] == reasons(made)


def test_too_many_deletions_refuse_the_whole_plan() -> None:
    there = stored("editions/a", b"a") | stored("editions/b", b"b") | stored("letters/old", b"c")
    with pytest.raises(LichtbriefError) as refusal:
        plan([], there, expired={"letters/old"}, max_delete=1)
    assert "2 of 3 objects would be deleted, and 1 may be" == refusal.value.message
    assert refusal.value.hint.endswith("run it again with --max-delete 2")


def test_a_letter_that_is_wanted_again_does_not_expire() -> None:
    hello = letter("bakker", b"hello", etag_of(b"hello"))
    there = stored(hello.name, b"hello")
    made = plan([hello], there, expired={hello.name}, max_delete=0)
    assert [("keep", hello.name, "unchanged")] == reasons(made)


def test_two_letters_of_one_name_are_refused() -> None:
    with pytest.raises(LichtbriefError, match="wanted twice"):
        plan([letter("bakker", b"one"), letter("bakker", b"two")], {}, max_delete=0)


contents = st.binary(max_size=4)
editions = st.lists(contents, unique=True, max_size=6).map(lambda all_: [edition(d) for d in all_])
letters = st.dictionaries(st.sampled_from("abcdef"), contents, max_size=6).map(
    lambda found: [letter(guardian, data) for guardian, data in found.items()]
)
worlds = st.tuples(editions, letters).map(lambda both: [*both[0], *both[1]])


def carried_out(made: Plan, before: Mapping[str, bytes]) -> dict[str, bytes]:
    """What a store holds after the plan, on paper."""
    after = dict(before)
    for step in made.steps:
        if step.action is Action.DELETE:
            del after[step.name]
        elif step.action is Action.PUT and step.wanted is not None:
            after[step.name] = step.wanted.load()
    return after


def as_stored(held: Mapping[str, bytes]) -> dict[str, Stored]:
    return {name: Stored(name, len(data), etag_of(data)) for name, data in held.items()}


@given(worlds, worlds)
def test_a_plan_carried_out_leaves_what_is_wanted(old: list[Wanted], new: list[Wanted]) -> None:
    before = {each.name: each.load() for each in old}
    made = plan(new, as_stored(before), max_delete=len(before))
    assert {each.name: each.load() for each in new} == carried_out(made, before)


@given(worlds, worlds)
def test_a_second_plan_has_nothing_to_do(old: list[Wanted], new: list[Wanted]) -> None:
    before = {each.name: each.load() for each in old}
    after = carried_out(plan(new, as_stored(before), max_delete=len(before)), before)
    known = [
        letter(each.name.removeprefix("letters/"), each.load(), etag_of(each.load()))
        if each.kind is Kind.LETTER
        else each
        for each in new
    ]
    again = plan(known, as_stored(after), max_delete=0)
    assert len(new) == len(again.of(Action.KEEP)) == len(again.steps)


@given(worlds, worlds)
def test_every_plan_goes_editions_letters_deletions(old: list[Wanted], new: list[Wanted]) -> None:
    before = as_stored({each.name: each.load() for each in old})
    steps = plan(new, before, max_delete=len(before)).steps
    places = [2 if s.wanted is None else int(s.wanted.kind is Kind.LETTER) for s in steps]
    assert sorted(places) == places
