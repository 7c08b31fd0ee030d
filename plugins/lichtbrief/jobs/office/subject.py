"""Everything that is kept about one child, for a guardian who asks (GDPR, article 15).

Nothing about other children is in it, and of other guardians only that there are some: what
another guardian answered, and whether and why a child is blocked, is theirs or protects somebody
(article 15, paragraph 4). What is left out is counted, so that the office can decide about it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lichtbrief.consent import NameFinder, Permit
from lichtbrief.consent.lines import As
from lichtbrief.editions import Photo, Post, words_in
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.answers.notes import Note
from lichtbrief.jobs.answers.reading import words_of
from lichtbrief.jobs.answers.surveys import Surveys
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.filing import Filed
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.look.explaining import refuse_unknown
from lichtbrief.replies import kind_of
from lichtbrief.roster import Roster, holds

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept about a pupil, by title, row by row; and what was left out, in words."""

    pupil: str
    sections: tuple[tuple[str, tuple[Row, ...]], ...]
    left_out: tuple[str, ...]


def kept_about(
    decided: Decided,
    posts: Iterable[Post],
    pupil: str,
    guardian: str,
    filed: Iterable[Filed] = (),
    notes: Iterable[Note] = (),
    surveys: Iterable[Surveys] = (),
) -> Kept:
    """Everything about `pupil` that `guardian` may be told; `posts`, `filed`, `notes` and `surveys`
    are all that are kept.

    Raises `LichtbriefError` for an unknown pupil, and for somebody who is no guardian today.
    """
    roster, today = decided.roster, decided.moment.date()
    refuse_unknown(roster, pupil)
    refuse_stranger(roster, pupil, guardian, today)
    posts, filed = list(posts), list(filed)
    sections = {
        "Pupil": [_name(roster, pupil)],
        "Groups": [
            _dated(row, group=row.group) for row in roster.memberships if row.pupil == pupil
        ],
        "Your rights as a guardian": [
            _dated(row, decides=row.decides, reads=row.reads)
            for row in roster.relations
            if (row.pupil, row.guardian) == (pupil, guardian)
        ],
        "Your answers": list(_answers(roster, pupil, guardian)),
        "Your talks at school": list(_talks(roster, pupil, guardian)),
        "What you sent from letters": list(_sent(decided, filed, pupil, guardian)),
        "Surveys that you answered": list(_surveyed(posts, surveys, guardian)),
        "What the school wrote to you": list(_noted(notes, guardian)),
        "Photos and films": list(_photos(decided, posts, pupil)),
        "Texts with the name": list(_texts(roster, posts, pupil)),
        "Log": list(_log(decided, pupil)),
    }
    parts = tuple((title, tuple(rows)) for title, rows in sections.items())
    sealed = _sealed(filed, pupil, guardian)
    return Kept(pupil, parts, (*_left_out(roster, pupil, guardian), *sealed))


def refuse_stranger(roster: Roster, pupil: str, guardian: str, day: date) -> None:
    """Raise `LichtbriefError` for somebody who is not a guardian of the pupil on that day."""
    related = (row for row in roster.relations if (row.pupil, row.guardian) == (pupil, guardian))
    if not any(holds(row, day) for row in related):
        what = f"{guardian[:64]} is no guardian of {pupil} today"
        raise LichtbriefError(what, "name with --for the guardian who asks, as in guardians.csv")


def _name(roster: Roster, pupil: str) -> Row:
    known = roster.pupils[pupil]
    return {"id": known.id, "first name": known.first_name, "last name": known.last_name}


def _dated(row: object, **more: object) -> Row:
    """The row's own columns; one that begins with the calendar always held."""
    since, until = getattr(row, "since", None), getattr(row, "until", None)
    began = "" if since == date.min else str(since)
    return {**more, "from": began, "until": "" if until is None else str(until)}


def _answers(roster: Roster, pupil: str, guardian: str) -> Iterator[Row]:
    for one in roster.answers:
        if (one.pupil, one.guardian) == (pupil, guardian):
            yield {
                "said": f"{one.said_at:%Y-%m-%d %H:%M}",
                "audience": str(one.audience),
                "kind": str(one.kind),
                "answer": str(one.decision),
                "form": one.form,
                "given by": one.source,
                "recorded": f"{one.recorded_at:%Y-%m-%d %H:%M}",
            }


def _talks(roster: Roster, pupil: str, guardian: str) -> Iterator[Row]:
    for one in roster.talks:
        if one.pupil == pupil and guardian in one.guardians:
            state = "cancelled" if one.cancelled else ""
            yield {"start": f"{one.start:%Y-%m-%d %H:%M}", "with": one.teacher, "status": state}


def _sent(decided: Decided, filed: Iterable[Filed], pupil: str, guardian: str) -> Iterator[Row]:
    for one in filed:
        body = one.reply.body
        if (one.guardian, getattr(body, "pupil", "")) == (guardian, pupil):
            at = one.said.astimezone(decided.settings.zone)
            words = words_of(one)
            said = {"said": f"{at:%Y-%m-%d %H:%M}", "kind": kind_of(body), "words": words.text}
            sealed = ", ".join(words.readers)
            yield {**said, "opened only by": sealed} if sealed else said


def _sealed(filed: Iterable[Filed], pupil: str, guardian: str) -> Iterator[str]:
    """Words of this guardian that are kept, and that nobody but their readers can print."""
    own = (one for one in filed if one.guardian == guardian)
    about = (one for one in own if getattr(one.reply.body, "pupil", "") == pupil)
    by = Counter(words.readers for one in about if (words := words_of(one)).readers)
    for readers, count in by.items():
        messages = "message" if count == 1 else "messages"
        yield f"{count} {messages} that only {', '.join(readers)} opens, for you to ask there"


def _surveyed(posts: list[Post], kept: Iterable[Surveys], guardian: str) -> Iterator[Row]:
    """That somebody took part is kept with the school year; what they said nobody can tell."""
    ids = {post.code: post.id for post in posts}
    for surveys in kept:
        for code, tally in surveys.all().items():
            if surveys.token(code, guardian) in tally.tokens:
                yield {"post": ids.get(code, code), "answers": "counted, without a name"}


def _noted(notes: Iterable[Note], guardian: str) -> Iterator[Row]:
    for note in notes:
        if note.guardian == guardian:
            yield {"by": note.by, "at": f"{note.at:%Y-%m-%d %H:%M}", "words": note.words}


def depicting(posts: Iterable[Post], pupil: str) -> Iterator[tuple[Post, Photo]]:
    """Every photo and film that declares a pupil, or whose own file names the pupil."""
    for post in posts:
        for photo in post.photos:
            clash = photo.declaration.clash
            if pupil in photo.declaration.people or (clash and pupil in clash.people):
                yield post, photo


def _photos(decided: Decided, posts: list[Post], pupil: str) -> Iterator[Row]:
    for post, photo in depicting(posts, pupil):
        shown = isinstance(decided.decisions.get((post.id, photo.file)), Permit)
        others = len(photo.declaration.people - {pupil})
        yield {
            "post": post.id,
            "file": photo.file,
            "declared": "alone" if not others else f"with {others} other people",
            "in the edition": f"{', '.join(post.groups)} of week {post.week}" if shown else "not",
        }


def _texts(roster: Roster, posts: list[Post], pupil: str) -> Iterator[Row]:
    finder = NameFinder.of(roster.pupils.values(), roster.staff.values())
    for post in posts:
        found = [m for words in words_in(post) for m in finder.find(words.text, {pupil})]
        meant = [mention for mention in found if pupil in mention.pupils]
        if meant:
            yield {"post": post.id, "times": len(meant)}


def _log(decided: Decided, pupil: str) -> Iterator[Row]:
    for line in Log.of(decided.settings.state).read().lines:
        if pupil in line.people(As.pupil):
            told = {
                name: line.about[name] for name in ("post", "group", "week") if name in line.about
            }
            yield {"line": line.n, "at": line.at, "what": str(line.what), **told}


def _left_out(roster: Roster, pupil: str, guardian: str) -> Iterator[str]:
    others = sum(one.pupil == pupil and one.guardian != guardian for one in roster.answers)
    relations = {one.guardian for one in roster.relations if one.pupil == pupil} - {guardian}
    blocks = sum(one.pupil == pupil for one in roster.blocks)
    for count, what in (
        (len(relations), "other guardian(s)"),
        (others, "answer(s) of other guardians"),
        (blocks, "block(s)"),
    ):
        if count:
            yield f"{count} {what}"
