"""The machine dies while it takes replies in, again and again: none is lost, none filed twice.

Its disk dies with it: each run begins with an old roster and an empty state folder.
"""

import os
import random
import shutil
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest

from lichtbrief.roster import read_roster
from lichtbrief.storage import S3Store
from tests.jobs.given import decide_now
from tests.replies.office import Office, choice, reply_id, word
from tests.school import SmallSchool
from tests.stores import Shelf

pytestmark = pytest.mark.xdist_group("replies-road")

KILLS = 20
REPLIES = 12
FAMILIES = (("g1", "anna-b"), ("g2", "sem-k"), ("g4", "noor-d"), ("g6", "tess-v"))
KINDS = ("photo", "video", "name", "work")


def start(office: Office, store: S3Store) -> int:
    """A child that takes in and carries out everything; it has connections of its own."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        store.client.close()
        office.empty()
        office.act()
        status = 0
    finally:
        os._exit(status)


def fill(office: Office, first: int) -> None:
    """Words and answers of several parents, numbered from `first`."""
    for number in range(first, first + REPLIES):
        guardian, pupil = FAMILIES[number % len(FAMILIES)]
        if number % 3:
            office.put(guardian, word(number, pupil))
        else:
            answers = {f"paper_{KINDS[number % 4]}": "no"}
            office.put(guardian, choice(number, pupil, ago=5 + number, **answers))


def wipe(school: SmallSchool, export: bytes) -> None:
    """Another machine goes on: it has the keys, the store, and the roster as it was exported."""
    shutil.rmtree(school.folder / ".lichtbrief", ignore_errors=True)
    (school.folder / "school/consents.csv").write_bytes(export)


def test_killed_with_its_disk_at_twenty_instants_no_reply_is_lost_and_none_filed_twice(
    shelf: Shelf, tmp_path: Path
) -> None:
    school = SmallSchool.build(tmp_path / "school")
    store = replace(shelf.server.store(), prefix=shelf.store.prefix)
    export = (school.folder / "school/consents.csv").read_bytes()
    office = Office(decide_now(school, LICHTBRIEF_REPLIES="post"), store)
    draw, sent, killed = random.Random(7), 0, 0
    fill(office, sent)
    began = time.monotonic()
    assert 0 == os.waitpid(start(office, store), 0)[1]
    span, sent = time.monotonic() - began, REPLIES
    while killed < KILLS:
        if not store.list("replies/"):
            fill(office, sent)
            sent += REPLIES
        child = start(office, store)
        time.sleep(draw.uniform(0, span))
        os.kill(child, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        wipe(school, export)
    office.empty()
    office.act()
    assert {reply_id(n) for n in range(sent)} == {one.reply.id for one in office.cabinet.all()}
    assert all(one.done for one in office.cabinet.all())
    answers = read_roster(school.folder / "school").answers
    rows = [each for each in answers if each.source == "letter"]
    assert len([n for n in range(sent) if not n % 3]) == len(rows) == len(set(rows))
    assert {} == store.list("replies/")
