"""One child, its two deciding guardians and one photo, on a Friday; each test changes something."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from lichtbrief.consent import Decision, Declaration, Facts, Rules, decide
from lichtbrief.roster import (
    Answer,
    Answered,
    Audience,
    Block,
    BlockKind,
    Kind,
    Membership,
    Pupil,
    Relation,
    Role,
    Roster,
    Staff,
)

POSTED = date(2026, 11, 17)
NOW = datetime(2026, 11, 20, 12)
LONG_AGO = date(2024, 8, 1)
USUAL = Rules()
SEM_ALONE = Declaration(
    declared=True, people=frozenset({"sem-k"}), attested_by=None, bytes_match=True
)
ROSTER = Roster(
    groups={},
    staff={
        "juf-sanne": Staff("juf-sanne", "S", "", Role.teacher, frozenset(), photo=True),
        "gym-karim": Staff("gym-karim", "K", "", Role.subject, frozenset(), photo=False),
    },
    pupils={name: Pupil(name, "", "") for name in ("sem-k", "tess-v", "left-l")},
    guardians={},
    memberships=(
        Membership("sem-k", "groep-3", LONG_AGO, None),
        Membership("tess-v", "groep-3", LONG_AGO, None),
        Membership("left-l", "groep-3", LONG_AGO, date(2026, 11, 1)),
    ),
    relations=(
        Relation("ann", "sem-k", True, True, LONG_AGO, None),
        Relation("bob", "sem-k", True, True, LONG_AGO, None),
        Relation("tom", "tess-v", True, True, LONG_AGO, None),
        Relation("lea", "left-l", True, True, LONG_AGO, None),
    ),
    answers=(),
    blocks=(),
)


def said(
    decision: str,
    guardian: str = "ann",
    at: str = "2026-09-01T09:00",
    recorded: str | None = None,
    *,
    pupil: str = "sem-k",
    audience: Audience = Audience.group,
    kind: Kind = Kind.photo,
    form: int = 1,
) -> Answer:
    """An answer, recorded when it was said unless told otherwise."""
    recorded_at = datetime.fromisoformat(recorded or at)
    return Answer(
        pupil=pupil,
        guardian=guardian,
        audience=audience,
        kind=kind,
        decision=Answered(decision),
        said_at=datetime.fromisoformat(at),
        recorded_at=recorded_at,
        form=form,
        source="paper",
        recorded_by="kantoor-ria",
    )


def block(kind: str, since: str, until: str | None = None, pupil: str = "sem-k") -> Block:
    """A block of a pupil."""
    end = None if until is None else date.fromisoformat(until)
    return Block(pupil, BlockKind(kind), date.fromisoformat(since), end, "closed" if end else "")


def related(guardian: str, decides: bool, since: str, until: str | None = None) -> Relation:
    """A relation to sem-k."""
    end = None if until is None else date.fromisoformat(until)
    return Relation(guardian, "sem-k", decides, True, date.fromisoformat(since), end)


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that a decision takes."""

    roster: Roster = ROSTER
    declaration: Declaration = SEM_ALONE
    audience: Audience = Audience.group
    kind: Kind = Kind.photo
    on: date = POSTED
    at: datetime = NOW
    rules: Rules = USUAL

    def decided(self) -> Decision:
        """The decision."""
        facts = Facts.of(self.roster)
        return decide(
            self.declaration, self.audience, self.kind, self.on, self.at, facts, self.rules
        )

    def showing(self, *people: str) -> "Case":
        """The same with other people in the photo."""
        return self.declared(replace(self.declaration, people=frozenset(people)))

    def under(self, rules: Rules) -> "Case":
        """The same at a school with other rules."""
        return replace(self, rules=rules)

    def declared(self, declaration: Declaration) -> "Case":
        """The same with another declaration."""
        return replace(self, declaration=declaration)

    def on_file(
        self,
        *answers: Answer,
        blocks: Collection[Block] = (),
        relations: Collection[Relation] | None = None,
    ) -> "Case":
        """The same with these answers and blocks on file, and perhaps other relations."""
        kept = self.roster.relations if relations is None else tuple(relations)
        changed = replace(self.roster, answers=answers, blocks=tuple(blocks), relations=kept)
        return replace(self, roster=changed)
