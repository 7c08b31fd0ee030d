"""The school's side of replies in this process: letterboxes, a cabinet, and what comes of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from lichtbrief.jobs.answers.answering import rights_of
from lichtbrief.jobs.answers.aside import Aside
from lichtbrief.jobs.answers.carrying_out import CarriedOut, carry_out
from lichtbrief.jobs.answers.lying import lying_in
from lichtbrief.jobs.answers.notes import Notes
from lichtbrief.jobs.answers.receiving import Received, Receiver, letterboxes
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.filing import Cabinet, Mark
from lichtbrief.replies import Letterbox
from lichtbrief.storage import Store
from tests.jobs.given import RING
from tests.replies.given import write_reply
from tests.replies.shelves import MemoryStore
from tests.school import WEEK

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
OCTETS = "binary/octet-stream"


def box_of(guardian: str, week: str = WEEK, generation: int = 0) -> Letterbox:
    """The letterbox of this guardian's letter."""
    return Letterbox.of(RING.year(2026), 2026, guardian, week, generation)


def reply_id(number: int) -> str:
    return f"{number:032x}"


def reply(number: int, kind: str, body: Mapping[str, Any], ago: int = 5) -> dict[str, Any]:
    """A reply's content, said so many minutes ago."""
    at = (NOW - timedelta(minutes=ago)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"id": reply_id(number), "kind": kind, "at": at, "body": body}


def word(
    number: int = 1, pupil: str = "anna-b", words: str = "Hallo", ago: int = 5
) -> dict[str, Any]:
    return reply(number, "word", {"to": "teacher", "pupil": pupil, "words": words}, ago)


def choice(number: int, pupil: str, ago: int = 5, **answers: str) -> dict[str, Any]:
    """An answer, `group_photo="no"`, about this pupil."""
    said = {name.replace("_", "/"): value for name, value in answers.items()}
    return reply(number, "preferences", {"pupil": pupil, "answers": said}, ago)


@dataclass
class Office:
    """A school as decided, with a store and the cabinet in it."""

    decided: Decided
    store: Store = field(default_factory=MemoryStore)

    @property
    def cabinet(self) -> Cabinet:
        return Cabinet(self.store, RING)

    @property
    def notes(self) -> Notes:
        return Notes(self.store, RING)

    @property
    def aside(self) -> Aside:
        return Aside(self.decided.settings.state)

    def put(self, guardian: str, content: object, name: str = "") -> str:
        """What a browser does: a reply in this guardian's letterbox; its place."""
        box = box_of(guardian)
        number = content.get("id", "x") if isinstance(content, dict) else "x"
        place = f"{box.prefix}{name or number}"
        self.put_raw(place, write_reply(box, content))
        return place

    def put_raw(self, place: str, data: bytes) -> None:
        self.store.put(place, data, content_type=OCTETS)

    def lying(self) -> list[str]:
        """What lies in the letterboxes."""
        return sorted(self.store.list("replies/"))

    def receiver(self) -> Receiver:
        boxes, rights = letterboxes(self.decided, RING, NOW), rights_of(self.decided)
        forms = self.decided.settings.rules.forms
        return Receiver(self.cabinet, self.aside, boxes, rights, forms, NOW)

    def empty(self) -> Received:
        return self.receiver().run(lying_in(self.store))

    def forget_marks(self) -> None:
        """As if the run before had been killed before it noted anything as done."""
        for name in self.store.list("marks/"):
            self.store.delete(name)

    def act(self) -> CarriedOut:
        known = self.cabinet.all()
        waiting = [one for one in known if not one.done]
        done = carry_out(self.decided, waiting, known)
        for one in waiting:
            self.cabinet.mark(one, Mark.done)
        return done
