"""Whoever has a small screen or no mouse reads the letter too; and so with the mail itself."""

from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.demo.running import Demo, MailFile
from tests.demo.screen import Watched, read_through, too_wide

pytestmark = pytest.mark.xdist_group("demo")

FOCUSABLE = "button:visible, a[href]:visible, input:visible, select:visible, summary:visible"
STEP = """(all) => {
    const found = [...document.querySelectorAll(all)].filter((one) => one.checkVisibility());
    return found.indexOf(document.activeElement);
}"""


@pytest.fixture
def narrow(browser: Browser) -> Iterator[Page]:
    """A page on the narrowest phone."""
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def public(demo: Demo) -> Iterator[str]:
    """The address of the public pages, served as any web server would."""
    handler = partial(Quiet, directory=str(demo.work / "output"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and keeps silent."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base's name
        """A test's output is its own."""


def reached_with_tab(page: Page) -> list[int]:
    """Press Tab through the page; the numbers of what had the focus, in order."""
    there = page.locator(FOCUSABLE).count()
    reached: list[int] = []
    for _ in range(there):
        page.keyboard.press("Tab")
        reached.append(int(page.evaluate(STEP, FOCUSABLE.replace(":visible", ""))))
    return reached


def test_tab_reaches_every_group_date_and_link_in_order(
    demo: Demo, page: Page, watched: Watched
) -> None:
    page.goto(MailFile.read(demo.guardians()["g24"]).link)
    expect(page.locator(".group").first).to_be_visible()
    expected = page.locator(FOCUSABLE).count()
    assert expected > 10
    assert list(range(expected)) == reached_with_tab(page)
    assert watched.asked


def test_the_keyboard_leads_to_a_group_and_to_a_date(demo: Demo, page: Page) -> None:
    page.goto(MailFile.read(demo.guardians()["g24"]).link)
    expect(page.locator(".group").first).to_be_visible()
    page.get_by_role("button", name="Groep 7", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Groep 7", exact=True)).to_be_focused()
    expect(page.get_by_role("heading", name="Groep 7", exact=True)).to_be_in_viewport()
    page.get_by_role("button", name="Kerstdiner").press("Enter")
    expect(page.get_by_role("heading", name="Kerstdiner")).to_be_focused()
    expect(page.get_by_role("heading", name="Kerstdiner")).to_be_in_viewport()


def test_the_code_is_typed_without_a_mouse(demo: Demo, page: Page) -> None:
    mail = MailFile.read(demo.guardians()["g24"])
    page.goto(mail.link_without_key)
    expect(page.get_by_role("textbox")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type(mail.code.lower())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".group").first).to_be_visible()


@pytest.mark.parametrize("who", ["g11", "g17", "g24"])
def test_no_letter_is_wider_than_a_narrow_phone(demo: Demo, narrow: Page, who: str) -> None:
    narrow.goto(MailFile.read(demo.guardians()[who]).link)
    read_through(narrow)
    assert 0 == too_wide(narrow)


@pytest.mark.parametrize("who", ["g01", "g17"])
@pytest.mark.parametrize("key", ["", "#MISTYPED", "#" + 28 * "0"])
def test_no_question_for_the_code_is_wider_than_a_narrow_phone(
    demo: Demo, narrow: Page, who: str, key: str
) -> None:
    narrow.goto(MailFile.read(demo.guardians()[who]).link_without_key + key)
    expect(narrow.get_by_role("textbox")).to_be_visible()
    assert 0 == too_wide(narrow)


@pytest.mark.parametrize("who", ["g01", "g17"])
def test_no_mail_is_wider_than_a_narrow_phone(
    demo: Demo, narrow: Page, tmp_path: Path, who: str
) -> None:
    message = BytesParser(policy=policy.default).parsebytes(demo.guardians()[who].read_bytes())
    body = message.get_body(("html",))
    assert body is not None
    mail = tmp_path / "mail.html"
    mail.write_text(body.get_content(), encoding="utf-8")
    narrow.goto(mail.as_uri())
    expect(narrow.get_by_text("De Lichtbron").first).to_be_visible()
    assert 0 == too_wide(narrow)


def test_the_public_pages_open_from_one_another_and_fit(
    demo: Demo, narrow: Page, public: str
) -> None:
    watch = Watched(narrow)
    pages = sorted(path.name for path in (demo.work / "output").glob("*.html"))
    assert len(pages) >= 7
    narrow.goto(f"{public}/")
    linked = narrow.locator("a[href$='.html']").evaluate_all(
        "links => links.map((link) => link.pathname.slice(1))"
    )
    assert len(linked) >= 3
    for name in pages:
        answer = narrow.goto(f"{public}/{name}")
        assert answer is not None
        assert 200 == answer.status
        expect(narrow.get_by_role("heading", level=1)).to_be_visible()
        assert 0 == too_wide(narrow), name
    assert set(linked) <= set(pages)
    assert [] == [line for line in watch.complaints if not line.endswith("/favicon.ico")]
    assert [] == [url for url in watch.asked if not url.startswith(public)]
