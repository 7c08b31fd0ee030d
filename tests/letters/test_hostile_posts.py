"""What a hostile post does on its whole way, from Markdown to a parent's screen: nothing.

And the same posts with the allow-list and the policy switched off do harm, or this would prove
nothing.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from lichtbrief.editions import edition as planning
from lichtbrief.editions import plan_edition, reading, render_page
from lichtbrief.editions.markup import Markup
from tests.editions.school import GROUPS, HEADER, STAFF, WEEK, ZONE, Desk
from tests.letters.site import CODE, THEME, Site, edition, serve

RUN = "top.executed=(top.executed||0)+1"
HARMFUL = (
    f'<img src="x:" onerror="{RUN}">',
    f'<details open ontoggle="{RUN}"><summary>x</summary></details>',
    f'<video src="x:" onerror="{RUN}"></video>',
    f'<iframe srcdoc="&lt;script&gt;{RUN}&lt;/script&gt;"></iframe>',
    f'<iframe src="javascript:{RUN}"></iframe>',
    f'<object data="javascript:{RUN}"></object><embed src="FOREIGN/embed.html">',
    f'<a href="javascript:{RUN}">x</a>',
    f"[x](javascript:{RUN})",
    f'<a href="https://example.org" onclick="{RUN}; return false">x</a>',
    f'<p onclick="{RUN}">x</p><button onclick="{RUN}">x</button>',
    f'<math><mtext><a href="javascript:{RUN}">x</a></mtext></math>',
    f"<xmp><p title='</xmp><img src=x: onerror={RUN}>'></xmp>",
    f"<title><p title='</title><img src=x: onerror={RUN}>'></title>",
    "![x](FOREIGN/markdown.png)",
    '<img src="FOREIGN/pixel.png">',
    '<img srcset="FOREIGN/set.png 1x">',
    '<svg><image href="FOREIGN/svg.png"/></svg>',
    '<iframe src="FOREIGN/frame.html"></iframe>',
    '<video poster="FOREIGN/poster.png" src="FOREIGN/film.mp4"></video>',
    '<link rel="stylesheet" href="FOREIGN/link.css">',
    '<style>@import "FOREIGN/import.css"; body { background: url(FOREIGN/back.png) }</style>',
    '<p style="background: url(FOREIGN/style.png)">x</p>',
    '<input type="image" src="FOREIGN/input.png">',
)
OTHERS = (
    f'<svg onload="{RUN}"></svg>',
    f'<svg><g onload="{RUN}"></g></svg>',
    f'tekst {{: onclick="{RUN}" }}',
    f'<noscript><p title="</noscript><img src=x: onerror={RUN}>"></noscript>',
    '<table background="FOREIGN/table.png"><tr><td>x</td></tr></table>',
    f'<audio src="x:" onerror="{RUN}"></audio>',
    '<picture><source srcset="FOREIGN/source.png"><img></picture>',
    f'Tekst <img src="x:" onerror="{RUN}"> en meer',
    f"<script>{RUN}</script>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f'<form action="javascript:{RUN}"><button formaction="javascript:{RUN}">x</button></form>',
    '<form action="FOREIGN/form"><input name="x"><button>x</button></form>',
    '<base href="FOREIGN/">',
    '<meta http-equiv="refresh" content="0;url=FOREIGN/refresh">',
    '<template><meta http-equiv="refresh" content="0;url=FOREIGN/t"></template>',
    '<a href="FOREIGN/away" target="_self" ping="FOREIGN/ping">x</a>',
    '<a href="FOREIGN/away" target="_top">x</a>',
    f"[x](data:text/html;base64,{'PHNjcmlwdD4=' * 2})",
    f"[x](java\tscript:{RUN})",
    f"<a href='&#x6A;avascript:{RUN}'>x</a>",
    f"<math><mtext><table><mglyph><style><!--</style><img src=x: onerror={RUN}>",
    f'<svg></p><style><a id="</style><img src=x: onerror={RUN}>">',
    f"<form><math><mtext></form><form><mglyph><svg><mtext><style><path id='</style>"
    f"<img onerror={RUN} src=x:>'>",
    f'<input autofocus onfocus="{RUN}"><textarea autofocus onfocus="{RUN}"></textarea>',
    f'<body onload="{RUN}"><marquee onstart="{RUN}">x</marquee>',
    f'<p title="--><img src=x: onerror={RUN}>">x</p><!-- <p --><img src=x: onerror={RUN}>',
    '<div id="letter" class="state"></div><form id="ask"><input id="code" name="length"></form>',
    '<figure data-photo="9"></figure><span data-word="until">x</span>',
    f"x\n\n[1]: javascript:{RUN}\n\n[x][1] <javascript:{RUN}> <FOREIGN/auto>",
)
# All but our own link to tell of a doubt, which opens a mail.
CLICK = """() => document.querySelectorAll('.post *:not(.foot, .foot *)').forEach(
    (one) => one.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true})))"""
PATIENCE = 100  # looks, a twentieth of a second apart
OWN_LINKS = """() => addEventListener('click', (event) => event.preventDefault(), true)"""


@pytest.fixture
def foreign() -> Iterator[Site]:
    with serve() as elsewhere:
        yield elsewhere


def page_of_posts(folder: Path, texts: list[str], foreign: Site) -> tuple[str, int]:
    """The page with every post that the build lets through, and how many those are."""
    desk = Desk(folder)
    for number, text in enumerate(texts):
        hostile = f"Title: <img src=x: onerror={RUN}>\nBring: <svg onload={RUN}>\n"
        head = HEADER.replace("Title: Naar het bos\n", hostile)
        body = text.replace("FOREIGN", foreign.address)
        desk.write(body, head, f"groep-3/2026-11-17-post-{number}")
    posts, _ = desk.read()
    plan = plan_edition(GROUPS["groep-3"], WEEK, posts, {}, STAFF, ZONE)
    return render_page(plan, THEME, "nl"), len(posts)


def test_there_are_enough_of_them() -> None:
    assert len(set(HARMFUL + OTHERS)) >= 40


def test_hostile_posts_execute_nothing_ask_nobody_and_lead_nowhere(
    site: Site, foreign: Site, phone: BrowserContext, tmp_path: Path
) -> None:
    page, count = page_of_posts(tmp_path, [*HARMFUL, *OTHERS], foreign)
    assert count >= 25, "the others are refused before anybody sees them"
    address = site.put_letter(edition("groep-3", "Groep 3", page))
    reader = phone.new_page()
    reader.add_init_script(
        "top.refused = []; document.addEventListener('securitypolicyviolation',"
        " (event) => top.refused.push(event.violatedDirective + ' ' + event.sourceFile))"
    )
    gone: list[str] = []
    reader.on("framenavigated", lambda frame: gone.append(frame.url))
    reader.goto(f"{address}#{CODE}")
    expect(reader.locator(".post")).to_have_count(count)
    reader.evaluate(OWN_LINKS)
    reader.evaluate(CLICK)
    reader.evaluate("fetch('letter.html').catch(() => 0)")
    assert [0, []] == reader.evaluate("[top.executed || 0, top.refused]")
    assert [] == foreign.asked
    assert {address} == {url.partition("#")[0] for url in gone}
    assert [reader] == phone.pages


def as_written(html: str) -> Markup:
    """The allow-list, switched off."""
    return Markup(html, (), (), (), None, (), False)


def test_without_allow_list_and_policy_each_of_them_does_harm(
    site: Site,
    foreign: Site,
    phone: BrowserContext,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "read_markup", as_written)
    monkeypatch.setattr(reading, "renumber", lambda html, *_: html)
    monkeypatch.setattr(planning, "renumber", lambda html, *_: html)
    page = phone.new_page()
    harmless = []
    for number, text in enumerate(HARMFUL):
        html, count = page_of_posts(tmp_path / str(number), [text], foreign)
        assert count == 1
        address = site.put_letter(edition("groep-3", "Groep 3", html))
        without_policy(site)
        foreign.asked.clear()
        # A query of its own, or the browser would stay where it is.
        page.goto(f"{address}?{number}#{CODE}")
        expect(page.locator(".post").first).to_be_attached()
        page.evaluate(CLICK)
        if not does_harm(page, foreign):
            harmless.append(text)
    assert [] == harmless, "\n".join(harmless)


def does_harm(page: Page, foreign: Site) -> bool:
    """Whether something ran or was fetched; it may take a busy browser its time."""
    for _ in range(PATIENCE):
        if page.evaluate("window.executed") or foreign.asked:
            return True
        page.wait_for_timeout(50)
    return False


def without_policy(site: Site) -> None:
    """Take the policy out of the letter."""
    kind, html = site.files["/letter.html"]
    bare = re.sub(rb'<meta http-equiv="Content-Security-Policy"[^>]*>', b"", html)
    assert bare != html
    site.files["/letter.html"] = (kind, bare)
