"""reply.js in Chromium: RFC 9180's vector, and replies that are the same bytes as Python's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as PlaywrightError

from lichtbrief.replies import kind_of, open_reply, open_words, read_sealed
from lichtbrief.replies.hpke import derive_key_pair, public_bytes
from tests.letters.site import Site, serve
from tests.replies.given import (
    ABOUT,
    EPHEMERAL,
    MOTHER,
    PLAIN,
    WORDS_KEY,
    own_key,
    public_of,
    vectors,
    write_reply,
)
from tests.replies.make_vectors import SANNE, SEALED, TOM

pytestmark = pytest.mark.xdist_group("letters-browser")

READER = Path(__file__).parents[2] / "theme" / "static" / "reader"
# Arrays of numbers and hex in, hex out; a key pair is made of its numbers, as JWK has them.
HELPERS = """
const fromHex = (hex) => Uint8Array.from(hex.match(/../g) || [], (two) => parseInt(two, 16));
const toHex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
const base64 = (hex) => btoa(String.fromCharCode(...fromHex(hex)))
  .replace(/\\+/g, "-").replace(/\\//g, "_").replace(/=/g, "");
const pairOf = async (secret, open) => {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const [x, y] = [open.slice(2, 66), open.slice(66)].map(base64);
  const jwk = { kty: "EC", crv: "P-256", x, y, d: base64(secret) };
  return {
    privateKey: await crypto.subtle.importKey("jwk", jwk, curve, false, ["deriveBits"]),
    publicKey: await crypto.subtle.importKey("raw", fromHex(open), curve, true, []),
  };
};
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serve() as site:
        yield empty(site)


def empty(site: Site) -> str:
    return site.put("/empty.html", b"<!doctype html>", "text/html")


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(address)
    for name in ("sealed.js", "reply.js"):
        page.add_script_tag(content=(READER / name).read_text("utf-8"))
    page.add_script_tag(content=HELPERS)
    yield page
    page.close()


def hexes(key: ec.EllipticCurvePrivateKey) -> list[str]:
    return [key.private_numbers().private_value.to_bytes(32).hex(), public_bytes(key).hex()]


def test_the_browser_seals_the_vector_of_the_rfc(page: Page) -> None:
    rfc = vectors()["hpke"]
    own = hexes(derive_key_pair(bytes.fromhex(rfc["ikmE"])))
    sealed = page.evaluate(
        """async ([rfc, own]) => toHex(await Reply.seal(
            ...["pkRm", "info", "aad", "pt"].map((name) => fromHex(rfc[name])),
            await pairOf(...own)))""",
        [rfc, own],
    )
    assert rfc["enc"] + rfc["ct"] == sealed


def box_of(name: str = MOTHER.name) -> dict[str, str]:
    return {
        "name": name,
        "year": str(MOTHER.year),
        "school": MOTHER.public.hex(),
        "own": MOTHER.own.reveal().hex(),
    }


WRITE = """async ([box, content, own]) => {
    const { name, year } = box;
    const [school, key] = [fromHex(box.school), fromHex(box.own)];
    const pair = own && (await pairOf(...own));
    const made = await Reply.write({ name, year, school, own: key }, content, pair);
    return made && toHex(made);
}"""


def test_the_browser_writes_the_same_reply_as_python(page: Page) -> None:
    made = page.evaluate(WRITE, [box_of(), PLAIN, hexes(EPHEMERAL)])
    assert write_reply(MOTHER).hex() == made


def test_the_school_opens_what_the_browser_seals_by_itself(page: Page) -> None:
    body = {"post": "abcdefgh", "people": 3, "words": "Leuk! 🎉 شكرا"}
    content = {**PLAIN, "kind": "coming", "body": body}
    one, two = (page.evaluate(WRITE, [box_of(), content, None]) for _ in range(2))
    assert one != two
    reply = open_reply(bytes.fromhex(one), MOTHER)
    assert ("coming", "Leuk! 🎉 شكرا") == (kind_of(reply.body), getattr(reply.body, "words", ""))


def test_a_reply_that_is_too_long_is_not_cut_off_in_silence(page: Page) -> None:
    content = {**PLAIN, "body": {**PLAIN["body"], "words": "ä" * 5000}}
    assert page.evaluate(WRITE, [box_of(), content, None]) is None


CLOSE = """async ([box, id, body, readers, raw, own]) => Reply.close(
    box, id, body, readers.map(({ id, key }) => ({ id, key: fromHex(key) })),
    raw ? fromHex(raw) : undefined, own && (await pairOf(...own)))"""
READERS = [{"id": who, "key": key.hex()} for who, key in public_of(SANNE, TOM).items()]


def closed(page: Page, words: str, *known: object) -> object:
    """What the browser makes of a word for two teachers; `known` is what it would draw."""
    box = {"name": MOTHER.name, "year": str(MOTHER.year)}
    body = {**PLAIN["body"], "words": words}
    return page.evaluate(CLOSE, [box, PLAIN["id"], body, READERS, *(known or (None, None))])


def test_the_browser_seals_a_word_for_two_teachers_as_python_does(page: Page) -> None:
    made = closed(page, PLAIN["body"]["words"], WORDS_KEY.hex(), hexes(EPHEMERAL))
    assert SEALED["body"] == made
    content = page.evaluate(WRITE, [box_of(), SEALED, hexes(EPHEMERAL)])
    assert write_reply(MOTHER, SEALED).hex() == content


def test_each_teacher_opens_what_the_browser_seals_by_itself(page: Page) -> None:
    words = "Юрій не спав 🎈\nشكرا" * 80
    bodies = [closed(page, words) for _ in range(2)]
    assert bodies[0] != bodies[1]
    for body in bodies:
        assert isinstance(body, dict)
        assert {"to", "pupil", "sealed"} == body.keys()
        sealed = read_sealed(body["sealed"])
        assert [words] * 2 == [open_words(sealed, own_key(who), ABOUT) for who in (SANNE, TOM)]


def test_words_too_long_to_seal_are_not_sent_in_another_way(page: Page) -> None:
    assert closed(page, "語" * 1400) is None


def test_for_a_key_that_is_none_the_browser_seals_nothing(page: Page) -> None:
    for key in (bytes(65), b"\4" + bytes(64), public_of(SANNE)[SANNE][:-1] + b"\0"):
        readers = [{"id": SANNE, "key": key.hex()}]
        with pytest.raises(PlaywrightError):
            page.evaluate(CLOSE, [box_of(), PLAIN["id"], PLAIN["body"], readers, None, None])
