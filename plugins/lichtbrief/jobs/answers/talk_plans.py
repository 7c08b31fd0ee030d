"""The teachers' plans: a text for each, in the state folder until the next run makes them anew."""

from collections.abc import Mapping, Sequence

from lichtbrief.editions import Post
from lichtbrief.files import write_whole
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.roster import Appointment
from lichtbrief.settings import Settings
from lichtbrief.talks import Line, as_text, plan_of

FOLDER = "talks"
MODE = 0o600


def make_plans(
    decided: Decided, posts: Sequence[Post], talks: Sequence[Appointment]
) -> Mapping[str, Sequence[Line]]:
    """The plan of everybody who holds talks of these posts, by id, in the order of staff.csv.

    `talks` are the rows of the table, `posts` those whose talks are still to come.
    """
    known = {post.id for post in posts}
    holding = {teacher for post in posts if post.offer for teacher in post.offer.teachers}
    holding |= {row.teacher for row in talks if row.post in known}
    return {
        staff: plan_of(staff, posts, talks, decided.roster)
        for staff in decided.roster.staff
        if staff in holding
    }


def write_plans(decided: Decided, plans: Mapping[str, Sequence[Line]]) -> Mapping[str, str]:
    """Write each into the state folder, in place of those of earlier runs; their texts, by id."""
    texts = {
        staff: as_text(decided.roster.staff[staff].name, lines) for staff, lines in plans.items()
    }
    remove_plans(decided.settings)
    folder = decided.settings.state / FOLDER
    for staff, text in texts.items():
        write_whole(folder / f"{staff}.txt", text.encode(), MODE)
    return texts


def remove_plans(settings: Settings) -> None:
    """Remove all plans: they hold names, and are soon made again."""
    for path in (settings.state / FOLDER).glob("*.txt"):
        path.unlink(missing_ok=True)
