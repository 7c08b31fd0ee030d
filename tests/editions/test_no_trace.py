"""A denied photo leaves nothing behind: the post reads as if it had been written without it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.editions.markup import read_markup, renumber
from tests.editions.school import html_of

NO = '![Geheim](nee.jpg "Ook geheim"){: people="sem-k" }'

# What the teacher wrote, and what would have been written without the photo.
STORIES = [
    ("Voor\n\n{}\n\nNa", "Voor\n\nNa"),
    ("{}", ""),
    ("{}\n\nNa", "Na"),
    ("Voor\n\n{}", "Voor"),
    ("Voor {} na", "Voor na"),
    ("Voor {}", "Voor"),
    ("{} na", "na"),
    ("Voor\n{}\nna", "Voor\nna"),
    ("Voor  \n{}", "Voor"),
    ("{}  \nna", "na"),
    ("Voor  \n{}  \nna", "Voor  \nna"),
    ("- bal  \n  {}\n- tol", "- bal\n- tol"),
    ("- {}  \n  bal\n- tol", "- bal\n- tol"),
    ("Voor *{}* na", "Voor na"),
    ("Voor **{}**", "Voor"),
    ("- bal\n- {}\n- tol", "- bal\n- tol"),
    ("- bal {} rood\n- tol", "- bal rood\n- tol"),
    ("- {}\n- {}\n\nNa", "Na"),
    ("1. bal\n\n    {}\n\n2. tol", "1. bal\n2. tol"),
    ("1. bal\n\n{}\n\n2. tol", "1. bal\n2. tol"),
    ("- bal\n\n{}\n\n- tol", "- bal\n- tol"),
    ("> een\n>\n> {}\n>\n> twee", "> een\n>\n> twee"),
    ("> een\n\n{}\n\n> twee", "> een\n\n> twee"),
    ("> {}\n\nNa", "Na"),
    ("## {}\n\nNa", "Na"),
    ("# Kop\n\n{}\n\n## Kop", "# Kop\n\n## Kop"),
    ("Term\n:   uitleg {}", "Term\n:   uitleg"),
    ("|a|b|\n|-|-|\n|een|{}|\n|twee|drie|", "|a|b|\n|-|-|\n|een||\n|twee|drie|"),
    ("|a|b|\n|-|-|\n|{}|{}|\n|twee|drie|", "|a|b|\n|-|-|\n|twee|drie|"),
    ("[link](https://example.org) {}\n\nNa", "[link](https://example.org)\n\nNa"),
    ("[{}](https://example.org)\n\nNa", "Na"),
    ("Voor\n\n{} {}\n\nNa", "Voor\n\nNa"),
    ("Voor\n\n{}\n\n{}\n\nNa", "Voor\n\nNa"),
    ("Voor\n\n{}{}\n{}\n\nNa", "Voor\n\nNa"),
    ("Tekst\n\n    code  met  spaties\n\nNa\n\n{}", "Tekst\n\n    code  met  spaties\n\nNa"),
]


def shown(text: str) -> str:
    return read_markup(html_of(text)).html


def denied(text: str) -> str:
    return renumber(shown(text), {}, {})


@pytest.mark.parametrize(("story", "without"), STORIES)
def test_a_denied_photo_leaves_no_trace(story: str, without: str) -> None:
    assert shown(without) == denied(story.replace("{}", NO))


@pytest.mark.parametrize("story", [story for story, _ in STORIES])
def test_nothing_that_was_said_about_it_is_left(story: str) -> None:
    html = denied(story.replace("{}", NO))
    for trace in ("Geheim", "geheim", "nee", "sem-k", "figure", "photo", "img"):
        assert trace not in html


@pytest.mark.parametrize(("story", "without"), STORIES)
def test_the_other_photos_stay_and_are_counted_anew(story: str, without: str) -> None:
    frame = "![Ja](ja.jpg)\n\n{}\n\n![Ja](ook.jpg)"
    text = frame.replace("{}", story)
    read = read_markup(html_of(text.replace("{}", NO)))
    kept = [n for n, reference in enumerate(read.references) if reference.src != "nee.jpg"]
    html = renumber(read.html, {old: new for new, old in enumerate(kept)}, {})
    assert shown(frame.replace("{}", without)) == html


blocks = st.lists(
    st.one_of(
        st.sampled_from(["Een zin.", "Nog *een* zin", "- bal\n- tol", "> leuk", "## Kop", "---"]),
        st.integers(0, 5).map(lambda number: f"![A](a{number}.jpg)"),
        st.integers(0, 5).map(lambda number: f"Zin ![A](b{number}.jpg) met foto"),
    ),
    min_size=1,
    max_size=8,
).map("\n\n".join)


@given(blocks, st.sets(st.integers(0, 8)))
def test_taking_out_twice_is_taking_out_together(text: str, first: set[int]) -> None:
    read = read_markup(html_of(text))
    everything = range(len(read.references))
    some = renumber(read.html, {n: n for n in everything if n not in first}, {})
    assert renumber(read.html, {}, {}) == renumber(some, {}, {})


@given(blocks)
def test_taking_nothing_out_changes_nothing(text: str) -> None:
    read = read_markup(html_of(text))
    assert read.html == renumber(read.html, {n: n for n in range(len(read.references))}, {})


@given(blocks)
def test_any_text_with_its_photos_denied_is_the_text_without_photos(text: str) -> None:
    without = re.sub(r"!\[A\]\([ab]\d\.jpg\)", "", text)
    assert shown(without) == denied(text)
