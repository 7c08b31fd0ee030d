"""Who may send what about whom, as of now: values in, yes or no out."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from lichtbrief.consent import Facts
from lichtbrief.replies.kinds import Body, Coming, Doubt, Preferences, Survey, Times, Word
from lichtbrief.roster import SCHOOL, Roster, holds


@dataclass(frozen=True, slots=True)
class Rights:
    """What is known when replies are judged.

    `facts` are of the same `roster`; `readable` are the groups that a guardian may read, `posts`
    the groups of each post by its code, `invitations` the codes of posts that invite to something,
    `talks` the times that can be chosen by the codes of posts that offer some, `surveys` how many
    questions each asks by its code.
    """

    roster: Roster
    facts: Facts
    day: date
    readable: Mapping[str, Collection[str]]
    posts: Mapping[str, Collection[str]]
    invitations: Collection[str]
    talks: Mapping[str, Collection[datetime]]
    surveys: Mapping[str, int]
    _children: Mapping[str, list[str]] = field(init=False, repr=False)
    _read_about: Mapping[str, set[str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        present = self.roster.at_school(self.day)
        own: defaultdict[str, set[str]] = defaultdict(set)
        read: defaultdict[str, set[str]] = defaultdict(set)
        for row in self.roster.relations:
            if holds(row, self.day) and (row.decides or row.reads) and row.pupil in present:
                own[row.guardian].add(row.pupil)
                if row.reads:
                    read[row.guardian].add(row.pupil)
        place = {pupil: number for number, pupil in enumerate(self.roster.pupils)}
        found = {guardian: sorted(some, key=place.__getitem__) for guardian, some in own.items()}
        object.__setattr__(self, "_children", found)
        object.__setattr__(self, "_read_about", read)

    def may(self, guardian: str, body: Body) -> bool:
        """Whether this guardian may send this today."""
        if isinstance(body, Preferences):
            return self.decides(guardian, body.pupil)
        if isinstance(body, Word):
            return body.pupil in self.children(guardian)
        if isinstance(body, Doubt):
            # Of a post that is there no more nobody can tell who might read it: better a doubt.
            return body.post not in self.posts or self.reads(guardian, body.post)
        if isinstance(body, Coming):
            return body.post in self.invitations and self.reads(guardian, body.post)
        if isinstance(body, Times):
            own = self.talked_of(guardian, body.post)
            return bool(own) and set(body.times) <= set(self.talks[body.post])
        if isinstance(body, Survey):
            asked = self.surveys.get(body.post)
            return len(body.answers) == asked and self.reads(guardian, body.post)
        return bool(self.children(guardian))

    def read_about(self, guardian: str) -> Collection[str]:
        """The pupils at the school about whom this guardian reads today."""
        return self._read_about.get(guardian, set())

    def talked_of(self, guardian: str, post: str) -> Sequence[str]:
        """The pupils whom a post's talks are about, and about whom this guardian reads."""
        groups = self.posts.get(post, ()) if post in self.talks else ()
        read = self.read_about(guardian)
        there = set(read) if SCHOOL in groups else set[str]()
        there = there.union(*(self.roster.members(group, self.day) for group in groups))
        return [pupil for pupil in self.children(guardian) if pupil in read and pupil in there]

    def decides(self, guardian: str, pupil: str) -> bool:
        """Whether this guardian's answers count for this pupil, who is at the school today."""
        facts = self.facts.pupils.get(pupil)
        if facts is None or not facts.at_school(self.day):
            return False
        return guardian in facts.guardians(self.day)[0]

    def children(self, guardian: str) -> Sequence[str]:
        """The pupils with whom this guardian has to do today, in the order of the roster."""
        return self._children.get(guardian, ())

    def reads(self, guardian: str, post: str) -> bool:
        """Whether this guardian may read the post with this code."""
        groups = self.posts.get(post, ())
        return not set(groups).isdisjoint(self.readable.get(guardian, ()))
