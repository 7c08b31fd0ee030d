"""An edition as it is sealed: index, page, photos and files, each a segment of its own."""

import gzip
from collections.abc import Callable, Mapping

from lichtbrief.editions.calendar import write_calendar
from lichtbrief.editions.edition import FORMAT, EditionPlan, ShownFile, canonical
from lichtbrief.errors import LichtbriefError
from lichtbrief.media import CleanFile, Film, Rendition, Renditions
from lichtbrief.roster import Kind

PAGE = 1  # the page's segment; the index is 0, photos and files follow
NO_FILES: Mapping[str, CleanFile] = {}


def assemble(
    plan: EditionPlan,
    page_html: str,
    renditions: Mapping[str, Renditions | Film],
    name: Callable[[str], str],
    files: Mapping[str, CleanFile] = NO_FILES,
) -> list[bytes]:
    """The segments of an edition, the same for the same plan, page, renditions and names.

    `name` makes of a calendar entry's id a name that says nothing.

    `renditions` are by the original's digest, one for each photo of the plan (plan again without
    those that cannot be read), `files` likewise. Raises LichtbriefError when an original is no
    longer the one that was decided on.
    """
    segments = [gzip.compress(page_html.encode(), mtime=0)]
    photos: list[dict[str, object]] = []
    for photo in plan.photos:
        made = renditions[photo.digest]
        still = made.still if isinstance(made, Film) else made
        _refuse_another((made.original, still.cover), (photo.digest, photo.cover))
        entry = {"alt": photo.alt, **_place(still, segments)}
        if isinstance(made, Film):
            entry["film"] = _place_film(made, photo.captions, segments)
        photos.append(entry)
    offered = [_place_file(file, files[file.digest], segments) for file in plan.files]
    index = {
        "format": FORMAT,
        "group": plan.group.id,
        "group_name": plan.group.name,
        "week": str(plan.week),
        "counts": _counts(plan),
        "dates": _dates(plan),
        "calendar": write_calendar(plan.invitations, name),
        "sizes": [len(segment) for segment in segments],
        "photos": photos,
        "attachments": offered,
    }
    return [canonical(index), *segments]


def _refuse_another(made_of: object, decided: object) -> None:
    if made_of != decided:
        raise LichtbriefError(
            "a photo or file was replaced during the build", "build again, when nobody is editing"
        )


def _place(made: Renditions, segments: list[bytes]) -> dict[str, object]:
    """Append a photo's renditions; where both are the same, they share a segment."""

    def append(rendition: Rendition) -> int:
        segments.append(rendition.data)
        return PAGE + len(segments) - 1

    small = append(made.small)
    large = small if made.large == made.small else append(made.large)
    return {
        "width": made.large.width,
        "height": made.large.height,
        "colour": made.colour,
        "small": small,
        "large": large,
        "mime": made.large.mime,
    }


def _place_film(made: Film, captions: str, segments: list[bytes]) -> dict[str, object]:
    """Append a film and its captions behind its still."""
    segments.append(made.video)
    told: dict[str, object] = {"segment": PAGE + len(segments) - 1, "seconds": made.seconds}
    if captions:
        segments.append(captions.encode())
        told["captions"] = PAGE + len(segments) - 1
    return told


def _place_file(file: ShownFile, clean: CleanFile, segments: list[bytes]) -> dict[str, object]:
    """Append a file, cleaned."""
    _refuse_another(clean.original, file.digest)
    segments.append(clean.data)
    kind = {"name": file.name, "kind": file.kind.name, "mime": file.kind.mime}
    return {**kind, "segment": PAGE + len(segments) - 1}


def _counts(plan: EditionPlan) -> dict[str, int]:
    """For the mail and the top of the letter; `events` are the posts that bring a date."""
    events = {post.code for post in plan.posts if post.event or post.talks}
    posts = {post.code for post in plan.posts}
    films = sum(1 for photo in plan.photos if photo.kind is Kind.video)
    return {
        "posts": len(posts),
        "photos": len(plan.photos) - films,
        "films": films,
        "attachments": len(plan.files),
        "events": len(events),
    }


def _dates(plan: EditionPlan) -> list[dict[str, object]]:
    """When parents are expected, in order of time; None where the end is not given."""
    once = {post.code: post for post in plan.posts if not post.cancelled}
    dates: list[dict[str, object]] = [
        {"start": one.start, "end": one.end, "kind": post.kind}
        for post in once.values()
        for one in (*((post.event,) if post.event else ()), *post.talks)
    ]
    return sorted(dates, key=lambda date: str(date["start"]))
