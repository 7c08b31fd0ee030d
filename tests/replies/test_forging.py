"""What a guardian can do with all that their own letter holds, beside what its forms offer."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import urllib3

from lichtbrief.replies import Letterbox
from tests.replies.given import write_reply
from tests.replies.office import reply_id
from tests.road.roads import Road, open_letter
from tests.road.test_revoking import wipe
from tests.school import MOMENT, WEEK

pytestmark = pytest.mark.xdist_group("replies-road")

AT = datetime.fromisoformat(MOMENT).replace(tzinfo=UTC)
TAKEN, REFUSED = 204, (400, 403)


class Held:
    """A guardian's letter in the hands of somebody with a program."""

    def __init__(self, road: Road, guardian: str) -> None:
        self.way: Mapping[str, Any] = open_letter(road.link(guardian)).about["replies"]
        self.box = Letterbox.of(road.ring().year(2026), 2026, guardian, WEEK)
        held = [base64.urlsafe_b64decode(self.way[name]) for name in ("own", "school")]
        assert [self.box.own.reveal(), self.box.public] == held, "the letter holds all it takes"

    def post(self, data: bytes, name: str = "x", place: str = "") -> int:
        """Put something as the form of the letter does, there or elsewhere; the store's answer."""
        key = (place or str(self.way["begins"])) + name
        fields = {"key": key, **self.way["fields"], "file": ("blob", data)}
        return urllib3.request("POST", self.way["url"], fields=fields, retries=False).status

    def choose(self, number: int, pupil: str, said: str, before: int, purpose: str) -> bytes:
        """A sealed choice, said so many minutes before the moment of the school."""
        at = (AT - timedelta(minutes=before)).strftime("%Y-%m-%dT%H:%M:%SZ")
        body = {"pupil": pupil, "answers": {purpose: said}}
        content = {"id": reply_id(number), "kind": "preferences", "at": at, "body": body}
        return write_reply(self.box, content)


def inbox(road: Road) -> tuple[int, dict[str, int]]:
    """How many were filed and what was kept aside; no reply stays where it was put."""
    result = road.school.run("inbox", "--json")
    assert (0, "") == (result.returncode, result.stderr)
    told = json.loads(result.stdout)
    return told["filed"], told["aside"]


def answers(road: Road) -> str:
    return (road.school.folder / "school/consents.csv").read_text(encoding="utf-8")


def test_the_store_lets_a_letter_write_small_things_in_its_own_place_and_read_nothing(
    road: Road,
) -> None:
    road.done()
    mother, father = Held(road, "g1"), Held(road, "g3")
    reply = father.choose(1, "sem-k", "no", 5, "group/photo")
    others = str(mother.way["begins"])
    assert father.post(reply, place=others) in REFUSED
    assert father.post(reply, place=others[: others.index("replies/")] + "letters/") in REFUSED
    assert father.post(bytes(100_000)) in REFUSED
    assert father.post(bytes(8_400)) in REFUSED
    assert TAKEN == father.post(reply)
    own = f"{father.way['url']}{father.way['begins']}x"
    signed = "&".join(f"{name}={value}" for name, value in father.way["fields"].items())
    listing = f"{father.way['url']}?list-type=2&prefix={father.way['begins']}"
    for url in (own, f"{own}?{signed}", listing, f"{listing}&{signed}"):
        assert urllib3.request("GET", url, retries=False).status in REFUSED
    # He reads about Sem and does not decide: nothing that he seals is heard, nor about another.
    assert TAKEN == father.post(father.choose(2, "anna-b", "yes", 5, "group/photo"), "y")
    before = answers(road)
    assert (0, {"rights": 2}) == inbox(road)
    assert before == answers(road)


def test_an_old_yes_undoes_no_newer_no_on_any_machine(road: Road) -> None:
    road.done()
    mother = Held(road, "g1")
    link, purpose = road.link("g1"), "group/photo"
    old = mother.choose(1, "anna-b", "yes", 60, purpose)
    assert TAKEN == mother.post(old, "a")
    assert TAKEN == mother.post(mother.choose(2, "anna-b", "no", 5, purpose), "b")
    assert (2, {}) == inbox(road)

    def recorded() -> str:
        children = open_letter(link).about["replies"]["children"]
        return next(str(one["answers"][purpose]) for one in children if one["id"] == "anna-b")

    assert "no" == recorded()
    # The same bytes again, where they lay and elsewhere; on a machine that never saw them as well.
    for place, aside in (("a", {}), ("c", {"again": 1})):
        assert TAKEN == mother.post(old, place)
        assert (0, aside) == inbox(road)
        wipe(road)
    # Sealed anew under another name it is taken for what it is: said before the no.
    assert TAKEN == mother.post(mother.choose(3, "anna-b", "yes", 30, purpose), "d")
    assert (1, {}) == inbox(road)
    road.done()
    assert "no" == recorded()


def test_whoever_was_revoked_is_not_heard_although_the_form_still_writes(road: Road) -> None:
    road.done()
    father = Held(road, "g2")
    assert 0 == road.school.run("revoke", "g2", "--by", "directeur-els").returncode
    assert TAKEN == father.post(father.choose(1, "sem-k", "yes", 5, "paper/photo"))
    before = answers(road)
    assert (0, {"no-letter": 1}) == inbox(road)
    assert before == answers(road)
