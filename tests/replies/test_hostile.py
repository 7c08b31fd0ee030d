"""Ten thousand hostile replies, and floods of them: no wrong row, all counted, nothing held up."""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from lichtbrief.jobs.answers.lying import lying_in
from lichtbrief.jobs.answers.taking_in import take_in
from lichtbrief.jobs.ground.surroundings import Surroundings
from lichtbrief.replies import SIZES, Letterbox, Why
from lichtbrief.sealing import write_ring
from lichtbrief.settings import read_settings
from tests.jobs.given import RING, folder_bytes, site_of
from tests.replies.given import write_reply
from tests.replies.hostile import NAMES, TWICE, attack
from tests.replies.office import NOW, OCTETS, box_of, word
from tests.replies.shelves import MemoryStore
from tests.replies.test_forging import Held, inbox
from tests.road.roads import Road
from tests.school import WEEK, SmallSchool

MANY, SOME = 10_000, 1_000
REASONS = set(Why) - {Why.age, Why.flood}


def tables(school: SmallSchool) -> Mapping[str, bytes]:
    """All that the office keeps."""
    return folder_bytes(school.folder / "school")


def test_ten_thousand_hostile_replies_are_counted_and_change_nothing(tmp_path: Path) -> None:
    """Through what every job that publishes calls first, until nothing more lies there."""
    school, store = SmallSchool.build(tmp_path / "school"), MemoryStore()
    write_ring(school.folder / ".lichtbrief/keys.json", RING)
    site = site_of(school, LICHTBRIEF_REPLIES="post")
    surroundings = Surroundings(store, None, lambda: NOW)  # type: ignore[arg-type] # not asked
    before, counts, waiting = tables(school), dict.fromkeys(Why, 0), 0

    def put(place: str, data: bytes) -> None:
        store.put(place, data, content_type=OCTETS)

    attack(box_of("g1"), box_of("g3"), MANY, put)
    more, filed = True, 0
    while more:
        taken = take_in(site, read_settings(site), surroundings)
        more, filed = taken.received.more, filed + taken.received.filed
        for why, count in (*taken.received.aside.items(), *taken.received.counted.refused.items()):
            counts[why] += count
        waiting = taken.received.counted.waiting
    assert [TWICE] == [one.reply.id for one in surroundings.cabinet(RING).all()]
    assert (1, len(store.list("replies/"))) == (filed, waiting)
    assert MANY == filed + waiting + sum(counts.values())
    assert REASONS <= {why for why, count in counts.items() if count}
    assert before == tables(school)


@pytest.mark.xdist_group("replies-road")
def test_a_thousand_of_them_in_the_real_store_harm_neither_the_inbox_nor_the_week(
    road: Road,
) -> None:
    """Under names as no program of ours gives them, beside the word of another parent."""
    (mother, father), before = (box(road, "g1"), box(road, "g3")), tables(road.school)
    put: dict[str, bytes] = {}
    attack(mother, father, SOME, put.__setitem__)
    put[f"{box(road, 'g4').prefix}x"] = write_reply(box(road, "g4"), word(1, "noor-d"))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda each: put_raw(road, *each), put.items()))
    lying = len(road.store.list("replies/"))
    came = told(road)
    counted = came["surveys"]["waiting"] + sum(came["surveys"]["refused"].values())
    assert lying == came["filed"] + sum(came["aside"].values()) + counted
    assert (2, 0, 0, 0) == tuple(came[name] for name in ("filed", "answers", "hidden", "wishes"))
    assert came["surveys"]["waiting"] == len(road.store.list("replies/"))
    assert before == tables(road.school)
    assert (0, {}) == inbox(road)
    assert {"sent": 4} == road.done()["mails"]


def box(road: Road, guardian: str) -> Letterbox:
    return Letterbox.of(road.ring().year(2026), 2026, guardian, WEEK)


def put_raw(road: Road, place: str, data: bytes) -> None:
    """As the store's owner could: quicker than a form."""
    key = road.store.prefix + place
    road.store.client.put_object(Bucket=road.store.bucket, Key=key, Body=data)


def told(road: Road) -> dict[str, Any]:
    """What the inbox says, which must end well."""
    result = road.school.run("inbox", "--json")
    assert (0, "") == (result.returncode, result.stderr)
    value: dict[str, Any] = json.loads(result.stdout)
    return value


@pytest.mark.xdist_group("replies-road")
def test_whatever_name_a_form_lets_through_is_taken_in_and_removed(road: Road) -> None:
    road.done()
    held = Held(road, "g1")
    for number, name in enumerate(NAMES):
        held.post(write_reply(held.box, word(number)), f"{number}{name}")
    assert (len(NAMES), {}) == inbox(road)
    assert {} == road.store.list("replies/")


def test_a_flood_waits_in_its_own_letterbox_and_hides_no_other() -> None:
    store = MemoryStore(most=10)
    boxes = sorted((box_of(guardian) for guardian in ("g1", "g2", "g4")), key=lambda b: b.name)
    for box, count in zip(boxes, (95, 20, 3), strict=True):
        for number in range(count):
            store.put(f"{box.prefix}{number:03}", bytes(SIZES[0]), content_type=OCTETS)
    lying = lying_in(store, 20)
    found = [one.name for one in lying.objects]
    expected = [
        f"{box.prefix}{number:03}"
        for box, count in zip(boxes, (20, 20, 3), strict=True)
        for number in range(count)
    ]
    assert (expected, True) == (found, lying.more)
    assert store.pages < 10, "not every page of a flood is asked for"
