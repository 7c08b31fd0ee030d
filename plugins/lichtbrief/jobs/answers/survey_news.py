"""What a letter says of surveys: which can be answered, and which this guardian has answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from lichtbrief.editions import Post
from lichtbrief.jobs.answers.surveys import Surveys, Tally
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.replies import Rights
from lichtbrief.sealing import KeyRing
from lichtbrief.storage import Store

THANKS = timedelta(days=14)  # after its end, for how long a letter says that it was answered


@dataclass(frozen=True, slots=True)
class SurveyNews:
    """The surveys that letters may speak of, each with those that it belongs to and its tally."""

    decided: Decided
    rights: Rights
    known: Sequence[tuple[Post, Surveys, Tally | None]]

    @classmethod
    def of(cls, decided: Decided, rights: Rights, store: Store, ring: KeyRing) -> "SurveyNews":
        """From the store; raises `LichtbriefError` for what does not open."""
        today = decided.moment.date()
        posts = [post for post in decided.whole if post.until and today <= post.until + THANKS]
        years = {post.week.school_year for post in posts} & ring.years.keys()
        kept = {year: Surveys(store, ring, year) for year in years}
        tallies = {year: surveys.all() for year, surveys in kept.items()}
        return cls(
            decided,
            rights,
            [
                (post, kept[year], tallies[year].get(post.code))
                for post in posts
                for year in [post.week.school_year]
                if year in kept
            ],
        )

    def asks(self, guardian: str) -> Mapping[str, bool]:
        """By the code of its post: a survey that this guardian may answer, or has answered."""
        today, found = self.decided.moment.date(), {}
        for post, surveys, tally in self.known:
            if self.rights.reads(guardian, post.code):
                answered = tally and surveys.token(post.code, guardian) in tally.tokens
                if answered or (post.until and today <= post.until):
                    found[post.code] = bool(answered)
        return found
