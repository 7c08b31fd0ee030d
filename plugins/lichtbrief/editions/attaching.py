"""The files that a post offers: found beside it, attested, and looked into beforehand."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote

from lichtbrief.editions.linked import Linked
from lichtbrief.editions.looking import Look
from lichtbrief.editions.post import Attachment
from lichtbrief.editions.source import Source
from lichtbrief.media import RefusedFile, is_attachment_name, kind_of


@dataclass(frozen=True, slots=True)
class Attached:
    """A post's files in order, the number of each link's file, and those that no link leads to."""

    files: tuple[Attachment, ...]
    numbers: Mapping[int, int]
    unused: tuple[str, ...]


def attach(
    source: Source, folder: Path, links: Sequence[Linked], staff: Set[str], look: Look
) -> Attached:
    """The files in `folder` that these links offer; what is wrong is noted in `source`.

    `staff` are the ids of those who may attest that no child is to be seen in a file.
    """
    files: dict[str, Attachment] = {}
    numbers: dict[int, int] = {}
    names = {path.name for path in folder.iterdir() if path.is_file()}
    for number, link in enumerate(links):
        name = unquote(link.src).removeprefix("./")
        faults = [*_attested(link, staff), *_named(link, name, names)]
        if not faults:
            found = files.get(name) or _look_into(folder / name, link, look)
            faults = [(found.reason, found.hint)] if isinstance(found, RefusedFile) else []
        for fault in faults:
            source.in_text(link.src, *fault)
        if not faults and not isinstance(found, RefusedFile):
            files.setdefault(name, found)
            numbers[number] = list(files).index(name)
    unused = {name for name in names if is_attachment_name(name)} - files.keys()
    linked = {unquote(link.src).removeprefix("./") for link in links}
    return Attached(tuple(files.values()), numbers, tuple(sorted(unused - linked)))


def _attested(link: Linked, staff: Set[str]) -> list[tuple[str, str]]:
    """A file may show anybody, and nobody declares who: so it shows no child, says a person."""
    if not link.attested_by:
        what = "is not attested: nobody has said that it shows no child"
        return [(what, 'look through it, and write {: attested_by="your-id" } behind it')]
    if link.attested_by not in staff:
        what = f"is attested by {link.attested_by}, who is not on the staff"
        return [(what, "write the id of a staff member, as in staff.csv")]
    return []


def _named(link: Linked, name: str, names: Set[str]) -> list[tuple[str, str]]:
    faults = []
    if not link.title:
        faults.append(("has no words", "write between the square brackets what it is"))
    if "/" in name or "\\" in name:
        faults.append(("is outside the post's folder", "put it there; write its name only"))
    elif name not in names:
        near = get_close_matches(name, sorted(filter(is_attachment_name, names)), n=1)
        todo = f"did you mean {near[0]}?" if near else "put it there, or correct its name"
        faults.append(("is not in the post's folder", todo))
    return faults


def _look_into(path: Path, link: Linked, look: Look) -> Attachment | RefusedFile:
    try:
        kind = kind_of(path.name)
        digest = look.digest(path)
    except RefusedFile as error:
        return error
    except OSError:
        return RefusedFile("cannot be opened", "look at the file")
    return look.refusal(path, digest) or Attachment(path.name, path, link.title, digest, kind)
