"""What follows from a filed reply: rows in consents.csv, a guardian's row in guardians.csv, a post
that is hidden at once.

Each step may be done twice: a run that is killed begins again with what is not noted as done.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lichtbrief.consent.lines import As, Event, What
from lichtbrief.consent.standing import photo_id
from lichtbrief.editions import Post
from lichtbrief.jobs.answers.restoring import lacking
from lichtbrief.jobs.answers.taking_down import take_down
from lichtbrief.jobs.answers.wishing import write_wishes
from lichtbrief.jobs.answers.withdrawing import write_table
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.filing import Filed
from lichtbrief.jobs.ground.finding import Named
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.ground.people import office_roster
from lichtbrief.replies import Doubt, Preferences
from lichtbrief.roster import Answer, Answered, answer_row, append_rows
from lichtbrief.sealing.private_file import locked
from lichtbrief.settings import Settings


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """What was done: rows in consents.csv, things hidden, whether parents must see less now, and
    guardians who get the letter otherwise."""

    answers: int
    hidden: int
    renews: bool
    wishes: int = 0

    @classmethod
    def of(cls, answers: Sequence[Answer]) -> "CarriedOut":
        """Where only these rows were written."""
        return cls(len(answers), 0, any(answer.decision is not Answered.yes for answer in answers))


def carry_out(decided: Decided, filed: Sequence[Filed], known: Sequence[Filed]) -> CarriedOut:
    """Do what has not been done yet of `filed`; raises `LichtbriefError` for a roster or a log.

    `known` is everything that was ever filed: no row of it may be missing. What an earlier run
    wrote, and was killed before it was brought to light, counts for `renews`.
    """
    done = CarriedOut.of(write_answers(decided.settings, known))
    hidden, renews = 0, done.renews
    for one in filed:
        if isinstance(one.reply.body, Preferences):
            renews = renews or Answered.no in one.reply.body.answers.values()
        elif isinstance(one.reply.body, Doubt) and decided.settings.doubt_hides:
            hidden, renews = hidden + hide(decided, one.reply.body), True
    return CarriedOut(done.answers, hidden, renews, write_wishes(decided, filed, known))


def hide(decided: Decided, doubt: Doubt) -> bool:
    """Take down what the doubt is about: one photo where that is clear, else the whole post."""
    post = post_of(decided, doubt.post)
    if post is None:
        return False
    photos = [photo for photo in post.photos if doubt.photo and photo.alt == doubt.photo]
    about = photo_id(photos[0].digest) if len({one.digest for one in photos}) == 1 else ""
    return take_down(decided.settings, Named(post.id, about), None)


def post_of(decided: Decided, code: str) -> Post | None:
    """The post that parents call so, also one that is not shown any more."""
    return next((post for post in decided.known if post.code == code), None)


def write_answers(settings: Settings, known: Sequence[Filed]) -> list[Answer]:
    """Add a row for each answer in these that consents.csv lacks, and give those; see `lacking`."""
    given = [one for one in known if isinstance(one.reply.body, Preferences)]
    path, what = settings.school / "consents.csv", "writing down answers"
    if not given or not lacking(given, office_roster(settings, what), settings.zone):
        return []
    with locked(path):
        answers = lacking(given, office_roster(settings, what), settings.zone)
        if answers:
            write_table(path, append_rows(path.read_bytes(), map(answer_row, answers)))
    Log.of(settings.state).add(map(_event, answers))
    return answers


def _event(answer: Answer) -> Event:
    who = (As.pupil, answer.pupil), (As.guardian, answer.guardian)
    about = {"audience": answer.audience, "kind": answer.kind, "decision": answer.decision}
    return Event(What.answered, about, who)
