"""What the log adds up to, and what it does to a decision: a later yes brings nothing back.

Consent alone cannot say that, for it looks at one moment. Here stands what was decided before:
what may have been seen once, what was held back for somebody's sake, what was taken down.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from lichtbrief.consent.decision import Decision, Deny, Permit
from lichtbrief.consent.lines import As, Event, Line, What
from lichtbrief.consent.reasons import Reason
from lichtbrief.consent.revoking import Revocations

PhotoKey = tuple[str, str]
"""A post's id and the photo's id in the log (`photo_id`)."""

WITHHOLDING = frozenset(
    {
        Reason.blocked,
        Reason.objection,
        Reason.dispute,
        Reason.refused,
        Reason.expired,
        Reason.form_changed,
        Reason.no_answer,
        Reason.named,
    }
)
"""The reasons that lie with the people depicted; all others are for staff to mend."""


WORDS = "words:"
"""How the id of a post's words begins, which stands where else a photo's does."""


def photo_id(digest: str) -> str:
    """A photo as the log names it: the first 128 bits of its SHA-256 (hex), never its file's name.

    >>> len(photo_id("0" * 64))
    32
    """
    return digest[:32]


@dataclass(frozen=True, slots=True)
class Standing:
    """The sum of a log.

    `last` is the decision that was written last, None for a permitted photo. `withheld` are the
    photos that were denied for somebody's sake and neither permitted nor asked for since, `shown`
    those that were permitted once. `taken_down` holds ids of posts and photos. `editions` (name ->
    group and week) and `letters` (name -> week and end) are what lies in the store; `ahead` are the
    posts that were published before their day, and `revocations` says whose access was ended.
    """

    last: Mapping[PhotoKey, str | None] = field(default_factory=dict)
    withheld: frozenset[PhotoKey] = frozenset()
    shown: frozenset[PhotoKey] = frozenset()
    taken_down: frozenset[str] = frozenset()
    editions: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    letters: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    ahead: frozenset[str] = frozenset()
    retired: frozenset[int] = frozenset()
    revocations: Revocations = field(default_factory=Revocations)

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Self:
        """Add up a log."""
        lines, sum_ = tuple(lines), _Sum()
        for line in lines:
            sum_.add(line.what, line.about)
        return cls(
            sum_.last,
            frozenset(sum_.withheld),
            frozenset(sum_.shown),
            frozenset(sum_.taken_down),
            sum_.editions,
            sum_.letters,
            frozenset(sum_.ahead),
            frozenset(sum_.retired),
            Revocations.of(lines),
        )

    def settle(self, decision: Decision, key: PhotoKey, *, week_is_over: bool) -> Decision:
        """What a decision comes to in the light of what was.

        Whatever is denied stays denied. A permitted photo is denied when it or its post was taken
        down; or when it was withheld, and has been seen before or its week is over.
        """
        if not isinstance(decision, Permit):
            return decision
        if not self.taken_down.isdisjoint(key):
            return Deny(Reason.taken_down)
        if key in self.withheld and (week_is_over or key in self.shown):
            return Deny(Reason.held)
        return decision

    def changes(
        self, decisions: Mapping[PhotoKey, Decision], known: Mapping[str, As]
    ) -> tuple[Event, ...]:
        """What to write of these decisions: a line a post of what is permitted now and was not
        before, and a line for each photo that is denied and was not, or for another reason.

        `known` are the people of the roster: whatever else a declaration says, it is no id of ours
        and may be anything.
        """
        permitted: dict[str, list[str]] = {}
        denied: list[Event] = []
        for key, decision in sorted(decisions.items(), key=lambda item: item[0]):
            reason = str(decision.reason) if isinstance(decision, Deny) else None
            if key in self.last and self.last[key] == reason:
                continue
            if isinstance(decision, Deny):
                about = {"post": key[0], "photo": key[1], "reason": reason}
                who = ((known[each], each) for each in sorted(decision.people) if each in known)
                denied.append(Event(What.denied, about, tuple(who)))
            else:
                permitted.setdefault(key[0], []).append(key[1])
        new = (
            Event(What.permitted, {"post": post, "photos": some})
            for post, some in permitted.items()
        )
        return (*denied, *new)

    def gone(self, names: Iterable[str]) -> tuple[Event, ...]:
        """What to write of objects that were seen to be gone; nothing of what nobody knew of."""
        events: list[Event] = []
        for name in names:
            if name in self.editions:
                group, week = self.editions[name]
                about = {"edition": name, "group": group, "week": week}
                events.append(Event(What.removed, about))
            elif name in self.letters:
                about = {"letter": name, "week": self.letters[name][0]}
                events.append(Event(What.unlinked, about))
        return tuple(events)

    def hidden_by(self, decisions: Mapping[PhotoKey, Decision]) -> Collection[PhotoKey]:
        """The photos that were permitted when last looked at, and by these are not."""
        return [
            key
            for key, reason in self.last.items()
            if reason is None and not isinstance(decisions.get(key, Permit()), Permit)
        ]


@dataclass(slots=True)
class _Sum:
    last: dict[PhotoKey, str | None] = field(default_factory=dict)
    withheld: set[PhotoKey] = field(default_factory=set)
    shown: set[PhotoKey] = field(default_factory=set)
    taken_down: set[str] = field(default_factory=set)
    editions: dict[str, tuple[str, str]] = field(default_factory=dict)
    letters: dict[str, tuple[str, str]] = field(default_factory=dict)
    ahead: set[str] = field(default_factory=set)
    retired: set[int] = field(default_factory=set)

    def add(self, what: What, about: Mapping[str, Any]) -> None:
        """One more line."""
        keys = {(about["post"], photo) for photo in about.get("photos", ())}
        match what:
            case What.permitted:
                self.last |= dict.fromkeys(keys)
                self.shown |= keys
                self.withheld -= keys
            case What.denied:
                key = about["post"], about["photo"]
                self.last[key] = about["reason"]
                if about["reason"] in WITHHOLDING:
                    self.withheld.add(key)
            case What.republished:
                self.withheld -= keys
            case What.taken_down:
                self.taken_down |= {about["post"] or about["photo"]}
            case What.put_back:
                self.taken_down -= {about["post"] or about["photo"]}
            case What.continued:
                self._continue(about)
            case _:
                self._note_objects(what, about)

    def _note_objects(self, what: What, about: Mapping[str, Any]) -> None:
        match what:
            case What.published:
                self.editions[about["edition"]] = about["group"], about["week"]
            case What.ahead:
                self.ahead = set(about["posts"])
            case What.removed:
                self.editions.pop(about["edition"], None)
            case What.linked:
                self.letters[about["letter"]] = about["week"], about["until"]
            case What.unlinked:
                self.letters.pop(about["letter"], None)
            case What.key_made:
                self.retired.discard(about["year"])
            case What.key_retired:
                self.retired.add(about["year"])

    def _continue(self, about: Mapping[str, Any]) -> None:
        """Take over what was kept of a log that is not here; it may have been seen, all of it."""
        kept = {(post, photo) for post, photos in about["withheld"].items() for photo in photos}
        self.withheld |= kept
        self.shown |= kept
        self.taken_down |= set(about["taken_down"])
        self.retired |= set(about["retired"])
        self.ahead = set(about.get("ahead", ()))
        for name, (group, week) in about["editions"].items():
            self.editions[name] = group, week


def summary(standing: Standing) -> dict[str, Any]:
    """What somebody who goes on without the log must know, for JSON; of people the ids of guardians
    whose access was ended."""
    withheld: dict[str, list[str]] = {}
    for post, photo in sorted(standing.withheld):
        withheld.setdefault(post, []).append(photo)
    return {
        "withheld": withheld,
        "taken_down": sorted(standing.taken_down),
        "retired": sorted(standing.retired),
        "ahead": sorted(standing.ahead),
        "editions": {name: list(whose) for name, whose in sorted(standing.editions.items())},
        **standing.revocations.summary(),
    }
