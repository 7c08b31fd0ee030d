"""Answers to surveys: they lie where they came in until five of them can be counted together.

An answer is never filed under whom it is from, and none that is refused is kept. Counted first and
deleted afterwards: a run that is killed between the two is followed by one that knows by its token
that the answer is counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lichtbrief.editions import Post, Week, questions_in
from lichtbrief.jobs.answers.carrying_out import post_of
from lichtbrief.jobs.answers.surveys import FEWEST, Surveys, Tally
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.filing import said_at
from lichtbrief.replies import Letterbox, Reply, Rights, Survey, Why
from lichtbrief.sealing import KeyRing
from lichtbrief.storage import Store


@dataclass(frozen=True, slots=True)
class Ballot:
    """An answer to a survey as it lies in the store, opened: its object's name, and whose it is."""

    place: str
    box: Letterbox
    reply: Reply = field(repr=False)


@dataclass(slots=True)
class Counted:
    """What one run did: how many were counted, how many wait for others, how many were refused."""

    counted: int = 0
    waiting: int = 0
    refused: Counter[Why] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Counting:
    """One run over what came in; `now` is aware."""

    decided: Decided
    rights: Rights
    store: Store
    ring: KeyRing
    now: datetime

    def run(self, ballots: Iterable[Ballot]) -> Counted:
        """Count what can be, and delete it.

        Raises `LichtbriefError` when the store fails, or another machine counts as well.
        """
        done = Counted()
        by_post = self._of_each(ballots, done)
        for code, some in by_post.items():
            post = self._post(code)
            if post is not None:
                self._count(post, some, done)
            elif code in self.rights.posts:
                self._refuse([(ballot, Why.rights) for ballot in some], done)
            else:
                done.waiting += len(some)  # a post that is broken today may be whole tomorrow
        for year in {post.week.school_year for post in self.decided.whole if post.until}:
            Surveys(self.store, self.ring, year).sweep()
        return done

    def _refuse(self, some: Iterable[tuple[Ballot, Why]], done: Counted) -> None:
        for ballot, why in some:
            done.refused[why] += 1
            self.store.delete(ballot.place)

    def _of_each(self, ballots: Iterable[Ballot], done: Counted) -> Mapping[str, list[Ballot]]:
        """By post, of each guardian only what was said last; what it replaces is refused."""
        last: dict[tuple[str, str], Ballot] = {}
        for one in sorted(ballots, key=lambda each: (self._said(each), each.reply.id)):
            key = _survey(one).post, one.box.guardian
            if key in last:
                self._refuse([(last[key], Why.again)], done)
            last[key] = one
        found: defaultdict[str, list[Ballot]] = defaultdict(list)
        for (code, _), one in last.items():
            found[code].append(one)
        return found

    def _count(self, post: Post, some: list[Ballot], done: Counted) -> None:
        surveys = Surveys(self.store, self.ring, post.week.school_year)
        tallies = surveys.all()
        tally = tallies.get(post.code, Tally(questions_in(post.html)))
        good: dict[str, Ballot] = {}
        for ballot in some:
            token = surveys.token(post.code, ballot.box.guardian)
            if refused := self._refusal(ballot, token, tally, post):
                self._refuse([(ballot, refused)], done)
            else:
                good[token] = ballot
        if not good or (len(good) < FEWEST and not self._is_over(post)):
            done.waiting += len(good)
            return
        answers = [_survey(ballot) for ballot in good.values()]
        surveys.write({**tallies, post.code: tally.with_answers(good, answers)})
        for ballot in good.values():
            self.store.delete(ballot.place)
        done.counted += len(good)

    def _refusal(self, ballot: Ballot, token: str, tally: Tally, post: Post) -> Why | None:
        if not self.rights.may(ballot.box.guardian, ballot.reply.body):
            return Why.rights
        if token in tally.tokens:
            return Why.again
        said_on = self._said(ballot).astimezone(self.decided.settings.zone).date()
        if post.until is None or said_on > post.until:
            return Why.age
        return None if len(_survey(ballot).answers) == len(tally.questions) else Why.rights

    def _said(self, ballot: Ballot) -> datetime:
        return said_at(ballot.reply, Week.parse(ballot.box.week), self.now)

    def _is_over(self, post: Post) -> bool:
        today = self.now.astimezone(self.decided.settings.zone).date()
        return post.until is None or today > post.until

    def _post(self, code: str) -> Post | None:
        post = post_of(self.decided, code)
        return post if post and post.until else None


def _survey(ballot: Ballot) -> Survey:
    body = ballot.reply.body
    if not isinstance(body, Survey):
        raise TypeError("not an answer to a survey")
    return body
