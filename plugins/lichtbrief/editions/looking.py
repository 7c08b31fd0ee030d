"""How the files of a post are looked at: their digest, and what they themselves say."""

from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from lichtbrief.consent import Clash, Declaration, Names, clash
from lichtbrief.media import InFile, RefusedFile, digest, is_photo_name, read_in_file, refusal_of


@dataclass(frozen=True, slots=True)
class Look:
    """The SHA-256 (hex) of a file, whom the photo of that digest names, and why a file is refused.

    A job gives functions that remember what they saw in earlier runs.
    """

    digest: Callable[[Path], str] = digest
    in_file: Callable[[Path, str], InFile] = read_in_file
    refusal: Callable[[Path, str], RefusedFile | None] = refusal_of


@dataclass(frozen=True, slots=True)
class Witness:
    """The files of one post against its declarations.

    `here` are the pupils of its groups on its `day`, among whom a first name is looked for.
    """

    look: Look
    names: Names
    here: Set[str]
    day: date

    def hear(self, path: Path, sha256: str, declaration: Declaration) -> Declaration:
        """The declaration, with what the file of this digest says against it."""
        if not declaration.declared or not is_photo_name(path.name):
            return declaration
        said = self.look.in_file(path, sha256)
        if not said.readable:
            return replace(declaration, clash=Clash(readable=False))
        meant = [self.names.whom(noted.name, self.here, self.day) for noted in said.noted]
        return replace(declaration, clash=clash(meant, declaration.people, declaration.others))
