"""Reading every post, with everything that is wrong with it."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from lichtbrief.consent import Names
from lichtbrief.editions.attaching import Attached, attach
from lichtbrief.editions.looking import Look, Witness
from lichtbrief.editions.markup import Markup, read_markup, renumber
from lichtbrief.editions.metadata import Header, is_draft, read_header
from lichtbrief.editions.photos import Gathered, gather
from lichtbrief.editions.places import POST, Place, find_places
from lichtbrief.editions.post import Post, PostKind, RawPost, Text
from lichtbrief.editions.source import Source
from lichtbrief.editions.surveys import faults_of
from lichtbrief.editions.translations import read_translations
from lichtbrief.errors import Problem
from lichtbrief.media import UNKNOWN_KIND, is_film_name, is_photo_name
from lichtbrief.roster import SCHOOL, Roster

Read = Callable[[Path], RawPost]
AFRESH = Look()

_TWICE = re.compile(r"[{<][^{}<>]*\bpeople\s*=[^{}<>]*\bpeople\s*=", re.IGNORECASE)


def read_posts(
    groups_dir: Path,
    read: Read,
    roster: Roster,
    since: date = date.min,
    look: Look = AFRESH,
) -> tuple[tuple[Post, ...], tuple[Problem, ...]]:
    """Every post that is whole, in order of id, and every problem, in order of file and line.

    `groups_dir` is `content/groups`; `read` gives a post's HTML and fields, `look` looks at
    its files. Drafts, and posts of days before `since`, are passed over. Raises OSError when a
    folder cannot be listed.
    """
    posts: list[Post] = []
    places, problems = find_places(groups_dir, roster, since)
    names = Names(roster)
    for place in places:
        post, found = _read_post(place, read, roster, look, names)
        problems += found
        if post is not None:
            posts.append(post)
    problems.sort(key=lambda problem: (problem.file, problem.line or 0))
    return tuple(posts), tuple(problems)


def drafts_in(groups_dir: Path, roster: Roster) -> tuple[str, ...]:
    """The ids of posts that their teachers are still writing; raises OSError as `read_posts`."""
    places, _ = find_places(groups_dir, roster, date.min)
    return tuple(place.id for place in places if _is_draft(place))


def _is_draft(place: Place) -> bool:
    try:
        text = (place.folder / POST).read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        return False
    return is_draft(Source.of(place.file, text))


def _read_post(
    place: Place, read: Read, roster: Roster, look: Look, names: Names
) -> tuple[Post | None, list[Problem]]:
    path = place.folder / POST
    try:
        source = Source.of(place.file, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError):
        return None, [Problem(place.file, "is not readable text", "save it as UTF-8")]
    if is_draft(source):
        return None, []
    try:
        raw = read(path)
        text = read_markup(raw.html)
    except Exception as error:  # a reader may raise anything, and other posts can still be read
        _explain(source, place, roster, error)
        return None, source.problems
    post = _compose(source, raw, text, place, roster, read, look, names)
    return (None if source.problems else post), source.problems


def _explain(source: Source, place: Place, roster: Roster, error: Exception) -> None:
    """Say which line stopped the reader, which is mostly one of the header."""
    written = {key: entries[0].text for key, entries in source.header.items()}
    read_header(written, source, place, roster)
    if not source.problems:
        what = f"cannot be read ({type(error).__name__})"
        source.problems.append(Problem(source.file, what, "look for something unusual in it"))


def _compose(
    source: Source,
    raw: RawPost,
    text: Markup,
    place: Place,
    roster: Roster,
    read: Read,
    look: Look,
    names: Names,
) -> Post | None:
    """The post from its parts; notes what is wrong with text and photos even without a header."""
    header = read_header(raw.metadata, source, place, roster)
    _check_text(source, text, place.folder)
    groups = header.groups if header else (place.group,)
    everyone = everyone_in(groups, place.day, roster)
    staff = roster.staff.keys()
    witness = Witness(look, names, everyone, place.day)
    gathered = gather(source, place.folder, text.references, everyone, staff, witness)
    attached = attach(source, place.folder, text.files, staff, look)
    lang = header.lang if header else ""
    check = partial(_check_text, folder=place.folder)
    translations = read_translations(place, read, lang, gathered, attached, source, check)
    if header is None:
        return None
    if header.kind is PostKind.survey:
        for fault in faults_of(text.html, translations):
            source.in_text("", *fault)
    return _whole(header, place, text, gathered, attached, translations)


def _whole(
    header: Header,
    place: Place,
    text: Markup,
    gathered: Gathered,
    attached: Attached,
    translations: tuple[Text, ...],
) -> Post:
    """The post, once all of it is known."""
    return Post(
        id=place.id,
        path=place.folder / POST,
        title=header.title,
        at=header.at,
        author=header.author,
        groups=header.groups,
        kind=header.kind,
        lang=header.lang,
        html=renumber(text.html, gathered.numbers, attached.numbers),
        photos=gathered.photos,
        event=header.event,
        talks=header.talks,
        offer=header.offer,
        bring=header.bring,
        changed=header.changed,
        cancelled=header.cancelled,
        translations=translations,
        files=attached.files,
        approved_by=header.approved_by,
        unused=tuple(sorted((*gathered.unused, *attached.unused))),
        until=header.until,
    )


def everyone_in(groups: tuple[str, ...], day: date, roster: Roster) -> frozenset[str]:
    """Whom `all` stands for: those in the post's groups on its day."""
    if SCHOOL in groups:
        return roster.at_school(day)
    return frozenset().union(*(roster.members(group, day) for group in groups))


def _check_text(source: Source, text: Markup, folder: Path) -> None:
    """Note what parents would miss, and declarations that would miss somebody."""
    for target in text.refused:
        source.in_text(target, *_refusal(target, folder))
    if text.film:
        todo = "show a film as ![what is to be seen](film.mp4); write a link to a page"
        source.in_text(f"<{text.film}", "embeds a film or a page", todo)
    for name in text.odd:
        todo = 'remove it; several people stand between quotes, as in people="anna-b sem-k"'
        source.in_text(name, "means nothing behind a photo or a file", todo)
    for line in filter(_TWICE.search, source.lines[source.body :]):
        todo = "write everybody between the quotes of one people"
        source.in_text(line, "names people twice behind one photo", todo)
    if text.has_loose_declaration:
        todo = "write it directly behind the closing bracket of the photo, on the same line"
        source.in_text("people=", "belongs to no photo", todo)


def _refusal(target: str, folder: Path) -> tuple[str, str]:
    name = unquote(target).removeprefix("./")
    if is_film_name(target):
        return "is a link to a film", f"show it with ![what is to be seen]({target})"
    if is_photo_name(target):
        return "is a link to a photo", f"show it with ![what is to be seen]({target})"
    if "/" not in name and (folder / name).is_file():
        return UNKNOWN_KIND
    return "is not an address that a parent can open", "write it whole, beginning with https://"
