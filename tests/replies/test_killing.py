"""The machine dies while it takes replies in, again and again: none is lost, none filed twice."""

import os
import random
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest

from lichtbrief.roster import read_roster
from tests.jobs.given import decide_now
from tests.replies.office import Office, choice, reply_id, word
from tests.school import SmallSchool
from tests.stores import Shelf

pytestmark = pytest.mark.xdist_group("replies-road")

KILLS = 20
REPLIES = 12
FAMILIES = (("g1", "anna-b"), ("g2", "sem-k"), ("g4", "noor-d"), ("g6", "tess-v"))
KINDS = ("photo", "video", "name", "work")


def start(office: Office) -> int:
    """A child that takes in and carries out everything; it has a client of its own."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
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


def test_killed_at_twenty_instants_no_reply_is_lost_and_none_filed_twice(
    shelf: Shelf, tmp_path: Path
) -> None:
    school = SmallSchool.build(tmp_path / "school")
    store = replace(shelf.server.store(), prefix=shelf.store.prefix)
    office = Office(decide_now(school, LICHTBRIEF_REPLIES="post"), store)
    draw, sent, killed = random.Random(7), 0, 0
    fill(office, sent)
    began = time.monotonic()
    assert 0 == os.waitpid(start(office), 0)[1]
    span, sent = time.monotonic() - began, REPLIES
    while killed < KILLS:
        if not store.list("replies/"):
            fill(office, sent)
            sent += REPLIES
        child = start(office)
        time.sleep(draw.uniform(0, span))
        os.kill(child, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
    office.empty()
    office.act()
    assert {reply_id(n) for n in range(sent)} == {one.reply.id for one in office.cabinet.all()}
    assert all(one.done for one in office.cabinet.all())
    answers = read_roster(school.folder / "school").answers
    rows = [each for each in answers if each.source == "letter"]
    assert len([n for n in range(sent) if not n % 3]) == len(rows) == len(set(rows))
    assert {} == store.list("replies/")
