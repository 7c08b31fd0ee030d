"""Answers to “why”: one photo for staff or for the office, one pupil's consents, who is silent."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lichtbrief.consent import Deny, Explained, Facts, audience_of, explain, silent
from lichtbrief.consent.explaining import PURPOSES
from lichtbrief.consent.facts import Purpose
from lichtbrief.editions import Photo, Post
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.look.checking import LeftOut, decider_of, told_of
from lichtbrief.roster import SCHOOL, Answer, Kind, Roster
from lichtbrief.settings import Settings


@dataclass(frozen=True, slots=True)
class Why:
    """One photo: what staff are told, and for the office everybody in it.

    `left_out` is None for a photo that is shown; `reason` is then empty.
    """

    photo: str
    left_out: LeftOut | None
    purpose: Purpose
    reason: str
    people: tuple[Explained, ...]


def find_photo(decided: Decided, named: str, groups_folder: Path) -> tuple[Post, Photo]:
    """The photo of a path, or of a post's id and a file's name.

    Raises `LichtbriefError` when no whole post has it.
    """
    path = (Path(named) if Path(named).is_file() else groups_folder / named).resolve()
    for post in decided.posts:
        for photo in post.photos:
            if photo.path.resolve() == path:
                return post, photo
    hint = "name it as content/groups/<group>/<post>/<file>; lichtbrief check lists broken posts"
    raise LichtbriefError("no post of this school year has that photo", hint)


def why(decided: Decided, post: Post, photo: Photo) -> Why:
    """Why this photo is shown, or is not."""
    decision = decided.decisions[post.id, photo.file]
    facts, rules = Facts.of(decided.roster), decided.settings.rules
    purpose = audience_of(post.groups), Kind.photo
    people = sorted(photo.declaration.people)
    return Why(
        f"{post.id}/{photo.file}",
        told_of(photo, post, decided, decider_of(decided)),
        purpose,
        str(decision.reason) if isinstance(decision, Deny) else "",
        tuple(explain(one, purpose, post.on, decided.moment, facts, rules) for one in people),
    )


@dataclass(frozen=True, slots=True)
class Consents:
    """Everything that is answered about one pupil, and what follows from it at one moment."""

    pupil: str
    at: datetime
    outcomes: tuple[tuple[Purpose, Explained], ...]
    history: tuple[Answer, ...]


def consents_of(settings: Settings, roster: Roster, pupil: str, at: datetime) -> Consents:
    """What was answered about a pupil up to a moment; raises `LichtbriefError` for no pupil."""
    refuse_unknown(roster, pupil)
    facts = Facts.of(roster)
    outcomes = tuple(
        (purpose, explain(pupil, purpose, at.date(), at, facts, settings.rules))
        for purpose in PURPOSES
    )
    about = (one for one in roster.answers if one.pupil == pupil)
    known = (one for one in about if min(one.said_at, one.recorded_at) <= at)
    return Consents(pupil, at, outcomes, tuple(sorted(known, key=lambda one: one.said_at)))


def refuse_unknown(roster: Roster, pupil: str) -> None:
    """Raise `LichtbriefError` when the roster has no such pupil."""
    if pupil not in roster.pupils:
        raise LichtbriefError(f"there is no pupil {pupil[:64]}", "write an id of pupils.csv")


def missing(roster: Roster, group: str, at: datetime) -> tuple[tuple[str, frozenset[str]], ...]:
    """The pupils of a group about whom a deciding guardian has never answered, with who is silent.

    Raises `LichtbriefError` for a group that does not exist.
    """
    if group not in roster.groups:
        hint = f"its groups are {', '.join(roster.groups)}"
        raise LichtbriefError(f"{group[:64]} is no group of this school", hint)
    facts, day = Facts.of(roster), at.date()
    members = roster.at_school(day) if group == SCHOOL else roster.members(group, day)
    asked = ((pupil, facts.pupils.get(pupil)) for pupil in sorted(members))
    found = ((pupil, silent(about, at)) for pupil, about in asked if about is not None)
    return tuple((pupil, guardians) for pupil, guardians in found if guardians)
