"""Writing one letter: the pages, signed links and keys of its editions, sealed for one guardian."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lichtbrief.jobs.answers.answering import way_of
from lichtbrief.jobs.publish.granting import LetterTask
from lichtbrief.jobs.publish.opening import OlderHead, OpenEdition
from lichtbrief.letters import (
    GrantedEdition,
    Letter,
    Letterhead,
    OlderEdition,
    build_letter,
    render_months,
)
from lichtbrief.sealing import KeyRing, Secret, locked_secret, passphrase_of, seal
from lichtbrief.storage import PostSigner, Signer
from lichtbrief.theme import Theme


@dataclass(frozen=True, slots=True)
class LetterWriter:
    """Writes letters from opened editions; one signed link per edition and end serves them all.

    `card_of` tells of which generation a guardian's card is.
    """

    letterhead: Letterhead
    ring: KeyRing
    theme: Theme
    signer: Signer
    editions: Mapping[str, OpenEdition]
    older: Mapping[str, OlderHead]
    card_of: Callable[[str], int]
    poster: PostSigner | None = None
    puts: bool = False
    links: dict[tuple[str, datetime], str] = field(default_factory=dict)
    calendars: dict[tuple[str, ...], str] = field(default_factory=dict)

    def write(self, task: LetterTask) -> bytes:
        """The letter's HTML."""
        key = task.key(self.ring)
        letter = Letter(
            letter_id=task.letter_id,
            week=task.week,
            until=task.until,
            editions=[self._granted(entry.name, task.until) for entry in task.editions],
            older=[self._older(entry.name, task.until) for entry in task.older],
            reader=task.reader,
            calendar=self._calendar(task),
            record=task.record,
            replies=self._replies(task),
        )
        return build_letter(
            self.theme,
            task.language,
            self.letterhead,
            letter,
            lambda segments: seal(key, ("letter", task.letter_id), segments),
            self._lock(task, key) if self.letterhead.locked else None,
        )

    def _lock(self, task: LetterTask, key: Secret) -> Callable[[bytes], bytes]:
        """Seals a letter's content once more, with the guardian's passphrase of that year."""
        secret, card = self.ring.year(task.week.school_year), self.card_of(task.guardian)
        passphrase = passphrase_of(secret, task.guardian, card)
        fields = "locked", task.letter_id
        return lambda content: seal(
            locked_secret(key, passphrase, task.letter_id), fields, [content]
        )

    def _replies(self, task: LetterTask) -> Mapping[str, object]:
        if self.poster is None or not task.asks:
            return {}
        return {**way_of(task.box(self.ring), self.poster, task.until, puts=self.puts), **task.asks}

    def _calendar(self, task: LetterTask) -> str:
        names = tuple(entry.name for entry in task.editions)
        if (task.language, *names) not in self.calendars:
            indexes = [self.editions[name].index for name in names]
            made = render_months(self.theme, task.language, indexes)
            self.calendars[task.language, *names] = made
        return self.calendars[task.language, *names]

    def _granted(self, name: str, until: datetime) -> GrantedEdition:
        return granted(self.editions[name], self._link(name, until))

    def _older(self, name: str, until: datetime) -> OlderEdition:
        return older(self.older[name], self._link(name, until))

    def _link(self, name: str, until: datetime) -> str:
        if (name, until) not in self.links:
            self.links[name, until] = self.signer.sign(name, until)
        return self.links[name, until]


def granted(edition: OpenEdition, url: str) -> GrantedEdition:
    """An opened edition for the letter of somebody who may read it."""
    return GrantedEdition(
        group=edition.entry.group,
        url=url,
        key=edition.key.reveal(),
        start=edition.start,
        index=edition.index,
        page=edition.page,
    )


def older(head: OlderHead, url: str) -> OlderEdition:
    """An edition of an earlier week, for the same."""
    return OlderEdition(
        group=head.entry.group,
        name=head.group_name,
        week=head.week,
        url=url,
        key=head.key.reveal(),
        start=head.start,
    )
