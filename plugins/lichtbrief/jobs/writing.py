"""Writing one letter: the pages, signed links and keys of its editions, sealed for one guardian."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lichtbrief.jobs.granting import LetterTask
from lichtbrief.jobs.opening import OpenEdition
from lichtbrief.letters import GrantedEdition, build_letter
from lichtbrief.sealing import KeyRing, letter_key, seal
from lichtbrief.settings import Settings
from lichtbrief.storage import Signer
from lichtbrief.theme import Theme


@dataclass(frozen=True, slots=True)
class LetterWriter:
    """Writes letters from opened editions; one signed link per edition and end serves them all."""

    settings: Settings
    ring: KeyRing
    theme: Theme
    signer: Signer
    editions: Mapping[str, OpenEdition]
    links: dict[tuple[str, datetime], str]

    def write(self, task: LetterTask) -> bytes:
        """The letter's HTML."""
        key = letter_key(self.ring.year(task.week.school_year), task.guardian, str(task.week))
        granted = [self._granted(entry.name, task.until) for entry in task.editions]
        return build_letter(
            self.theme,
            task.language,
            self.settings.school_name,
            self.settings.contact,
            task.letter_id,
            task.week,
            task.until,
            granted,
            lambda segments: seal(key, ("letter", task.letter_id), segments),
        )

    def _granted(self, name: str, until: datetime) -> GrantedEdition:
        edition = self.editions[name]
        if (name, until) not in self.links:
            self.links[name, until] = self.signer.sign(name, until)
        return GrantedEdition(
            group=edition.entry.group,
            url=self.links[name, until],
            key=edition.key.reveal(),
            start=edition.start,
            index=edition.index,
            page=edition.page,
        )
