"""What a guardian can do with all that their own letter holds, beside what its forms offer."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

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


def test_with_all_that_a_letter_holds_its_guardian_does_no_more_than_its_forms(road: Road) -> None:
    """The father reads about Sem and does not decide."""
    road.done()
    mother, father = Held(road, "g1"), Held(road, "g3")
    reply = father.choose(1, "sem-k", "no", 5, "group/photo")
    he_writes_nowhere_else_and_nothing_large(road, mother, father, reply)
    assert TAKEN == father.post(reply)
    he_reads_changes_and_removes_nothing(road, mother, father)
    # Nothing that he seals is heard, about his own child, about another, or as if it were hers.
    assert TAKEN == father.post(father.choose(2, "anna-b", "yes", 5, "group/photo"), "y")
    before = answers(road)
    assert (0, {"rights": 2}) == inbox(road)
    # And if the store had let him put it where hers belong, or more than there may be
    hers = {"pupil": "anna-b", "answers": {"group/photo": "yes"}}
    hers = {"id": reply_id(3), "kind": "preferences", "at": "2026-11-20T14:59:00Z", "body": hers}
    put = {
        "a": reply,
        "b": write_reply(father.box, hers, info=mother.box.info),
        "c": write_reply(father.box, hers, mac=bytes(32), info=mother.box.info),
        "d": bytes(1_000_000),
    }
    for name, data in put.items():
        road.store.put(f"{mother.box.prefix}{name}", data, content_type="binary/octet-stream")
    assert (0, {"forged": 2, "size": 1, "unsealed": 1}) == inbox(road)
    assert before == answers(road)


def he_writes_nowhere_else_and_nothing_large(
    road: Road, mother: Held, father: Held, reply: bytes
) -> None:
    others, before = str(mother.way["begins"]), road.store.list()
    root = others[: others.index("replies/")]
    for place in (others, f"{root}letters/", f"{root}filed/2026/", f"{father.way['begins']}../../"):
        assert father.post(reply, place=place) in REFUSED
    assert father.post(bytes(100_000)) in REFUSED
    assert father.post(bytes(8_400)) in REFUSED
    policy = base64.b64decode(father.way["fields"]["policy"])
    fields = dict(father.way["fields"])
    for wider in (policy.replace(b"8292", b"9999999"), policy.replace(b"replies/", b"")):
        assert policy != wider
        father.way["fields"]["policy"] = base64.b64encode(wider).decode()
        assert 403 == father.post(bytes(8_400))
        assert 403 == father.post(reply, place=others)
    father.way["fields"].update(fields)
    assert before == road.store.list()


def he_reads_changes_and_removes_nothing(road: Road, mother: Held, father: Held) -> None:
    signed = "&".join(f"{name}={value}" for name, value in father.way["fields"].items())
    letter = urlsplit(road.link("g3")).query
    for held in (mother, father):
        own = f"{father.way['url']}{held.way['begins']}x"
        listing = f"{father.way['url']}?list-type=2&prefix={held.way['begins']}"
        for url in (own, listing):
            for right in ("", signed, letter):
                address = f"{url}{'&' if '?' in url else '?'}{right}"
                for verb in ("GET", "HEAD", "PUT", "DELETE"):
                    status = urllib3.request(verb, address, retries=False).status
                    assert status in (*REFUSED, 405), (verb, right == letter)
    assert [f"{father.box.prefix}x"] == list(road.store.list("replies/"))


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
