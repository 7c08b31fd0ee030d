"""HTML that should never have passed the build is inert under the letter's policy."""

import re
from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.letters.site import CODE, Picture, Site, edition, serve

RUN = "top.executed = (top.executed || 0) + 1"
FRAGMENTS = (
    f'<img src="x:" onerror="{RUN}">',
    '<img src="FOREIGN/pixel.png">',
    '<img srcset="FOREIGN/set.png 1x">',
    '<picture><source srcset="FOREIGN/source.png"><img></picture>',
    f"<script>{RUN}</script>",
    '<script src="FOREIGN/script.js"></script>',
    f'<svg onload="{RUN}"></svg>',
    f"<svg><script>{RUN}</script></svg>",
    '<svg><image href="FOREIGN/svg.png"/><use href="FOREIGN/use.svg#x"/></svg>',
    f'<svg><a href="javascript:{RUN}"><text y="20">x</text></a></svg>',
    f'<math><mtext><a href="javascript:{RUN}">x</a></mtext></math>',
    f'<iframe srcdoc="&lt;script&gt;{RUN}&lt;/script&gt;"></iframe>',
    f'<iframe src="javascript:{RUN}"></iframe>',
    '<iframe src="FOREIGN/frame.html"></iframe>',
    '<object data="FOREIGN/object.html"></object>',
    '<embed src="FOREIGN/embed.html">',
    f'<video src="x:" onerror="{RUN}"></video>',
    '<video poster="FOREIGN/poster.png" src="FOREIGN/film.mp4" autoplay></video>',
    '<audio src="FOREIGN/sound.mp3" autoplay></audio>',
    f'<details open ontoggle="{RUN}"><summary>x</summary></details>',
    f'<input autofocus onfocus="{RUN}">',
    f'<a href="javascript:{RUN}">x</a>',
    f'<a href="#" onclick="{RUN}; return false">x</a>',
    '<a href="javascript:0" ping="FOREIGN/ping">x</a>',
    '<form action="FOREIGN/form"><button>x</button></form>',
    f'<form action="javascript:{RUN}"><button>x</button></form>',
    '<base href="FOREIGN/">',
    '<meta http-equiv="refresh" content="0;url=FOREIGN/refresh">',
    '<template><meta http-equiv="refresh" content="0;url=FOREIGN/t"></template>',
    '<link rel="stylesheet" href="FOREIGN/link.css"><link rel="prefetch" href="FOREIGN/pre">',
    '<style>@import "FOREIGN/import.css"; body { background: url(FOREIGN/back.png) }</style>',
    '<p style="background: url(FOREIGN/style.png)">x</p>',
    '<img src="x:" id="Sealed" name="letter"><form id="ask"><input id="code"></form>',
)
CLICK = """() => document.querySelectorAll('.group :is(a, button, summary)').forEach(
    (one) => one.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true})))"""


@pytest.fixture
def foreign() -> Iterator[Site]:
    with serve() as elsewhere:
        yield elsewhere


def read(phone: BrowserContext, address: str) -> int:
    """Open the letter, wait for its photo, click whatever there is; how often something ran."""
    page = phone.new_page()
    page.goto(f"{address}#{CODE}")
    expect(page.locator(".photo.shown")).to_be_visible()
    page.evaluate(CLICK)
    # A round trip to the site: by then what was going to happen has begun.
    page.evaluate("fetch('letter.html').catch(() => 0)")
    assert page.url.startswith(address), "the page was led away"
    executed = page.evaluate("window.executed || 0")
    page.close()
    return int(executed)


def letter_with(site: Site, fragments: Sequence[str], foreign: Site) -> str:
    hostile = "".join(fragments).replace("FOREIGN", foreign.address)
    page = f"<article class='post'>{hostile}<figure data-photo='0'></figure></article>"
    return site.put_letter(edition("groep-3", "Groep 3", page, [Picture()]))


@pytest.mark.parametrize("first", range(0, len(FRAGMENTS), 7))
def test_hostile_html_executes_nothing_and_asks_nobody(
    site: Site, foreign: Site, phone: BrowserContext, first: int
) -> None:
    address = letter_with(site, FRAGMENTS[first : first + 7], foreign)
    assert read(phone, address) == 0
    assert foreign.asked == []


def test_the_same_html_does_harm_without_the_policy(
    site: Site, foreign: Site, phone: BrowserContext
) -> None:
    leading_away = ("<form", "<base", "<meta")
    harmful = [one for one in FRAGMENTS if not one.startswith(leading_away)]
    address = letter_with(site, harmful, foreign)
    kind, html = site.files["/letter.html"]
    bare = re.sub(rb'<meta http-equiv="Content-Security-Policy"[^>]*>', b"", html)
    site.files["/letter.html"] = (kind, bare)
    assert read(phone, address) >= 5
    assert len(foreign.asked) >= 5
