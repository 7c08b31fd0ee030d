"""A post's translations: `post.en.md` beside `post.md` says the same in other words.

Only words differ. Who is in the photos, when something is and who wrote it stand in post.md.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from lichtbrief.editions.attaching import Attached
from lichtbrief.editions.figures import Reference
from lichtbrief.editions.linked import Linked
from lichtbrief.editions.markup import Markup, read_markup, renumber
from lichtbrief.editions.photos import Gathered
from lichtbrief.editions.places import POST, Place
from lichtbrief.editions.post import RawPost, Text
from lichtbrief.editions.source import Source
from lichtbrief.errors import Problem

KEYS = ("title", "location", "bring", "status")

_NAME = re.compile(r"post\.([a-z]{2,3})\.md")


def translation_file(lang: str) -> str:
    """The name of the file with a post's translation: `post.en.md`."""
    return f"post.{lang}.md"


def read_translations(
    place: Place,
    read: Callable[[Path], RawPost],
    lang: str,
    gathered: Gathered,
    attached: Attached,
    source: Source,
    check: Callable[[Source, Markup], None],
) -> tuple[Text, ...]:
    """The translations beside a post whose own language is `lang`, in order of language.

    `gathered` are the photos of the post, `attached` its files; `check` looks at a text as at the
    post's own. What is wrong is added to `source`, the post's, under the name of the translation.
    """
    found: list[Text] = []
    for path in sorted(place.folder.glob("*.md")):
        if path.name == POST:
            continue
        file = f"{place.file.rpartition('/')[0]}/{path.name}"
        fault = _fault(path, lang)
        if fault is None:
            found += _read(path, file, read, gathered, attached, source, check)
        else:
            source.problems.append(Problem(file, *fault))
    return tuple(found)


def _fault(path: Path, lang: str) -> tuple[str, str] | None:
    """Why a file cannot be a translation."""
    named = _NAME.fullmatch(path.name)
    if named is None:
        todo = "name it post.en.md, with the code of its language, or remove it"
        return "is neither the post nor a translation", todo
    if named[1] == lang:
        return "is in the language of post.md itself", "rename it, or remove it"
    if path.resolve().parent != path.parent.resolve():
        return "is a link to a file elsewhere", "put the file itself there"
    return None


def _read(
    path: Path,
    file: str,
    read: Callable[[Path], RawPost],
    gathered: Gathered,
    attached: Attached,
    post: Source,
    check: Callable[[Source, Markup], None],
) -> list[Text]:
    """One translation, unless it is a draft or something is wrong with it."""
    try:
        source = Source.of(file, path.read_text(encoding="utf-8"))
        if source.first("status").lower() == "draft":
            return []
        raw = read(path)
        text = read_markup(raw.html)
    except Exception as error:  # as in reading a post: a reader may raise anything
        what = f"cannot be read ({type(error).__name__})"
        post.problems.append(Problem(file, what, "save it as UTF-8; look for something unusual"))
        return []
    check(source, text)
    values = _values(source, raw.metadata)
    numbers = dict(_numbers(text.references, gathered, source))
    files = dict(_files(text.files, attached, source))
    post.problems += source.problems
    if source.problems:
        return []
    return [_text(path.name.split(".")[1], values, text, numbers, files, gathered)]


def _values(source: Source, metadata: Mapping[str, object]) -> dict[str, str]:
    """The fields of the header as text; notes those that have no place in a translation."""
    for key, entries in source.header.items():
        if key not in KEYS:
            source.in_header(key, "belongs in post.md, which holds for every language", "remove it")
        elif len(entries) > 1:
            source.in_header(key, "stands on more than one line", "write it once, on one line")
    status = source.first("status").lower()
    if status not in ("", "published"):
        source.in_header("status", "is unknown in a translation", "write draft, or leave it out")
    values = {key: " ".join(str(metadata.get(key) or "").split()) for key in source.header}
    if not values.get("title"):
        source.in_header("title", "is missing", "write a line Title: …")
    return values


def _numbers(
    references: tuple[Reference, ...], gathered: Gathered, source: Source
) -> Iterator[tuple[int, int]]:
    """The number of each image's photo; notes what is no photo of the post, or declares people."""
    order = [photo.file for photo in gathered.photos]
    for number, reference in enumerate(references):
        name = unquote(reference.src).removeprefix("./")
        if not reference.alt:
            todo = "describe between the brackets what is to be seen, without names"
            source.in_text(reference.src, "has no description", todo)
        if reference.people is not None or reference.attested_by is not None:
            todo = "say it in post.md alone, which holds for every language"
            source.in_text(reference.src, "says again who is in it", todo)
        if name in order:
            yield number, order.index(name)
        else:
            todo = "a translation shows the photos of post.md; place it there first"
            source.in_text(reference.src, "is not a photo of post.md", todo)


def _files(
    links: tuple[Linked, ...], attached: Attached, source: Source
) -> Iterator[tuple[int, int]]:
    """The number of each link's file; notes what is no file of the post, or attests one again."""
    order = [file.file for file in attached.files]
    for number, link in enumerate(links):
        name = unquote(link.src).removeprefix("./")
        if link.attested_by is not None:
            todo = "say it in post.md alone, which holds for every language"
            source.in_text(link.src, "says again who attests it", todo)
        if name in order and link.title:
            yield number, order.index(name)
        else:
            todo = "a translation offers the files of post.md; link to it there first"
            source.in_text(link.src, "has no words, or is not a file of post.md", todo)


def _text(
    lang: str,
    values: Mapping[str, str],
    text: Markup,
    numbers: Mapping[int, int],
    files: Mapping[int, int],
    gathered: Gathered,
) -> Text:
    """The text; photos that it does not place come below it, so that nobody misses one."""
    alts = {number: reference.alt for number, reference in enumerate(text.references)}
    rest = [n for n in range(len(gathered.photos)) if n not in numbers.values()]
    return Text(
        lang=lang,
        title=values["title"],
        html=renumber(text.html, numbers, files, alts),
        alts=tuple(alts.values()),
        album=tuple(rest),
        location=values.get("location", ""),
        bring=values.get("bring", ""),
    )
