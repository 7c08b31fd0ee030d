"""Settings that are refused whatever else they say: with them, what is private could get out.

Pelican replaces a setting of the wrong type by its default without a word: a string in
ARTICLE_PATHS becomes the whole content folder. So the ones that keep posts out of Pelican's own
hands are compared with the one value that is safe.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lichtbrief.errors import Problem
from lichtbrief.hosts import check_certificate, is_loopback, read_store
from lichtbrief.roster import FieldError
from lichtbrief.setting_table import LONGEST_LINK_DAYS

SAFE: Mapping[str, object] = {
    "ARTICLE_PATHS": [],
    "STATIC_PATHS": [],
    "PAGE_PATHS": ["pages"],
    "DELETE_OUTPUT_DIRECTORY": True,
    "OUTPUT_SOURCES": False,
    "TEMPLATE_PAGES": {},
    "STATIC_CREATE_LINKS": False,
    "CACHE_CONTENT": False,
    "THEME_STATIC_PATHS": ["static/public"],
}
SECRET = re.compile(r"(AWS|LICHTBRIEF)_([A-Z0-9_]*_)?(KEYS?|KEY_ID|TOKEN|PASSWORD)")
ADDRESSES = ("LICHTBRIEF_STORE", "LICHTBRIEF_S3_ENDPOINT", "LICHTBRIEF_MAIL", "LICHTBRIEF_MAILBOX")
LONGEST_VALUE = 80


def problem(given: Mapping[str, Any], name: str, what: str, todo: str) -> Problem:
    """One setting that is refused, with its value, unless a password may be in that."""
    value = repr(given.get(name))[:LONGEST_VALUE]
    shown = None if name not in given or (name in ADDRESSES and "@" in value) else value
    return Problem("settings", what, todo, column=name, value=shown)


def unsafe(given: Mapping[str, Any], known: Collection[str]) -> Iterator[Problem]:
    """Every setting that may not be so; `known` are the names of ours that there are."""
    yield from _opened(given)
    for name in given:
        if SECRET.fullmatch(name):
            todo = "take it out; docs/settings.md says where secrets belong"
            yield Problem("settings", "is a secret, and templates see settings", todo, column=name)
        elif name.startswith("LICHTBRIEF_") and name not in known:
            # A name with a typing error would silently leave the default in force.
            yield Problem("settings", "is not a setting of Lichtbrief", "correct it", column=name)
    for name in ADDRESSES:
        if _has_password(given.get(name)):
            todo = "take it out; docs/settings.md says where secrets belong"
            yield Problem("settings", "holds a password", todo, column=name)


def nested(given: Mapping[str, Any], places: Mapping[str, Path], output: Path) -> list[Problem]:
    """The output is emptied at each build and then public: nothing else may lie in or around it."""
    return [
        problem(given, name, "and OUTPUT_PATH lie inside one another", "move one of them")
        for name, folder in places.items()
        if output == folder or output in folder.parents or folder in output.parents
    ]


def _opened(given: Mapping[str, Any]) -> Iterator[Problem]:
    """The settings that decide whether Pelican itself may touch a post or a photo."""
    for name, safe in SAFE.items():
        if given.get(name) != safe:
            what = "would let Pelican publish what is private"
            yield problem(given, name, what, f"set it to {safe}")
    jinja = given.get("JINJA_ENVIRONMENT")
    options = jinja if isinstance(jinja, Mapping) else {}
    strict = getattr(options.get("undefined"), "__name__", "") == "StrictUndefined"
    if options.get("autoescape") is not True or not strict:
        todo = "set autoescape to True and undefined to jinja2.StrictUndefined"
        yield problem(given, "JINJA_ENVIRONMENT", "is not strict", todo)


def _has_password(address: object) -> bool:
    try:
        return isinstance(address, str) and urlsplit(address).password is not None
    except ValueError:
        return False


def trial_moment(given: Mapping[str, Any], values: Mapping[str, Any]) -> list[Problem]:
    """A moment in the past would ignore a withdrawal: it is for looking and for trying out."""
    if values.get("moment") is None or values.get("preview") or values.get("store") == "local":
        return []
    if is_loopback(urlsplit(values.get("endpoint") or "").hostname or ""):
        return []
    todo = "leave it out: a real store is published as of now"
    return [problem(given, "LICHTBRIEF_MOMENT", "is for trials only", todo)]


def links(given: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[Problem]:
    """Links that S3 would not sign for so long, and a CloudFront that is half there or in the way:
    a letter may talk to the host that it came from, and to no other."""
    domain, pair = values.get("cloudfront"), values.get("cloudfront_key_pair")
    if (domain is None) is not (pair is None):
        missing = "LICHTBRIEF_CLOUDFRONT_KEY_PAIR" if pair is None else "LICHTBRIEF_CLOUDFRONT"
        todo = "set both LICHTBRIEF_CLOUDFRONT and LICHTBRIEF_CLOUDFRONT_KEY_PAIR, or neither"
        yield problem(given, missing, "is missing", todo)
    if domain is not None and values.get("replies", "none") != "none":
        todo = "leave one of the two out (docs/decisions.md, Replies, says why)"
        yield problem(given, "LICHTBRIEF_REPLIES", "cannot be with LICHTBRIEF_CLOUDFRONT", todo)
    if domain is None and values.get("link_days", 0) > LONGEST_LINK_DAYS:
        todo = f"write a number of days up to {LONGEST_LINK_DAYS}; only CloudFront signs for longer"
        yield problem(given, "LICHTBRIEF_LINK_DAYS", "is longer than S3 signs links for", todo)


def stores(given: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[Problem]:
    """A bucket that can be at another host, but not at Amazon."""
    if values.get("store", "local") != "local":
        try:
            check_certificate(read_store(values["store"]), given.get("LICHTBRIEF_S3_ENDPOINT"))
        except FieldError as error:
            yield problem(given, "LICHTBRIEF_STORE", error.what, error.todo)
