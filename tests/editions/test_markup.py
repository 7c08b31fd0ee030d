"""What a text looks like once it is safe: photos between blocks, links that say where they lead."""

import pytest

from lichtbrief.editions.figures import Reference
from lichtbrief.editions.markup import read_markup
from tests.editions.school import html_of

OUT = 'target="_blank" rel="noopener noreferrer"'


def shown(text: str) -> str:
    return read_markup(html_of(text)).html


def photo(number: int) -> str:
    return f'<figure data-photo="{number}"></figure>'


def test_ordinary_text_stays_as_it_is() -> None:
    text = "Een **dag** met *zon* & regen.\n\n- bal\n- tol\n\n> Leuk!"
    expected = (
        "<p>Een <strong>dag</strong> met <em>zon</em> &amp; regen.</p>"
        "<ul><li>bal</li><li>tol</li></ul><blockquote><p>Leuk!</p></blockquote>"
    )
    assert expected == shown(text)


def test_headings_stand_below_the_title_of_the_post() -> None:
    assert "<h3>A</h3><h3>B</h3><h4>C</h4><h4>D</h4>" == shown("# A\n## B\n### C\n##### D")


def test_a_table_stays_a_table() -> None:
    text = "| dag | tijd |\n|-|-|\n| ma | 9 |"
    expected = (
        "<table><thead><tr><th>dag</th><th>tijd</th></tr></thead>"
        "<tbody><tr><td>ma</td><td>9</td></tr></tbody></table>"
    )
    assert expected == shown(text)


def test_code_keeps_its_spaces() -> None:
    assert "<pre><code>a  b\n  c\n</code></pre>" == shown("    a  b\n      c")


def test_a_photo_on_its_own_is_a_figure_without_paragraph() -> None:
    assert f"<p>Voor</p>{photo(0)}<p>Na</p>" == shown("Voor\n\n![A](a.jpg)\n\nNa")


def test_a_photo_in_running_text_moves_behind_its_paragraph() -> None:
    assert f"<p>Zie hier onze boom.</p>{photo(0)}" == shown("Zie hier ![A](a.jpg) onze boom.")


def test_photos_keep_their_order() -> None:
    expected = f"<p>Zie en ook</p>{photo(0)}{photo(1)}{photo(2)}"
    assert expected == shown("Zie ![A](a.jpg) en ![B](b.jpg)\nook ![C](c.jpg)")


def test_several_photos_in_one_paragraph_dissolve_it() -> None:
    assert photo(0) + photo(1) + photo(2) == shown("![A](a.jpg) ![B](b.jpg)  \n![C](c.jpg)")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- bal\n- ![A](a.jpg)", f"<ul><li>bal</li><li>{photo(0)}</li></ul>"),
        ("1. bal ![A](a.jpg) rood", f"<ol><li>bal rood{photo(0)}</li></ol>"),
        ("> ![A](a.jpg)", f"<blockquote>{photo(0)}</blockquote>"),
        ("## ![A](a.jpg)", photo(0)),
        ("*![A](a.jpg)*", photo(0)),
        ("[![A](a.jpg)](https://example.org)", photo(0)),
        ("tekst <img src='a.jpg' alt='A'>", f"<p>tekst</p>{photo(0)}"),
    ],
)
def test_a_photo_elsewhere(text: str, expected: str) -> None:
    assert expected == shown(text)


def test_a_title_is_the_caption() -> None:
    expected = '<figure data-photo="0"><figcaption>Blad &amp; &lt;tak&gt;</figcaption></figure>'
    assert expected == shown('![A](a.jpg "Blad & <tak>")')


def test_what_is_said_about_a_photo_is_taken_out_of_the_text() -> None:
    markup = read_markup(html_of('![Bos](a.jpg){: people="anna-b sem-k" attested_by="els" }'))
    assert (Reference("a.jpg", "Bos", "anna-b sem-k", "els"),) == markup.references
    for word in ("anna-b", "els", "Bos", "a.jpg"):
        assert word not in markup.html


def test_a_link_shows_where_it_leads() -> None:
    expected = (
        f'<p>Zie <a href="https://www.example.org/a?b=1" {OUT}>de site</a> '
        '<span class="where">www.example.org</span>.</p>'
    )
    assert expected == shown("Zie [de site](https://www.example.org/a?b=1).")


@pytest.mark.parametrize(
    "text",
    ["<https://example.org/x>", "[example.org](https://example.org)",
     "[Site: www.Example.org](https://example.org)", "[example.org](https://www.example.org)"],
)  # fmt: skip
def test_a_link_that_shows_its_host_does_not_say_it_twice(text: str) -> None:
    assert "where" not in shown(text)


@pytest.mark.parametrize(
    "words", ["https://bank.example", "notevil.example", "evil.example.org", "my-evil.example"]
)
def test_a_link_that_shows_another_host_is_given_away(words: str) -> None:
    html = shown(f"[{words}](https://evil.example/)")
    assert '<span class="where">evil.example</span>' in html


def test_mail_and_telephone_can_be_used() -> None:
    html = shown("[mail](mailto:a@example.org) [bel](tel:+31201234567)")
    rel = 'rel="noopener noreferrer"'
    expected = (
        f'<p><a href="mailto:a@example.org" {rel}>mail</a> '
        f'<a href="tel:+31201234567" {rel}>bel</a></p>'
    )
    assert expected == html


def test_a_footnote_keeps_its_words_but_not_its_links() -> None:
    html = shown("Neem mee[^1].\n\n[^1]: Laarzen.")
    assert "<a" not in html
    assert "↩" not in html
    assert "<p>Neem mee<sup>1</sup>.</p>" in html
    assert "Laarzen." in html


def test_links_without_a_plain_target_are_told() -> None:
    markup = read_markup(html_of("[a](b) [c](https://u@example.org) [d](#e)"))
    assert ("b", "https://u@example.org") == markup.refused
    assert "<p>a c d</p>" == markup.html


def test_an_embedded_film_is_told() -> None:
    assert "iframe" == read_markup("<iframe src=x></iframe>").film
    assert read_markup("<p>iframe</p>").film is None
