"""Explaining a decision to the office: which answers and blocks about one person led to it."""

from dataclasses import dataclass
from datetime import date, datetime

from lichtbrief.consent.decision import Deny, decide
from lichtbrief.consent.declaration import Declaration
from lichtbrief.consent.facts import Facts, PupilFacts, Purpose, Said
from lichtbrief.consent.reasons import Reason, Rules
from lichtbrief.roster import Audience, BlockKind, Kind, holds


@dataclass(frozen=True, slots=True)
class Heard:
    """One guardian of that day: whether they decide, and the answer that counts, if any."""

    guardian: str
    decides: bool
    said: Said | None


@dataclass(frozen=True, slots=True)
class Explained:
    """One person, for one purpose: why not, if not; the blocks that hold and who answered what."""

    person: str
    reason: Reason | None
    blocks: tuple[BlockKind, ...] = ()
    heard: tuple[Heard, ...] = ()


def explain(
    person: str, purpose: Purpose, on: date, at: datetime, facts: Facts, rules: Rules
) -> Explained:
    """Why this person may or may not be shown; the arguments are those of `decide`.

    The reason is that of `decide` itself for a photo of this person alone.
    """
    audience, kind = purpose
    alone = Declaration(True, frozenset({person}), None, bytes_match=True)
    decision = decide(alone, audience, kind, on, at, facts, rules)
    reason = decision.reason if isinstance(decision, Deny) else None
    pupil = facts.pupils.get(person)
    if pupil is None:
        return Explained(person, reason)
    blocks = tuple(block.kind for block in pupil.blocks if holds(block, at.date()))
    return Explained(person, reason, blocks, _heard(pupil, purpose, at))


def _heard(pupil: PupilFacts, purpose: Purpose, at: datetime) -> tuple[Heard, ...]:
    deciding, others = pupil.guardians(at.date())
    return tuple(
        Heard(guardian, guardian in deciding, next(iter(said), None))
        for guardian in sorted(deciding | others)
        for said in [pupil.current(purpose, [guardian], at)]
    )


def silent(pupil: PupilFacts, at: datetime) -> frozenset[str]:
    """The guardians who decide about this pupil and have answered nothing at all so far."""
    deciding, _ = pupil.guardians(at.date())
    heard = {
        guardian
        for answers in pupil.answers.values()
        for guardian, said in answers.items()
        if any(one.exists_from <= at for one in said)
    }
    return frozenset(deciding - heard)


PURPOSES: tuple[Purpose, ...] = tuple((audience, kind) for audience in Audience for kind in Kind)
"""Everything that guardians are asked, in the order of the form."""
