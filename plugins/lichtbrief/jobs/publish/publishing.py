"""Publishing: the store is made equal to what the build and the roster say, and that is checked.

Editions first, then letters, then everything new is read back through its signed link; deleting
is a step of its own, so that mailing can come before it. A letter enters the ledger only when it
has been read back: whatever a killed run left unchecked is simply put again.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from lichtbrief.delivery import Ledger, State
from lichtbrief.jobs.answers.answering import answering
from lichtbrief.jobs.answers.reminding import reminding
from lichtbrief.jobs.build.freshness import refuse_stale
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.letterhead import letterhead_of
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.ground.manifest import EDITIONS, Entry, Manifest
from lichtbrief.jobs.ground.people import out_of_date
from lichtbrief.jobs.ground.surroundings import Surroundings
from lichtbrief.jobs.publish.addressees import EVERYBODY, Addressees
from lichtbrief.jobs.publish.granting import ENDING, FOLDER, Granting, LetterTask
from lichtbrief.jobs.publish.opening import open_editions, open_heads, read_sealed
from lichtbrief.jobs.publish.publication import Publication
from lichtbrief.jobs.publish.recording import (
    leftovers,
    past,
    record_decisions,
    record_gone,
    record_stored,
    replaced,
)
from lichtbrief.jobs.publish.writing import LetterWriter
from lichtbrief.letters import Letterhead, on_the_wire
from lichtbrief.sealing import KeyRing
from lichtbrief.storage import (
    Action,
    Kind,
    Stored,
    Wanted,
    apply,
    plan,
    remove,
    verify,
    verify_gone,
)
from lichtbrief.theme import Theme

Progress = Callable[[str, int, int], None]
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Publisher:
    """Everything that publishing one manifest needs.

    `whom` says whose letters are made to be mailed; all others are kept up to date while their
    links work.
    """

    decided: Decided
    manifest: Manifest
    ring: KeyRing
    theme: Theme
    ledger: Ledger
    surroundings: Surroundings
    progress: Progress
    whom: Addressees = EVERYBODY

    @property
    def log(self) -> Log:
        """What this run decides and does."""
        return Log.of(self.decided.settings.state, self.surroundings.now)

    def prepare(self, max_delete: int | None) -> Publication:
        """Plan every step; nothing is written yet.

        `max_delete` bounds the deletions that no end of time explains (None: half of all). Raises
        `LichtbriefError` when the manifest is not of this moment's decisions, when links cannot be
        signed for so long, or when more would be deleted.
        """
        refuse_stale(self.decided, self.manifest, self.ring, self.theme)
        letterhead = letterhead_of(self.decided.settings)
        granting = self._granting(letterhead)
        letters = granting.letters()
        self._check_links(letters)
        store = self.surroundings.store  # of which strangers may have filled other folders
        ours = store.list(f"{EDITIONS}/") | store.list(f"{FOLDER}/")
        output, groups = self.decided.settings.output, self.decided.roster.groups
        editions = open_editions(output, (e for t in letters for e in t.editions), self.ring)
        older = open_heads(output, (e for t in letters for e in t.older), self.ring, groups)
        signer = self.surroundings.signer
        way = self.surroundings.poster, self.decided.settings.replies == "put"
        cards = self.decided.standing.revocations.of_card
        writer = LetterWriter(
            letterhead, self.ring, self.theme, signer, editions, older, cards, *way
        )
        wanted = [self._edition(entry) for entry in self.manifest.editions]
        wanted += [self._letter(task, writer, ours.get(task.name)) for task in letters]
        steps = plan(
            wanted,
            ours,
            expired=self._over(ours),
            replaced=replaced(self.decided, self.manifest),
            max_delete=max_delete,
        )
        decided = self.decided
        outdated = out_of_date(decided.settings, decided.roster, decided.moment)
        return Publication(
            letters, editions, steps, granting.unmailed(), decided.kept_back, outdated
        )

    def upload(self, publication: Publication) -> int:
        """Put what is new or changed, read it back, and note the letters; how many were put.

        The decisions are in the log before the first object is in the store.
        """
        record_decisions(self.log, self.decided)
        steps = publication.plan.of(Action.PUT)
        done = 0

        def count(_: object) -> None:
            nonlocal done
            done += 1
            self.progress("Uploads", done, len(steps))

        etags = apply(publication.plan, self.surroundings.store, progress=count)
        self._read_back(publication)
        put = {step.name for step in steps}
        for task in publication.letters:
            if task.name in put:
                self.ledger.remember(task.put_as(etags[task.name]))
        record_stored(self.log, self.decided, self.manifest, publication.letters)
        return len(steps)

    def sweep(self, publication: Publication) -> int:
        """Delete, with all versions, what nothing refers to any more; how many there were.

        That it is gone is seen through links as good as those once mailed.
        """
        steps = publication.plan.of(Action.DELETE)
        remove(publication.plan, self.surroundings.store, progress=lambda _: None)
        wanted = {step.name for step in publication.plan.steps if step.wanted is not None}
        gone = sorted({step.name for step in steps} | {*leftovers(self.decided, wanted)})
        until = (self.surroundings.now() + ENDING).replace(microsecond=0)
        verify_gone(gone, self.surroundings.signer, until)
        record_gone(self.log, self.decided, gone)
        over = self.surroundings.now() + ENDING
        for letter in self.ledger.letters():
            # One that was taken away too early can come back under its link while that works.
            if letter.until <= over:
                self.ledger.forget(letter.name)
        return len(steps)

    def _granting(self, letterhead: Letterhead) -> Granting:
        decided, ledger = self.decided, self.ledger
        return Granting(
            decided=decided,
            manifest=self.manifest,
            ring=self.ring,
            theme=self.theme,
            letterhead=letterhead,
            known={letter.name: letter for letter in ledger.letters()},
            # Whom earlier mails have told all of it is as good as mailed.
            states={**ledger.states(decided.week), **dict.fromkeys(self.whom.had, State.SENT)},
            now=self.surroundings.now(),
            key_ids=self.surroundings.key_ids,
            prolongs=self.whom.everybody,
            fresh=self.whom.fresh,
            answering=answering(decided, self.ring, self.surroundings),
            reminding=reminding(decided, self.ring, ledger, self.surroundings),
        )

    def _check_links(self, letters: tuple[LetterTask, ...]) -> None:
        for until in {task.until for task in letters}:
            self.surroundings.signer.check(until)

    def _edition(self, entry: Entry) -> Wanted:
        output = self.decided.settings.output
        return Wanted(
            name=entry.name,
            kind=Kind.EDITION,
            size=entry.size,
            sha256=entry.sha256,
            load=lambda: read_sealed(output, entry),
            content_type="application/octet-stream",
        )

    def _letter(self, task: LetterTask, writer: LetterWriter, there: Stored | None) -> Wanted:
        """The letter to put, or the one that lies there unchanged, which is not written again."""
        if task.stored is not None and there is not None and there.etag == task.stored.etag:
            size, digest, data, etag = there.size, "", b"", there.etag
        else:
            data = on_the_wire(writer.write(task))
            size, digest, etag = len(data), hashlib.sha256(data).hexdigest(), ""
        return Wanted(
            name=task.name,
            kind=Kind.LETTER,
            size=size,
            sha256=digest,
            load=lambda: data,
            content_type=HTML,
            encoding="gzip",
            etag=etag or None,
        )

    def _over(self, names: Iterable[str]) -> set[str]:
        """What may go because its time has come: ended letters, editions of weeks not kept."""
        now, year = self.surroundings.now(), self.decided.week.school_year
        ended = {each.name for each in self.ledger.letters() if each.until <= now + ENDING}
        this_year = f"{EDITIONS}/{year}/"
        old = {n for n in names if n.startswith(f"{EDITIONS}/") and not n.startswith(this_year)}
        return ended | old | past(self.decided)

    def _read_back(self, publication: Publication) -> None:
        """Read every new object, and every edition of a new letter, as a parent's browser will."""
        new = {step.name for step in publication.plan.of(Action.PUT)}
        fresh = [task for task in publication.letters if task.name in new]
        new |= {entry.name for task in fresh for entry in task.editions}
        steps = publication.plan.of(Action.PUT) + publication.plan.of(Action.KEEP)
        checked = [s.wanted for s in steps if s.name in new and s.wanted is not None]
        if not checked:
            return
        soon = self.surroundings.now() + timedelta(hours=1)
        done = 0

        def count(_: object) -> None:
            nonlocal done
            done += 1
            self.progress("Read back", done, len(checked))

        until = min([soon, *(task.until for task in fresh)])
        verify(checked, self.surroundings.signer, until, progress=count)
