"""Carrying out a plan on a real store, being interrupted, and reading back."""

import gzip
import hashlib
import json
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from lichtbrief.errors import LichtbriefError
from lichtbrief.storage import (
    Action,
    DryRun,
    Kind,
    S3Store,
    Step,
    Wanted,
    apply,
    plan,
    remove,
    verify,
)
from lichtbrief.storage.signer import utc_now
from tests.stores import Shelf


def wanted(kind: Kind, name: str, data: bytes, etag: str | None = None) -> Wanted:
    edition = kind is Kind.EDITION
    return Wanted(
        f"{kind}s/{name}",
        kind,
        len(data),
        hashlib.sha256(data).hexdigest(),
        lambda: data,
        "application/octet-stream" if edition else "text/html; charset=utf-8",
        None if edition else "gzip",
        etag,
    )


def week(etags: dict[str, str] | None = None) -> list[Wanted]:
    """A small week: three editions and four letters."""
    known = etags or {}
    editions = [wanted(Kind.EDITION, f"group-{n}", bytes([n]) * 5000) for n in range(3)]
    letters = [
        wanted(Kind.LETTER, guardian, gzip.compress(guardian.encode(), mtime=0))
        for guardian in ("bakker", "jansen", "visser", "de-wit")
    ]
    return [
        *editions,
        *(wanted(Kind.LETTER, w.name[8:], w.load(), known.get(w.name)) for w in letters),
    ]


def quiet(_: object) -> None:
    pass


def publish(store: S3Store, objects: list[Wanted]) -> dict[str, str]:
    return apply(plan(objects, store.list(), max_delete=0), store, progress=quiet)


def test_the_store_holds_the_week_and_the_next_run_keeps_it_all(shelf: Shelf) -> None:
    etags = publish(shelf.store, week())
    assert {name: each.etag for name, each in shelf.store.list().items()} == etags
    again = plan(week(etags), shelf.store.list(), max_delete=0)
    assert {Action.KEEP} == {step.action for step in again.steps}
    assert etags == apply(again, shelf.store, progress=quiet)


def test_no_letter_goes_before_the_last_edition(shelf: Shelf) -> None:
    seen: list[Step] = []
    made = plan(week(), {}, max_delete=0)
    apply(made, shelf.store, progress=seen.append)
    kinds = [step.wanted.kind for step in seen if step.wanted]
    assert [Kind.EDITION] * 3 + [Kind.LETTER] * 4 == kinds


def test_a_failed_edition_stops_the_letters(shelf: Shelf) -> None:
    lost = Wanted("editions/lost", Kind.EDITION, 1, "0" * 64, lambda: b"?", "text/plain")
    with pytest.raises(LichtbriefError, match="editions/lost is not what was built"):
        publish(shelf.store, [lost, *week()])
    assert {} == shelf.store.list("letters/")
    publish(shelf.store, week())
    assert 7 == len(shelf.store.list())


def test_after_ctrl_c_nothing_new_begins_and_the_next_run_finishes(shelf: Shelf) -> None:
    def interrupt(_: Step) -> None:
        raise KeyboardInterrupt

    made = plan(week(), {}, max_delete=0)
    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        apply(made, shelf.store, workers=1, progress=interrupt)
    assert (before, {}) == (threading.active_count(), shelf.store.list("letters/"))
    publish(shelf.store, week())
    assert 7 == len(shelf.store.list())


def test_a_damaged_edition_is_replaced(shelf: Shelf) -> None:
    shelf.store.put("editions/group-0", b"cut off", content_type="application/octet-stream")
    publish(shelf.store, week())
    assert bytes(5000) == shelf.store.get("editions/group-0")


def test_removing_is_a_step_of_its_own(shelf: Shelf) -> None:
    publish(shelf.store, week())
    shorter = week()[1:]
    made = plan(shorter, shelf.store.list(), max_delete=1)
    apply(made, shelf.store, progress=quiet)
    assert "editions/group-0" in shelf.store.list()
    remove(made, shelf.store, progress=quiet)
    assert {each.name for each in shorter} == set(shelf.store.list())


def test_a_dry_run_says_what_the_plan_would_do(shelf: Shelf) -> None:
    shelf.store.put("editions/old", b"old", content_type="application/octet-stream")
    dry = DryRun(shelf.store)
    made = plan(week(), dry.list(), max_delete=1)
    apply(made, dry, progress=quiet)
    remove(made, dry, progress=quiet)
    assert 7 == sum(intent.verb == "put" for intent in dry.intents)
    assert "editions/old" == dry.intents[-1].name
    assert {"editions/old"} == set(shelf.store.list())


def read_back(shelf: Shelf, progress: Callable[[Wanted], None] = quiet) -> None:
    verify(week(), shelf.signer(), utc_now() + timedelta(days=7), progress=progress)


def test_a_published_week_reads_back(shelf: Shelf) -> None:
    publish(shelf.store, week())
    seen: list[Wanted] = []
    read_back(shelf, seen.append)
    assert {each.name for each in week()} == {each.name for each in seen}


def fault(shelf: Shelf) -> str:
    """What reading back complains of, and nothing of a link in it."""
    with pytest.raises(LichtbriefError) as caught:
        read_back(shelf)
    assert caught.value.__context__ is None
    assert "http" not in caught.value.message + caught.value.hint
    return caught.value.message


def test_a_missing_letter_is_found(shelf: Shelf) -> None:
    publish(shelf.store, week())
    shelf.store.delete("letters/jansen")
    assert "the letter letters/jansen does not open with its link (answer 404)" == fault(shelf)


def test_a_wrong_start_of_an_edition_is_found(shelf: Shelf) -> None:
    publish(shelf.store, week())
    shelf.store.put("editions/group-1", bytes(5000), content_type="application/octet-stream")
    assert "the edition editions/group-1 reads back as something else" == fault(shelf)


def test_a_letter_that_lost_its_encoding_is_found(shelf: Shelf) -> None:
    publish(shelf.store, week())
    data = shelf.store.get("letters/visser")
    shelf.store.put("letters/visser", data, content_type="text/html")
    assert "the letter letters/visser reads back as something else" == fault(shelf)


def test_a_public_bucket_is_refused(shelf: Shelf) -> None:
    publish(shelf.store, week())
    everybody = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{shelf.store.bucket}/{shelf.store.prefix}letters/*",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [everybody]})
    shelf.store.client.put_bucket_policy(Bucket=shelf.store.bucket, Policy=policy)
    try:
        assert fault(shelf).startswith("your bucket is public")
    finally:
        shelf.store.client.delete_bucket_policy(Bucket=shelf.store.bucket)


def test_a_store_out_of_reach_is_told_without_its_address(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setattr("urllib3.Retry.sleep", quiet)
    assert "the store cannot be reached" == fault(shelf)
