"""DOCX and XLSX (ECMA-376): packed anew from their parts, without what tells of their makers."""

import io
import re
from collections.abc import Mapping
from posixpath import dirname, join, normpath
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lichtbrief.media.jpeg import without_notes
from lichtbrief.media.png import without_text
from lichtbrief.media.refused import RefusedFile
from lichtbrief.media.scrubbing import parse, scrub, written

TYPES = "[Content_Types].xml"
_MAIN = {".docx": "wordprocessingml.document.main+xml", ".xlsx": "spreadsheetml.sheet.main+xml"}
_MOST_PARTS, _MOST_BYTES = 5000, 200_000_000
_LEFT_OUT = re.compile(
    r"docProps/|customXml/|docMetadata/|_xmlsignatures/|customUI/|userCustomization/"
    r"|word/people\.xml|xl/revisions/|(word|xl)/printerSettings/|.*/webextensions/"
)
_REFUSED = (
    (r".*(vba|activeX|macrosheets|dialogsheets)", "holds macros", "save it without them"),
    (r".*(embeddings/|afchunk)", "carries another file", "paste that as text or as a picture"),
    (
        r"xl/(externalLinks/|connections\.xml|queryTables/)",
        "takes data from elsewhere",
        "paste the values themselves",
    ),
)
_PICTURES = {".jpg": without_notes, ".jpeg": without_notes, ".png": without_text}
_AS_THEY_ARE = {".emf", ".wmf", ".gif"}  # formats with no place for what a camera notes
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def clean(data: bytes, suffix: str) -> bytes:
    """The same document, packed anew; raises RefusedFile, and anything for a damaged file."""
    with ZipFile(io.BytesIO(data)) as packed:
        parts = _parts(packed)
    if not parts[TYPES].count(_MAIN[suffix].encode()):
        raise RefusedFile("is not what its name says", "save it again from Word or Excel")
    if b"macroEnabled" in parts[TYPES]:
        raise RefusedFile("holds macros", "save it without them")
    kept = {name: part for name, part in parts.items() if not _LEFT_OUT.match(name)}
    return _pack({name: _clean_part(name, part, kept) for name, part in kept.items()})


def _parts(packed: ZipFile) -> dict[str, bytes]:
    """Every part by its name, in order; RefusedFile when they are not what a document is made of.

    Sizes are checked by what is really there: a packed file may say anything.
    """
    entries = [entry for entry in packed.infolist() if not entry.is_dir()]
    room, parts = _MOST_BYTES, dict[str, bytes]()
    if len(entries) > _MOST_PARTS:
        raise RefusedFile("has too many parts", "save it again, or as PDF")
    for entry in sorted(entries, key=lambda entry: entry.filename):
        for pattern, what, todo in _REFUSED:
            if re.match(pattern, entry.filename, re.IGNORECASE):
                raise RefusedFile(what, todo)
        with packed.open(entry) as file:
            part = file.read(room + 1)
        room -= len(part)
        if room < 0 or entry.filename in parts:
            raise RefusedFile("is far larger than it seems", "save it again, or as PDF")
        parts[entry.filename] = part
    return parts


def _clean_part(name: str, part: bytes, kept: Mapping[str, bytes]) -> bytes:
    ending = name[name.rfind(".") :].lower()
    if name == TYPES:
        return _types(part, kept)
    if ending == ".rels":
        return _relations(name, part, kept)
    if ending == ".xml":
        root = parse(part)
        scrub(root)
        return written(root)
    if ending in _PICTURES:
        return _PICTURES[ending](part)
    if ending not in _AS_THEY_ARE:
        raise RefusedFile(f"holds a part of an unknown kind ({ending})", "save it as PDF")
    return part


def _types(part: bytes, kept: Mapping[str, bytes]) -> bytes:
    root = parse(part)
    for element in list(root):
        name = element.get("PartName", "").removeprefix("/")
        if name and name not in kept:
            root.remove(element)
    return written(root)


def _relations(name: str, part: bytes, kept: Mapping[str, bytes]) -> bytes:
    """The links of one part to others, without those to parts that are gone or elsewhere."""
    root = parse(part)
    folder = dirname(dirname(name))
    for relation in list(root):
        target = relation.get("Target", "")
        if relation.get("TargetMode") == "External":
            if not _is_harmless(relation, target):
                root.remove(relation)
        elif _resolved(folder, target) not in kept:
            root.remove(relation)
    return written(root)


def _resolved(folder: str, target: str) -> str:
    path = target if target.startswith("/") else join("/", folder, target)
    return normpath(path).lstrip("/")


def _is_harmless(relation: Any, target: str) -> bool:  # noqa: ANN401 # an element of lxml's
    """Whether a link out of the document may stay; False for one that must go unseen.

    Raises RefusedFile for those that a document cannot do without.
    """
    kind = relation.get("Type", "").rsplit("/", 1)[-1]
    if kind in ("attachedTemplate", "mailMergeSource", "mailMergeHeaderSource"):
        return False  # names a folder on the maker's computer
    if kind != "hyperlink":
        raise RefusedFile("shows something that lies elsewhere", "insert the picture itself")
    if not re.match(r"(https?|mailto|tel):", target, re.IGNORECASE):
        raise RefusedFile("has a link to a file on your own computer", "remove that link")
    return True


def _pack(parts: Mapping[str, bytes]) -> bytes:
    """The parts in one file, the same for the same parts."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, part in sorted(parts.items(), key=lambda one: (one[0] != TYPES, one[0])):
            entry = ZipInfo(name, _EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            packed.writestr(entry, part)
    return out.getvalue()
