"""HTML that should never have passed the build: under the letter's policy it is inert."""

import re
from itertools import batched
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.letters.site import CODE, Site, edition, serve

MARK = "document.body.setAttribute('data-executed', 1)"
FRAGMENTS = (
    f'<img src="x" onerror="{MARK}">',
)
