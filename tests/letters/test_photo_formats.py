"""Photos in a format that not every browser knows; and their colour before they come."""

import io
from dataclasses import replace

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.letters.site import CODE, Picture, Site, edition, page_of

BOS = page_of({"title": "Naar het bos", "html": '<figure data-photo="0"></figure>'})


class InAvif(Picture):
    """A photo whose large rendition is an AVIF image."""

    def jpeg(self, long_edge: int) -> bytes:
        data = super().jpeg(long_edge)
        if long_edge == 480:
            return data
        out = io.BytesIO()
        Image.open(io.BytesIO(data)).save(out, "AVIF", speed=10)
        return out.getvalue()


class OfTomorrow(Picture):
    """A photo whose large rendition no browser of today knows."""

    def jpeg(self, long_edge: int) -> bytes:
        return super().jpeg(long_edge) if long_edge == 480 else b"of tomorrow" * 40


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    """As wide as a tablet: on a phone the small photo would do."""
    tablet = phone.new_page()
    tablet.set_viewport_size({"width": 1024, "height": 768})
    return tablet


def put(site: Site, picture: Picture, **told: str) -> str:
    """The address of a letter with this photo, of which the index tells this as well."""
    data, granted = edition("groep-3", "Groep 3", BOS, [picture])
    index = dict(granted.index)
    photos = index["photos"]
    assert isinstance(photos, list)
    index["photos"] = [{**photo, **told} for photo in photos]
    return f"{site.put_letter((data, replace(granted, index=index)))}#{CODE}"


def width_of(page: Page) -> int:
    """The width in pixels of the one photo that is shown."""
    expect(page.locator(".photo.shown img")).to_have_count(1)
    width = page.evaluate("() => document.querySelector('.photo img').naturalWidth")
    assert isinstance(width, int)
    return width


def test_the_large_photo_is_shown_in_avif(site: Site, page: Page) -> None:
    page.goto(put(site, InAvif(), mime="image/avif"))
    expect(page.locator(".photo img")).to_have_js_property("naturalWidth", 1280)


def test_a_browser_that_does_not_know_the_format_shows_the_small_one(
    site: Site, page: Page
) -> None:
    page.goto(put(site, OfTomorrow(), mime="image/tomorrow"))
    assert 480 == width_of(page)
    page.get_by_role("button", name="Bladeren op het schoolplein").click()
    expect(page.locator("dialog img")).to_have_js_property("naturalWidth", 480)


def test_the_place_has_the_colour_of_the_photo_before_it_comes(site: Site, page: Page) -> None:
    address = put(site, Picture(), colour="#c8a887")
    page.route("**/*.sealed", lambda route: None)  # the photo is still on its way
    page.goto(address)
    expect(page.locator(".photo")).to_have_css("background-color", "rgb(200, 168, 135)")
