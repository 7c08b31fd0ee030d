"""The log's heads in the store: a log that is cut short, changed or lost does not go unnoticed."""

import pytest

from lichtbrief.consent.lines import As, Event, What
from lichtbrief.consent.standing import Standing
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.heads import KEPT, catch_up, compare, newest_head, put_head
from lichtbrief.jobs.ground.log import Log
from lichtbrief.sealing import KeyRing, Secret
from tests.jobs.given import RING
from tests.jobs.ground.test_log import log
from tests.stores import Shelf

__all__ = ["log"]
POST, PHOTO = "groep-3/2026-11-17-bos", "a" * 32
SHOWN = Event(What.permitted, {"post": POST, "photos": [PHOTO]})
DENIED = Event(
    What.denied, {"post": POST, "photo": PHOTO, "reason": "refused"}, ((As.pupil, "anna-b"),)
)
KEY_MADE = Event(What.key_made, {"year": 2026})


def test_a_log_without_a_line_and_a_store_without_a_head_agree(log: Log, shelf: Shelf) -> None:
    catch_up(log, shelf.store, RING)
    put_head(log, shelf.store, RING)
    assert ({}, None) == (shelf.store.list(), newest_head(shelf.store, RING))


def test_a_head_says_how_long_the_log_is_and_no_more_to_whoever_lacks_the_keys(
    log: Log, shelf: Shelf
) -> None:
    log.add([SHOWN, DENIED])
    put_head(log, shelf.store, RING)
    (name,) = shelf.store.list()
    assert "log/2026/000000002" == name
    assert b"groep-3" not in shelf.store.get(name)
    with pytest.raises(LichtbriefError):
        newest_head(shelf.store, KeyRing({2026: Secret(bytes(32))}))
    head = newest_head(shelf.store, RING)
    assert head is not None
    assert "anna-b" not in str(head)
    assert compare(log.read(), head) is None


def test_a_run_that_writes_nothing_puts_no_further_head(log: Log, shelf: Shelf) -> None:
    log.add([SHOWN])
    put_head(log, shelf.store, RING)
    before = shelf.store.list()
    put_head(log, shelf.store, RING)
    assert before == shelf.store.list()


def test_only_the_last_heads_are_kept(log: Log, shelf: Shelf) -> None:
    for _ in range(KEPT + 2):
        log.add([KEY_MADE])
        put_head(log, shelf.store, RING)
    names = [f"log/2026/{number:09}" for number in range(3, KEPT + 3)]
    assert names == sorted(shelf.store.list())


def test_a_log_that_was_cut_short_shows_and_goes_on_with_a_gap(log: Log, shelf: Shelf) -> None:
    log.add([SHOWN, DENIED, KEY_MADE])
    put_head(log, shelf.store, RING)
    lines = log.path.read_text().splitlines(keepends=True)
    log.path.write_text(lines[0])
    assert log.check().verdict.sound
    assert "The store knows 3 lines, and here are 1." == compare(
        log.read(), newest_head(shelf.store, RING)
    )
    catch_up(log, shelf.store, RING)
    assert ((2, 3),) == log.check().verdict.missing
    assert {(POST, PHOTO)} == Standing.of(log.read().lines).withheld


def test_a_fresh_machine_goes_on_and_knows_what_was_hidden(log: Log, shelf: Shelf) -> None:
    edition = {"edition": "editions/2026/x", "group": "groep-3", "week": "2026-W47"}
    log.add([SHOWN, DENIED, Event(What.published, edition)])
    log.add([Event(What.taken_down, {"post": POST, "photo": ""})])
    log.add([Event(What.ahead, {"posts": [POST]})])
    put_head(log, shelf.store, RING)
    known = Standing.of(log.read().lines)
    log.path.unlink()
    catch_up(log, shelf.store, RING)
    fresh = Standing.of(log.read().lines)
    for what in ("withheld", "taken_down", "editions", "ahead"):
        assert getattr(known, what) == getattr(fresh, what) != getattr(Standing(), what)
    log.add([KEY_MADE])
    put_head(log, shelf.store, RING)
    head = newest_head(shelf.store, RING)
    assert head is not None
    assert (7, log.read().head) == (head.length, head.chain)


def test_a_log_made_anew_is_refused(log: Log, shelf: Shelf) -> None:
    log.add([SHOWN, DENIED])
    put_head(log, shelf.store, RING)
    log.path.unlink()
    log.add([SHOWN, KEY_MADE])
    assert "Line 2 is not the one that the store knows." == compare(
        log.read(), newest_head(shelf.store, RING)
    )
    for step in (catch_up, put_head):
        with pytest.raises(LichtbriefError, match="not the one that the store knows"):
            step(log, shelf.store, RING)


def test_a_stale_copy_on_a_second_machine_is_refused(log: Log, shelf: Shelf) -> None:
    log.add([SHOWN])
    copy = log.path.read_bytes()
    log.add([DENIED, KEY_MADE])
    put_head(log, shelf.store, RING)
    log.path.write_bytes(copy)
    log.add([KEY_MADE])
    with pytest.raises(LichtbriefError, match="not the one that the store knows"):
        put_head(log, shelf.store, RING)


def test_a_head_that_was_damaged_stops_the_run(log: Log, shelf: Shelf) -> None:
    name = "log/2026/000000007"
    shelf.store.put(name, b"nonsense", content_type="application/octet-stream")
    with pytest.raises(LichtbriefError):
        catch_up(log, shelf.store, RING)
