"""Trying for real whether parents may answer: what letters carry for it, used and misused.

A letter carries a form (POST with a policy), or for stores that take none an address at which one
object may be put.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import urllib3

from lichtbrief.errors import LichtbriefError
from lichtbrief.findings import Finding, failed, good, tried, warning
from lichtbrief.storage.asking import ask, open_pool
from lichtbrief.storage.posting import PostForm, PostSigner
from lichtbrief.storage.probing import is_allowed, store_as
from lichtbrief.storage.s3 import S3Store
from lichtbrief.storage.store import Store
from lichtbrief.storage.strangers import REFUSED

WHAT: Final = "Answering"
ANSWER: Final = b"an answer"
OTHER: Final = b"something else that is larger"
MOST: Final = len(ANSWER)
BY_FORM: Final = (
    "use a host that takes POST with a policy (Amazon, SeaweedFS, MinIO, Ceph), or set"
    ' LICHTBRIEF_REPLIES to "put"'
)
BY_KEY: Final = (
    "see that the key may put below replies/ (SeaweedFS asks for the right to write the bucket)"
)


@dataclass(frozen=True, slots=True)
class Letterlike:
    """Answers as a letter would send them, by a form or (`by_form` False) to an address.

    `poster` signs what letters carry; `folder` is a letterbox that nobody has.
    """

    poster: PostSigner
    now: Callable[[], datetime]
    by_form: bool
    folder: str = field(default_factory=lambda: f"replies/{secrets.token_hex(13)}/")

    def send(self, pool: urllib3.PoolManager, name: str, data: bytes) -> int:
        """The status with which `data` is answered; a name beside the folder was not asked for."""
        until = self.now() + timedelta(minutes=10)
        beside = name.removeprefix("../")
        asked = self.folder if beside != name else self.folder + name
        if self.by_form:
            form = self.poster.form(self.folder, 1, MOST, until)
            to = form.begins.replace(self.folder, beside) if beside != name else form.begins + name
            return _posted(pool, form, to, data)
        link = self.poster.put_link(asked, MOST, until)
        to = link.replace(self.folder, beside) if beside != name else link
        return ask(pool, to, {"If-None-Match": "*"}, "PUT", data).status

    def remove(self, store: Store) -> None:
        """Remove what was put."""
        with suppress(LichtbriefError):  # a store that refuses has its finding already
            for name in store.list(self.folder):
                store.delete(name)


def verify_answers(store: Store, letterlike: Letterlike) -> None:
    """Check that an answer from a letter is taken now; what was put is removed.

    Raises `LichtbriefError` otherwise.
    """
    with open_pool([letterlike.poster.place], 1) as pool:
        try:
            status = letterlike.send(pool, "1", ANSWER)
        finally:
            letterlike.remove(store)
    if not 200 <= status < 300:
        raise LichtbriefError(
            f"the store does not take what parents would answer (answer {status}); nobody was"
            " mailed",
            "see LICHTBRIEF_REPLIES_… with lichtbrief doctor, or switch LICHTBRIEF_REPLIES off",
        )


@dataclass(frozen=True, slots=True)
class AnswerProbe:
    """The checks of answering; `store` is the publisher's."""

    store: S3Store
    letterlike: Letterlike

    def findings(self) -> Iterator[Finding]:
        """Every check, in order; what it put is removed."""
        with open_pool([self.letterlike.poster.place], 1) as pool:
            try:
                yield tried(WHAT, lambda: self._answer(pool))
                yield tried("Answers refused", lambda: self._abuse(pool))
                yield tried("Key for answers", self._key)
            finally:
                self.letterlike.remove(self.store)

    def _answer(self, pool: urllib3.PoolManager) -> Finding:
        status = self.letterlike.send(pool, "1", ANSWER)
        if not 200 <= status < 300:
            todo = BY_KEY if status in REFUSED else BY_FORM
            return failed(WHAT, f"an answer from a letter is not taken (answer {status})", todo)
        if self.store.get(f"{self.letterlike.folder}1") != ANSWER:
            todo = "something between here and the store changes it: ask the store's host"
            return failed(WHAT, "an answer reads back as something else", todo)
        return good(WHAT, "a letter's answer gets into the store")

    def _abuse(self, pool: urllib3.PoolManager) -> Finding:
        """Whether what a letter carries is good for nothing but a small object in its place."""
        what = "Answers refused"
        for kind, status in self._abused(pool).items():
            if status < 400:
                return failed(what, f"an answer {kind} was taken", BY_FORM)
        return good(what, "too large, or for another place")

    def _abused(self, pool: urllib3.PoolManager) -> Mapping[str, int]:
        found = {
            "too large": self.letterlike.send(pool, "2", OTHER),
            "for another place": self.letterlike.send(pool, "../letters/2", ANSWER),
        }
        if not self.letterlike.by_form:
            found["in place of an earlier one"] = self.letterlike.send(pool, "1", ANSWER)
        return found

    def _key(self) -> Finding:
        own = store_as(self.store, self.letterlike.poster.credentials)
        if is_allowed(
            lambda: own.get(f"{self.letterlike.folder}1"), lambda: own.list(self.letterlike.folder)
        ):
            todo = "give LICHTBRIEF_REPLIES_… a key that may only put (storage policy replies)"
            return warning("Key for answers", "the key for answers may read as well", todo)
        return good("Key for answers", "may put answers, and neither read nor list")


def _posted(pool: urllib3.PoolManager, form: PostForm, name: str, data: bytes) -> int:
    fields: dict[str, str | bytes | tuple[str, str | bytes] | tuple[str, str | bytes, str]]
    fields = {**form.fields, "key": name, "file": ("answer", data)}
    body, kind = urllib3.filepost.encode_multipart_formdata(fields)
    return ask(pool, form.url, {"Content-Type": kind}, "POST", body).status
