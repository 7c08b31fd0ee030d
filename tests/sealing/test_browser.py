"""sealed.js in Chromium: the vectors, and what a reader does with a letter's keys."""

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from lichtbrief.sealing import Header, cipher_length, object_key, seal
from tests.sealing.given import EDITION, THIS_YEAR, Vector, vectors

pytestmark = pytest.mark.xdist_group("sealing-browser")  # one Chromium for all of these

SEALED_JS = Path(__file__).parents[2] / "theme" / "static" / "reader" / "sealed.js"
RUN_VECTORS = Path(__file__).with_name("run_vectors.js")
IN_THE_BROWSER = {"object", "code", "context", "object-key", "locked-secret"}


class EmptyPage(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base's name
        """Say nothing: requests are no news."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A secure context, without which there is no WebCrypto: loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), EmptyPage) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(address)
    page.add_script_tag(content=SEALED_JS.read_text("utf-8"))
    page.add_script_tag(content=SEALED_JS.with_name("passphrase.js").read_text("utf-8"))
    yield page
    page.close()


def expected(vector: Vector) -> dict[str, Any]:
    if vector["expect"] != "ok":
        return {"why": vector.get("expect_by_object_key", vector["expect"])}
    answers = {"object": "plaintext", "code": "key"}
    answer = answers.get(vector["kind"], "result")
    return {answer: vector[answer]}


def test_the_browser_opens_and_refuses_as_python_does(page: Page) -> None:
    cases = [vector for vector in vectors() if vector["kind"] in IN_THE_BROWSER]
    came = page.evaluate(RUN_VECTORS.read_text("utf-8"), cases)
    assert {vector["name"]: expected(vector) for vector in cases} == came


def test_a_photo_is_opened_with_the_key_from_a_letter_and_its_own_bytes_alone(page: Page) -> None:
    photo = b"a photo of nobody"
    sealed = seal(THIS_YEAR, EDITION, [b"{}", b"<p>page</p>", photo])
    key = object_key(THIS_YEAR, EDITION, Header.parse(sealed).salt)
    part = sealed[-cipher_length(len(photo)) :]
    opened = page.evaluate(
        """async ([key, number, length, part]) => {
            const opened = await Sealed.open(Uint8Array.from(key));
            return Array.from(await Sealed.segment(opened, number, length, Uint8Array.from(part)));
        }""",
        [list(key.reveal()), 2, len(photo), list(part)],
    )
    assert photo == bytes(opened)


def test_a_field_that_is_too_long_is_not_cut_off_in_silence(page: Page) -> None:
    thrown = page.evaluate(
        """() => {
            try { Sealed.context("a".repeat(65536)); } catch (error) { return error.name; }
        }"""
    )
    assert thrown == "RangeError"


def test_the_script_is_small_and_runs_no_text_as_code() -> None:
    script = SEALED_JS.read_text("utf-8")
    assert len(gzip.compress(script.encode())) < 4_000
    forbidden = ("eval", "Function(", "innerHTML", "document", "localStorage", "fetch(", "import(")
    assert [word for word in forbidden if word in script] == []
