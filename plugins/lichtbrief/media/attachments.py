"""Files that a post offers beside its photos: cleaned of what tells who made them, or refused."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path, PurePath

from lichtbrief.errors import LichtbriefError
from lichtbrief.media.refused import RefusedFile

MOST_BYTES = 20_000_000
"""A parent loads it over a phone's connection, and a letter to parents has no need of more."""

CLEANING = "files 1"
"""How files are cleaned: to be changed when the same file becomes other bytes."""

OFFICE = "application/vnd.openxmlformats-officedocument."
AGAIN = "close other programs, and run it again"
_MISSING = 'install it: pip install "lichtbrief[attachments]"'


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that can be sent along: its name for parents, its media type, its magic."""

    name: str
    mime: str
    magic: bytes
    module: str
    suffix: str


_KINDS = (
    FileKind("PDF", "application/pdf", b"%PDF-", "pdf", ".pdf"),
    FileKind("Word", f"{OFFICE}wordprocessingml.document", b"PK\x03\x04", "office", ".docx"),
    FileKind("Excel", f"{OFFICE}spreadsheetml.sheet", b"PK\x03\x04", "office", ".xlsx"),
    FileKind("ICS", "text/calendar", b"BEGIN:VCALENDAR", "ics", ".ics"),
)
KINDS = {kind.suffix: kind for kind in _KINDS}

_SAVE_AS = "save it as PDF, DOCX or XLSX"
UNKNOWN_KIND = ("is of a kind that cannot be sent", _SAVE_AS)
_OLD = {".doc": ".docx", ".xls": ".xlsx", ".dot": ".docx", ".rtf": ".docx", ".odt": ".docx"}
_OLD |= {".ods": ".xlsx", ".ppt": ".pdf", ".pptx": ".pdf", ".odp": ".pdf", ".pub": ".pdf"}
_MACROS = {".docm": ".docx", ".xlsm": ".xlsx", ".xlsb": ".xlsx", ".dotm": ".docx", ".xltm": ".xlsx"}


@dataclass(frozen=True, slots=True)
class CleanFile:
    """A file as parents get it; `original` is the SHA-256 (hex) of what it was made from."""

    data: bytes
    original: str


def kind_of(name: str) -> FileKind:
    """The kind of file that a name promises; raises RefusedFile for one that cannot be sent."""
    suffix = PurePath(name).suffix.lower()
    if suffix in _MACROS:
        what = f"may hold macros, as every {suffix} file"
        raise RefusedFile(what, f"save it as {_MACROS[suffix]}, without macros")
    if suffix in _OLD:
        raise RefusedFile(f"is a {suffix} file, which cannot be sent", f"save it as {_OLD[suffix]}")
    if suffix not in KINDS:
        raise RefusedFile(*UNKNOWN_KIND)
    return KINDS[suffix]


def is_attachment_name(name: str) -> bool:
    """Whether a file of this name is a document, be it of a kind that cannot be sent."""
    return PurePath(name).suffix.lower() in {*KINDS, *_MACROS, *_OLD}


def clean_file(path: Path) -> CleanFile:
    """A file with its words and pictures, and nothing that tells of its makers.

    The same file always gives the same bytes. Raises RefusedFile for one that is not what its
    name says, is locked, or holds programs or other files; LichtbriefError when memory runs out.
    """
    kind = kind_of(path.name)
    data = _read(path)
    text = data.removeprefix(b"\xef\xbb\xbf")
    if not text.startswith(kind.magic):
        raise RefusedFile(f"is not what its name says, a {kind.name} file", _hint(data))
    try:
        clean: Callable[[bytes, str], bytes] = _module(kind).clean
        return CleanFile(clean(text, kind.suffix), hashlib.sha256(data).hexdigest())
    except RefusedFile:
        raise
    except MemoryError as error:
        raise LichtbriefError("there is not enough memory to read an attachment", AGAIN) from error
    except Exception as error:  # damaged files raise nearly everything
        hint = "open it, and save it again under the same name"
        raise RefusedFile("is damaged", hint) from error


def _read(path: Path) -> bytes:
    try:
        if path.resolve(strict=True).parent != path.parent.resolve() or not path.is_file():
            raise RefusedFile("is a link to a file elsewhere", "copy the file itself")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise RefusedFile("cannot be opened", "look at the file") from error
    if len(data) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise RefusedFile(f"is larger than {most} MB", "make its pictures smaller")
    return data


def _hint(data: bytes) -> str:
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # OLE: an old file of Office, or a locked one
        return f"it is locked with a password, or of an old kind; {_SAVE_AS}, without a password"
    return _SAVE_AS


def _module(kind: FileKind):  # type: ignore[no-untyped-def] # noqa: ANN202 # a module has no better type
    """What cleans a kind; the libraries are an extra, so it is not loaded before it is needed."""
    try:
        return import_module(f"lichtbrief.media.{kind.module}")
    except ImportError as error:
        raise RefusedFile("needs the extra for attachments", _MISSING) from error


@lru_cache(maxsize=10_000)
def refusal_of(path: Path, sha256: str) -> RefusedFile | None:
    """Why the file of this digest cannot be sent, or None when it can."""
    try:
        cleaned = clean_file(path)
    except RefusedFile as error:
        return error
    if cleaned.original != sha256:
        return RefusedFile("was changed just now", "try again, when nobody is editing")
    return None
