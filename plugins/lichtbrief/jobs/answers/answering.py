"""What a letter holds so that it can be answered: about whom, what is on record, and the way."""

import base64
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import product

from lichtbrief.consent import Facts
from lichtbrief.editions import questions_in, starts_of
from lichtbrief.jobs.answers.addressees import addressees
from lichtbrief.jobs.answers.appointing import offering
from lichtbrief.jobs.answers.notes import Note, Notes
from lichtbrief.jobs.answers.own_keys import OwnKeys
from lichtbrief.jobs.answers.survey_news import SurveyNews
from lichtbrief.jobs.answers.talk_news import TalkNews
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.filing import Filed
from lichtbrief.jobs.ground.surroundings import Surroundings
from lichtbrief.replies import SIZES, Letterbox, Rights, To, kind_of
from lichtbrief.roster import Audience, Kind, point_of
from lichtbrief.sealing import KeyRing
from lichtbrief.site import theme_of
from lichtbrief.storage import PostSigner

KEPT = timedelta(days=60)  # for how long one shows a note: a holiday lies between two letters
PUTS = (6, 4, 2)  # how many replies of each size a letter can send between two inboxes
THANKS = timedelta(days=14)  # for how long a letter says what came in


def rights_of(decided: Decided) -> Rights:
    """Who may send what, as of this reading of roster and posts."""
    readable: defaultdict[str, set[str]] = defaultdict(set)
    for week in {post.week for post in decided.whole}:
        for guardian, groups in decided.readers(week).items():
            readable[guardian] |= set(groups)
    posts = decided.known
    return Rights(
        roster=decided.roster,
        facts=Facts.of(decided.roster),
        day=decided.moment.date(),
        readable=readable,
        posts={post.code: post.groups for post in posts},
        invitations={post.code for post in posts if post.event and not post.cancelled},
        talks={post.code: starts_of(post) for post in offering(decided)},
        surveys={post.code: len(questions_in(post.html)) for post in posts if post.until},
    )


@dataclass(frozen=True, slots=True)
class Answering:
    """What letters ask, as of one moment: part of their fingerprints.

    `keys` are the own keys of the staff, by id, as staff.csv has them.
    """

    decided: Decided
    rights: Rights
    filed: Mapping[str, Sequence[Filed]]
    notes: Mapping[str, Sequence[Note]]
    talks: TalkNews | None = None
    surveys: SurveyNews | None = None
    keys: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, decided: Decided, filed: Iterable[Filed], notes: Iterable[Note], now: datetime
    ) -> "Answering":
        """From everything that is filed, and all notes; `now` is aware."""
        by_guardian: defaultdict[str, list[Filed]] = defaultdict(list)
        for one in filed:
            if one.received > now - THANKS:
                by_guardian[one.guardian].append(one)
        to_guardian: defaultdict[str, list[Note]] = defaultdict(list)
        for note in notes:
            if note.at > decided.moment - KEPT:
                to_guardian[note.guardian].append(note)
        return cls(decided, rights_of(decided), by_guardian, to_guardian)

    def asks(self, guardian: str) -> Mapping[str, object]:
        """What one guardian's letter shows of this."""
        person = self.decided.roster.guardians[guardian]
        zone = self.decided.settings.zone
        thanks = [
            {"kind": kind_of(one.reply.body), "at": one.said.astimezone(zone).isoformat()[:16]}
            for one in self.filed.get(guardian, ())
        ]
        children = [self._child(guardian, pupil) for pupil in self.rights.children(guardian)]
        wishes = {
            "delivery": person.delivery,
            "language": person.language,
            "languages": sorted(theme_of(self.decided.settings).languages),
        }
        invited = sorted(self.rights.invitations)
        notes = [self._note(note) for note in self.notes.get(guardian, ())]
        own = {"children": children, "notes": notes, "thanks": thanks}
        talks = self.talks.asks(guardian) if self.talks else {}
        asked = self.surveys.asks(guardian) if self.surveys else {}
        # When it was answered is not known: nothing of it is kept but that.
        thanks += [{"kind": "survey", "at": ""} for answered in asked.values() if answered]
        surveys = {"surveys": asked} if asked else {}
        return {**own, **talks, **surveys, "wishes": wishes, "invited": invited}

    def _note(self, note: Note) -> Mapping[str, object]:
        staff = self.decided.roster.staff.get(note.by)
        name = staff.name if staff else self.decided.settings.school_name
        return {"by": name, "at": note.at.isoformat()[:16], "words": note.words}

    def _child(self, guardian: str, pupil: str) -> Mapping[str, object]:
        """A child; of one about whom this guardian decides, what this guardian has answered."""
        found: dict[str, object] = {
            "id": pupil,
            "name": self.decided.roster.pupils[pupil].first_name,
            **self._readers(pupil),
        }
        if not self.rights.decides(guardian, pupil):
            return found
        facts, moment = self.rights.facts.pupils[pupil], self.decided.moment
        answers = {}
        for audience, kind in product(Audience, Kind):
            said = facts.current((audience, kind), [guardian], moment)
            answers[f"{audience}/{kind}"] = ("yes" if said[0].yes else "no") if said else ""
        return {**found, "answers": answers}

    def _readers(self, pupil: str) -> Mapping[str, object]:
        """Who alone opens a word about this child, with their names and public keys; of those who
        have no key there is nothing."""
        roster, day = self.decided.roster, self.decided.moment.date()
        found = {
            str(to): [
                {"id": one.id, "name": one.name, "key": _in_base64(point_of(self.keys[one.id]))}
                for one in addressees(roster, day, to, pupil)
                if one.id in self.keys
            ]
            for to in To
        }
        readers = {to: some for to, some in found.items() if some}
        return {"readers": readers} if readers else {}


def answering(decided: Decided, ring: KeyRing, surroundings: Surroundings) -> Answering | None:
    """What letters ask now; None where they cannot be answered."""
    if surroundings.poster is None:
        return None
    filed, notes = surroundings.cabinet(ring).all(), Notes(surroundings.store, ring).all()
    made = Answering.of(decided, filed, notes, surroundings.now())
    talks = TalkNews.of(decided, made.rights, theme_of(decided.settings), ring, filed)
    surveys = SurveyNews.of(decided, made.rights, surroundings.store, ring)
    own_keys = OwnKeys(surroundings.store, ring)
    keys = own_keys.in_force(decided.roster.staff.values())
    own_keys.keep(keys, decided.week.school_year, surroundings.now())
    return replace(made, talks=talks, surveys=surveys, keys=keys)


def way_of(
    box: Letterbox, poster: PostSigner, until: datetime, *, puts: bool
) -> Mapping[str, object]:
    """The letterbox as its letter holds it; good until `until` (aware).

    With a form, or where the store has none, with addresses at which replies may be put.
    """
    told: dict[str, object] = {
        "name": box.name,
        "year": str(box.year),
        "school": _in_base64(box.public),
        "own": _in_base64(box.own.reveal()),
    }
    if puts:
        return {**told, "puts": _puts(box, poster, until)}
    form = poster.form(box.prefix, min(SIZES), max(SIZES), until)
    return {**told, "url": form.url, "fields": dict(form.fields), "begins": form.begins}


def _puts(box: Letterbox, poster: PostSigner, until: datetime) -> Mapping[str, Sequence[str]]:
    """By size, the addresses at which a reply of that size may be put."""
    return {
        str(size): [
            poster.put_link(f"{box.prefix}{size}-{number}", size, until) for number in range(count)
        ]
        for size, count in zip(SIZES, PUTS, strict=True)
    }


def _in_base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()
