"""Everything known at one moment, before any photo is drawn: people, posts, decisions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from lichtbrief.consent import Decision, Deny, Permit, Reason
from lichtbrief.consent.standing import PhotoKey, Standing, photo_id
from lichtbrief.editions import Look, Post, RawPost, Week, read_posts
from lichtbrief.errors import LichtbriefError, Problem, ProblemsError
from lichtbrief.jobs.decide.counting import Seen, count_faces, hold_faces
from lichtbrief.jobs.decide.judging import PhotoId, decide_photos, declared_differently, settle
from lichtbrief.jobs.decide.naming import Naming
from lichtbrief.jobs.decide.sifting import Sifted, sift
from lichtbrief.jobs.decide.wording import Held
from lichtbrief.jobs.ground.cache import known_digests, known_names
from lichtbrief.jobs.ground.keeping import first_day, is_kept, looked_at, newest
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.ground.people import people_of
from lichtbrief.letters import grants
from lichtbrief.roster import Audience, Roster
from lichtbrief.settings import Settings


@dataclass(frozen=True, slots=True)
class Decided:
    """One reading of roster and posts, with the decision on each photo at `moment`.

    `week` is the week that is asked for; `posts` are those of its school year up to it, or up to
    the present week when that is later, but for those `taken_down` or `held` back, and for those
    `waiting` for an approval, which only a preview shows: that is where they are read. `standing`
    is what the log adds up to, `words` the decisions on what posts say; `others` are the weeks of
    the posts that were not asked for; `seen` is how many faces there are to be seen, where that
    was counted.
    """

    settings: Settings
    roster: Roster
    posts: tuple[Post, ...]
    problems: tuple[Problem, ...]
    decisions: Mapping[PhotoId, Decision]
    moment: datetime
    week: Week
    standing: Standing = field(default_factory=Standing)
    taken_down: tuple[Post, ...] = ()
    held: tuple[Held, ...] = ()
    waiting: tuple[Held, ...] = ()
    others: tuple[Week, ...] = ()
    seen: Mapping[PhotoId, Seen] = field(default_factory=dict)
    words: Mapping[PhotoKey, Decision] = field(default_factory=dict)

    def weeks_of(self, group: str) -> tuple[Week, ...]:
        """The weeks in which something was posted to this group, in order."""
        return tuple(sorted({post.week for post in self.posts if group in post.groups}))

    @property
    def kept_back(self) -> tuple[Held, ...]:
        """The posts that the others go out without, each with what it waits for."""
        return (*self.held, *self.waiting)

    @property
    def whole(self) -> tuple[Post, ...]:
        """Every post that could be read and was not taken down, also those kept back."""
        found = (*self.posts, *(one.post for one in self.kept_back))
        return tuple({post.id: post for post in found}.values())

    @property
    def known(self) -> tuple[Post, ...]:
        """The same, and those taken down: what parents and the log may still speak of."""
        return (*self.whole, *self.taken_down)

    def keeps(self, week: Week) -> bool:
        """Whether this week is kept still."""
        return is_kept(week, self.week, self.settings, self.standing)

    def readers(self, week: Week) -> Mapping[str, tuple[str, ...]]:
        """Guardian id -> the groups that may be read of `week`; nobody whose access was ended."""
        found = grants(self.roster, week, self.moment.date())
        ended = self.standing.revocations.ended
        return {guardian: groups for guardian, groups in found.items() if guardian not in ended}

    def posts_of(self, group: str, week: Week) -> tuple[Post, ...]:
        """What this group's edition of this week is made of."""
        return tuple(p for p in self.posts if p.week == week and group in p.groups)

    def for_the_log(self) -> Mapping[PhotoKey, Decision]:
        """The decisions as the log names photos; one that stands in a post twice may be seen if it
        may in either place."""
        found = dict(self.words)
        for post in (*self.posts, *self.taken_down):
            for photo in post.photos:
                key = post.id, photo_id(photo.digest)
                if not isinstance(found.get(key), Permit):
                    found[key] = self.decisions[post.id, photo.file]
        return found

    def invitations_to(self, group: str, week: Week) -> tuple[Post, ...]:
        """The posts of earlier weeks that invited this group to something."""
        return tuple(
            p for p in self.posts if (p.event or p.talks) and p.week < week and group in p.groups
        )

    def refuse_problems(self) -> None:
        """Raise `ProblemsError` when a post is broken: looking goes on, publishing stops."""
        if self.problems:
            count = len(self.problems)
            what = f"{count} problem{'s' * (count > 1)} in the posts; nothing is published"
            raise ProblemsError(what, self.problems, "lichtbrief check shows them as you mend them")


def read_and_decide(
    settings: Settings,
    read: Callable[[Path], RawPost],
    audience: Audience | None = None,
    last: Week | None = None,
    standing: Standing | None = None,
) -> Decided:
    """Read roster and posts and decide on every photo, as of now; count faces if that is asked for.

    `read` is Pelican's reader. `audience` is asked for instead of the one that each post goes to:
    paper. `last` is the last week whose posts are looked at, for whoever makes no week as a whole:
    then those of days to come are left out, as they are in weeks after the one asked for.
    `standing` is what was decided before, where more is known of it than the log here says.
    Raises `ProblemsError` for the roster; what is wrong with posts is in the result.
    """
    moment = settings.now()
    roster = people_of(settings)
    posts, problems = _read(settings, read, roster, first_day(settings, last, moment))
    week = last or settings.week or newest(settings, posts, moment)
    standing = standing or Log.of(settings.state).standing()
    kept = looked_at(settings, posts, standing, moment, week, last)
    judge = _Judge(settings, roster, kept, moment, declared_differently(posts))
    settled, sifted = judge.judged(standing)
    if audience is not None:
        settled, sifted = judge.judged(_held(standing, kept, settled, sifted.words), audience)
    seen = count_faces(settings, sifted.shown, settled)
    return Decided(
        settings=settings,
        roster=roster,
        posts=sifted.shown,
        problems=problems,
        decisions=hold_faces(sifted.shown, settled, seen),
        moment=moment,
        week=week,
        standing=standing,
        taken_down=tuple(post for post in kept if post.id in standing.taken_down),
        held=sifted.held,
        waiting=sifted.waiting,
        others=tuple(sorted(post.week for post in posts if post not in kept)),
        seen=seen,
        words=sifted.words,
    )


@dataclass(frozen=True, slots=True)
class _Judge:
    """Everything but what was decided before and the audience, of which paper needs two."""

    settings: Settings
    roster: Roster
    posts: tuple[Post, ...]
    moment: datetime
    disputed: frozenset[str]

    def judged(
        self, past: Standing, audience: Audience | None = None
    ) -> tuple[dict[PhotoId, Decision], Sifted]:
        """The decision on each photo, and the posts by what becomes of them."""
        settings, roster, posts, moment = self.settings, self.roster, self.posts, self.moment
        decisions = decide_photos(settings, roster, posts, moment, self.disputed, audience)
        naming = Naming.of(settings, roster, moment, audience)
        return settle(posts, decisions, past, moment), sift(posts, naming, past, moment)


def _read(
    settings: Settings, read: Callable[[Path], RawPost], roster: Roster, since: date
) -> tuple[tuple[Post, ...], tuple[Problem, ...]]:
    """The posts and what is wrong with them, with what earlier runs saw of their files."""
    digests, names = known_digests(settings), known_names(settings)
    look = Look(digests.of, names.of)
    found = read_posts(settings.groups_folder, read, roster, since, look)
    digests.keep()
    names.keep()
    return found


def _held(
    standing: Standing,
    posts: tuple[Post, ...],
    photos: Mapping[PhotoId, Decision],
    words: Mapping[PhotoKey, Decision],
) -> Standing:
    """What was decided before about screens, and counts on paper, which is asked for by itself.

    What is withheld there says nothing about paper, unless everybody permits it now: then it
    waits for `republish` there; or the roster here is older than what hid it.
    """
    held = {
        (post.id, photo_id(photo.digest))
        for post in posts
        for photo in post.photos
        if photos[post.id, photo.file] == Deny(Reason.held)
    }
    held |= {key for key, decision in words.items() if decision == Deny(Reason.held)}
    both = frozenset(held)
    return Standing(withheld=both, shown=both, taken_down=standing.taken_down)


def newest_week(settings: Settings, read: Callable[[Path], RawPost]) -> Week:
    """The newest week that has a post; raises `LichtbriefError` when there is none."""
    posts, _ = read_posts(settings.groups_folder, read, people_of(settings))
    if not posts:
        raise LichtbriefError("there is no post yet", "write one in content/groups/<group>/")
    return max(post.week for post in posts)
