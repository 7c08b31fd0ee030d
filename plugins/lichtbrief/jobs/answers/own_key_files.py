"""The file of a member of staff's own key: made once, on their own machine, and read there."""

import os
from collections.abc import Iterable
from pathlib import Path

from lichtbrief.errors import LichtbriefError
from lichtbrief.files import write_whole
from lichtbrief.replies import OwnKey, OwnKeyFile
from lichtbrief.sealing import Refusal, Refused
from lichtbrief.sealing.private_file import locked, read_private

SHORTEST = 12


def usual_place(owner: str) -> Path:
    """Where somebody's own key lies unless they say otherwise (XDG Base Directory)."""
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "lichtbrief" / f"{owner}.key"


def read_key_file(path: Path) -> OwnKeyFile | None:
    """What is in the file, which opens nothing yet; None when there is none.

    Raises LichtbriefError for one that others can read, and for another file.
    """
    data = read_private(path)
    try:
        return None if data is None else OwnKeyFile.parse(data)
    except ValueError:
        reason = f"{path} is not the file of somebody's own key"
    raise LichtbriefError(reason, "give the file that lichtbrief keys own made, or a copy of it")


def refuse_place(path: Path, folders: Iterable[Path]) -> None:
    """Raise LichtbriefError for a file in a folder that others get to see."""
    for folder in folders:
        if path.resolve().is_relative_to(folder.resolve()):
            hint = "leave out --key, or name a file in a folder of your own"
            raise LichtbriefError(f"{path} lies in a folder that others have too", hint)


def refuse_passphrase(passphrase: str) -> None:
    """Raise LichtbriefError for a passphrase that somebody else would find out."""
    if len(passphrase.strip()) < SHORTEST:
        hint = f"take {SHORTEST} signs or more: four words that nobody would guess together"
        raise LichtbriefError("the passphrase is too short", hint)


def make_key_file(path: Path, made: OwnKeyFile) -> None:
    """Write it for its owner only (mode 0600); LichtbriefError when there is one already."""
    with locked(path):
        if read_private(path) is not None:
            hint = "nothing was written; a new key beside it needs another name: --key FILE"
            raise LichtbriefError(f"{path} is there already", hint)
        write_whole(path, made.to_bytes())


def opened_key(path: Path, file: OwnKeyFile, passphrase: str) -> OwnKey:
    """The key in it; LichtbriefError for another passphrase, and for a damaged file."""
    try:
        return file.open(passphrase)
    except Refused as refused:
        wrong = refused.why is Refusal.WRONG_KEY
    if wrong:
        hint = "try it again; nobody else has it, and without it the file opens nothing"
        raise LichtbriefError(f"this is not the passphrase of {path}", hint)
    raise LichtbriefError(f"{path} is damaged", "use your copy of it")
