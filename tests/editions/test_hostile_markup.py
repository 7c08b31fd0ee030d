"""Whatever stands in a post, what comes out can do nothing in a parent's browser."""

import contextlib
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lichtbrief.editions.markup import read_markup, renumber
from tests.editions.school import html_of

TEXT = {"a", "abbr", "b", "br", "code", "del", "em", "i", "s", "small", "strong", "sub", "sup", "u"}
BLOCKS = {"blockquote", "dd", "dl", "dt", "h3", "h4", "hr", "li", "ol", "p", "pre", "time", "ul"}
TABLES = {"table", "tbody", "td", "th", "thead", "tr"}
TAGS = TEXT | BLOCKS | TABLES | {"figure", "figcaption", "span"}
ATTRIBUTES = {
    ("a", "href"), ("a", "target"), ("a", "rel"), ("abbr", "title"), ("ol", "start"),
    ("time", "datetime"), ("figure", "data-photo"), ("span", "class"),
}  # fmt: skip

FRAGMENTS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src='a.jpg' alt='\"><script>alert(1)</script>'>",
    "<img src=a.jpg title='</figcaption><script>alert(1)</script>'>",
    '![x](a.jpg "<img src=x onerror=alert(1)>")',
    "![x](javascript:alert(1))",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='&#x6A;avascript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<a href='https://evil.example' onclick='alert(1)' style='position:fixed'>x</a>",
    "<a href='https://evil.example' target='_top' rel='opener' ping='https://evil.example'>x</a>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><foreignObject><iframe srcdoc='<script>x()</script>'></iframe></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",  # noqa: E501 # a known mutation, whole
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<form action='https://evil.example'><input name=x><button formaction='javascript:x'>x</button></form>",  # noqa: E501 # one element
    "<iframe src='https://evil.example'></iframe>",
    "<object data='https://evil.example'></object><embed src='https://evil.example'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example/'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<style>@import 'https://evil.example/x.css'; p{background:url(https://evil.example)}</style>",
    "<p style='background:url(https://evil.example)'>x</p>",
    "<div id=letter class=state data-letter=x>x</div>",
    "<figure data-photo='7'><figcaption>x</figcaption></figure>",
    "<figure data-photo=0 onmouseover=alert(1)></figure>",
    "<!--><figure data-photo='7'></figure>-->",
    "<![CDATA[<figure data-photo='7'></figure>]]>",
    "<textarea></textarea><title><figure data-photo='7'></title></figure>",
    "<xmp><figure data-photo='7'></figure></xmp>",
    "<template><figure data-photo='7'></figure></template>",
    "<span class='where'>bank.example</span><span data-word='until'>x</span>",
    "<time datetime='2026-01-01' data-form='day'>x</time>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video autoplay onplay=alert(1)><source src=x onerror=alert(1)></video>",
    "<marquee onstart=alert(1)>x</marquee><body onload=alert(1)>",
    "<p title=\"--><img src=x onerror=alert(1)>\">x</p>",
    "<table><caption><svg/onload=alert(1)></caption><tr><td background='javascript:x'>x</td></tr>",
    "x\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<" * 300 + "b" + ">" * 300,
    "<b>" * 80 + "x",
    "<p title='x' lang='x' dir='rtl'>x</p>",
    '{: onclick="alert(1)" id="letter" }',
    'tekst {: onclick="alert(1)" style="x" }',
    "Hallo{: #letter .state data-photo=7 }\n{: #letter .state data-photo=7 }",
]  # fmt: skip


class Seen(HTMLParser):
    """Every element and attribute of what came out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.odd = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_comment(self, data: str) -> None:
        self.odd += data

    def handle_decl(self, decl: str) -> None:
        self.odd += decl

    def unknown_decl(self, data: str) -> None:
        self.odd += data

    def handle_pi(self, data: str) -> None:
        self.odd += data


def assert_inert(html: str, photos: int) -> None:
    seen = Seen(html)
    assert "" == seen.odd
    assert seen.tags <= TAGS
    assert {(tag, name) for tag, name, _ in seen.attributes} <= ATTRIBUTES
    for _, name, value in seen.attributes:
        if name == "href":
            assert value.startswith(("https://", "http://", "mailto:", "tel:"))
        if name == "data-photo":
            assert 0 <= int(value) < photos
    assert html == renumber(html, {number: number for number in range(photos)}, {})


@pytest.mark.parametrize("fragment", FRAGMENTS)
@pytest.mark.parametrize("frame", ["{}", "Tekst {} en meer", "- {}\n- tol", "> {}", "<p>{}</p>"])
def test_a_hostile_fragment_comes_out_inert(fragment: str, frame: str) -> None:
    written = frame.replace("{}", fragment)
    for html in (html_of(written), written):
        markup = read_markup(html)
        assert_inert(markup.html, len(markup.references))


def test_a_photo_cannot_be_pointed_at_by_hand() -> None:
    markup = read_markup("<figure data-photo='0'></figure><img src='a.jpg' alt='A'>")
    assert '<figure data-photo="0"></figure>' == markup.html


pieces = st.sampled_from(
    [*FRAGMENTS, "![A](a.jpg)", "<p>", "</p>", "<li>", "<td>", "<table>", "<!--", "-->", "</", "<a",
     "<figure data-photo=3>", "'", '"', "\n\n", "    ", "- ", "> ", "*", "`", "<br>", "&lt;", "x"]
)  # fmt: skip


@example("- <template>x</template><textarea></textarea><title>y</title></figure>")
@given(st.lists(pieces, max_size=12).map("".join))
def test_no_mixture_of_them_does_anything_either(text: str) -> None:
    with contextlib.suppress(ValueError):
        markup = read_markup(html_of(text))
        assert_inert(markup.html, len(markup.references))


@given(st.text(alphabet="<>/=\"'&;!-[]abip src\x00\n", max_size=60))
def test_nor_does_any_rubbish(text: str) -> None:
    with contextlib.suppress(ValueError):
        markup = read_markup(text)
        assert_inert(markup.html, len(markup.references))
