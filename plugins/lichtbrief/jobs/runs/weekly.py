"""The weekly job: build, publish, mail, and delete what is over, in an order that can be killed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lichtbrief.delivery import Ledger, Sender, SendingRules, Transport, WeekSent
from lichtbrief.editions import Week as IsoWeek
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.answers.taking_in import Emptied, TakenIn, note_done, take_in
from lichtbrief.jobs.build.building import Build
from lichtbrief.jobs.build.freshness import ChangedSinceBuildError
from lichtbrief.jobs.build.running import run_build
from lichtbrief.jobs.decide.deciding import Decided, read_and_decide
from lichtbrief.jobs.ground.heads import catch_up, put_head
from lichtbrief.jobs.ground.keys import any_ring, ring_of
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.ground.manifest import Manifest, read_manifest
from lichtbrief.jobs.ground.surroundings import Surroundings, open_sender, open_transports
from lichtbrief.jobs.ground.turn import Turn, borrow_ledger, take_turn
from lichtbrief.jobs.mail.bouncing import Marks, unreachable, waiting
from lichtbrief.jobs.mail.mailing import Mailing, Mails, due_letters, expected, freeze, send_letters
from lichtbrief.jobs.publish.addressees import had_all, of_the_week, settle
from lichtbrief.jobs.publish.granting import LetterTask
from lichtbrief.jobs.publish.publication import Publication
from lichtbrief.jobs.publish.publishing import Publisher
from lichtbrief.jobs.publish.recording import taken_back
from lichtbrief.jobs.publish.trying import refuse_dead_letters
from lichtbrief.jobs.runs.inbox import tell
from lichtbrief.jobs.runs.published import Published, Stages
from lichtbrief.settings import Settings
from lichtbrief.site import post_reader, theme_of

Progress = Callable[[str, int, int], None]
BUILDS = 3  # an answer that comes in while building makes one build stale, rarely two


def say_nothing(_: str) -> None:
    """Where nobody listens."""


@dataclass(frozen=True, slots=True)
class Week:
    """One run for one week, with everything it needs from outside.

    `holds` leaves those who perhaps have the mail to a person; `say` is told what to expect.
    """

    site: Mapping[str, Any]
    settings: Settings
    surroundings: Surroundings
    progress: Progress
    max_delete: int | None = None
    holds: bool = False
    say: Callable[[str], None] = say_nothing
    stages: Stages = field(default_factory=Stages)

    def run(self) -> Published:
        """Take in, build, publish and mail; raises `LichtbriefError`, before anything is sent if it
        can.

        What must not be seen any more is gone before the mail relay is asked anything.
        """
        sender, transports = open_sender(self.settings), open_transports(self.settings)
        with take_turn(self.settings, self.surroundings) as turn:
            taken = self.catch_up()
            build, publisher, publication = self.build_and_plan(turn.ledger)
            done = self.store(turn, publisher, publication)
            cabinet = self.surroundings.cabinet(publisher.ring)
            note_done(cabinet, taken.waiting)
            done = self.mail(done, turn, publisher, sender, transports)
            told = tell(publisher.decided, cabinet) if self.settings.answerable else None
            return replace(
                done,
                build=build,
                earlier=turn.ledger.waiting(publisher.decided.week),
                returned=len(waiting(turn.ledger, Marks(publisher.ring, publisher.decided.roster))),
                had_all=had_all(turn.ledger, self.occasion(publisher), publisher.whom.had),
                emptied=told and Emptied(taken.received, taken.carried_out, *told),
            )

    def store(self, turn: Turn, publisher: Publisher, publication: Publication) -> Published:
        """Put what should be seen, delete what should not; log and ledger are known there then."""
        turn.hold()  # building may have taken long
        back = taken_back(publisher.decided, publisher.ledger)
        uploaded = publisher.upload(publication)
        self.stages.end("upload")
        deleted = publisher.sweep(publication)
        put_head(publisher.log, self.surroundings.store, any_ring(self.settings))
        turn.keep()
        self.stages.end("delete")
        return Published(publication, uploaded, deleted, None, self.stages.seconds, taken_back=back)

    def mail(
        self,
        done: Published,
        turn: Turn,
        publisher: Publisher,
        sender: Sender,
        transports: Sequence[Transport],
    ) -> Published:
        """Mail what was published to whoever is due; what was done, and whose mail is not out."""
        occasion = self.occasion(publisher)
        mails = self._mail(turn, publisher, done.publication, sender, transports)
        self.stages.end("mail")
        return replace(
            done,
            mails=mails,
            unsent=publisher.ledger.unsent(occasion),
            twice=publisher.ledger.twice(occasion),
            occasion=occasion,
        )

    def _mail(
        self,
        turn: Turn,
        publisher: Publisher,
        publication: Publication,
        sender: Sender,
        transports: Sequence[Transport],
    ) -> Mails:
        """Mail whoever is due; a relay or a link that does not answer leaves everybody due."""
        ledger, mailing = publisher.ledger, self._mailing(publisher, publication, sender)
        letters = self._freeze(publisher, publication, mailing.occasion)
        try:
            transports[0].check()
            due = due_letters(ledger, mailing, letters)
            refuse_dead_letters(self.surroundings, self.settings, due)
        except LichtbriefError as error:
            states = WeekSent(ledger.counts(mailing.occasion), error)
            return Mails(states, 0, ledger.frozen(mailing.occasion))
        rules = self.rules()
        self.say(expected(ledger, mailing.occasion, rules))
        done = send_letters(ledger, mailing, letters, transports, self.progress, turn.keep, rules)
        if settle(ledger, publisher.decided, mailing.occasion, publisher.whom.had):
            turn.keep()
        return done

    def rules(self) -> SendingRules:
        """How fast to send, and what to do when something goes wrong."""
        return SendingRules(self.settings.mail_pace, holds=self.holds)

    def occasion(self, publisher: Publisher) -> IsoWeek:
        """What the rows of this run's mails in the ledger are called: the week, or a part of it."""
        return publisher.decided.week

    def _freeze(
        self, publisher: Publisher, publication: Publication, occasion: IsoWeek
    ) -> tuple[LetterTask, ...]:
        """Write down who is mailed, and of what news; their letters."""
        ledger, decided, whom = publisher.ledger, publisher.decided, publisher.whom
        letters = whom.of(publication.letters, decided.week)
        given_up = unreachable(ledger, decided.roster, publisher.ring)
        freeze(ledger, letters, occasion, given_up, whom.had)
        readers = {task.guardian for task in letters}
        news = {who: new for who, new in whom.news.items() if who in readers}
        marks = {who: [piece.mark for piece in new.pieces] for who, new in news.items()}
        ledger.told.note(occasion, decided.moment.date(), marks)
        return letters

    def catch_up(self) -> TakenIn:
        """Know at least what the store knows, before anything is decided.

        A fresh machine has no log of its own, and perhaps not the rows of what parents answered.
        """
        log = Log.of(self.settings.state, self.surroundings.now)
        catch_up(log, self.surroundings.store, any_ring(self.settings))
        return take_in(self.site, self.settings, self.surroundings)

    def _mailing(self, publisher: Publisher, publication: Publication, sender: Sender) -> Mailing:
        return Mailing(
            publisher.decided,
            publisher.ring,
            publisher.theme,
            self.surroundings.signer,
            sender,
            publication.editions,
            self.surroundings.now,
            # Whoever had no mail of the day yet gets the week's as everybody does.
            news={who: new for who, new in publisher.whom.news.items() if new.goes_on},
        )

    def publish(self) -> Published:
        """Publish the build that lies in the output, and mail nobody."""
        manifest = read_manifest(self.settings.output)
        with take_turn(self.settings, self.surroundings) as turn:
            self.catch_up()
            publisher = self.publisher(turn.ledger, manifest)
            publication = publisher.prepare(self.max_delete)
            self.stages.end("plan")
            return self.store(turn, publisher, publication)

    def rehearse(self) -> Published:
        """Build and plan, and neither upload, delete nor mail; the ledger is a copy."""
        with borrow_ledger(self.settings, self.surroundings) as ledger:
            build, publisher, publication = self.build_and_plan(ledger)
            occasion = self.occasion(publisher)
            self._freeze(publisher, publication, occasion)
            due = Mails(WeekSent(ledger.counts(occasion)), 0, ledger.frozen(occasion))
        return Published(publication, 0, 0, due, self.stages.seconds, build)

    def rehearse_publish(self) -> Published:
        """Plan what publishing the last build would do."""
        manifest = read_manifest(self.settings.output)
        with borrow_ledger(self.settings, self.surroundings) as ledger:
            publication = self.publisher(ledger, manifest).prepare(self.max_delete)
        return Published(publication, 0, 0, None, self.stages.seconds)

    def build_and_plan(self, ledger: Ledger) -> tuple[Build, Publisher, Publication]:
        """Build until nothing changes in between, and plan what to do with it."""
        for _ in range(BUILDS):
            build = self.build()
            self.stages.end("build")
            publisher = self.publisher(ledger, build.manifest)
            try:
                publication = publisher.prepare(self.max_delete)
            except ChangedSinceBuildError:
                continue
            self.stages.end("plan")
            return build, publisher, publication
        hint = "wait until nobody edits posts or roster, then run it again"
        raise LichtbriefError("posts or roster change faster than they can be built", hint)

    def build(self) -> Build:
        """Build as Pelican does; raises `LichtbriefError` for every error on the way."""
        return run_build(self.site)

    def decide(self) -> Decided:
        """Read and decide everything afresh; a broken post stops it."""
        decided = read_and_decide(self.settings, post_reader(self.site))
        decided.refuse_problems()
        return decided

    def publisher(self, ledger: Ledger, manifest: Manifest) -> Publisher:
        """A publisher that has read and decided everything afresh."""
        decided = self.decide()
        ring = ring_of(self.settings, decided.week.school_year)
        theme = theme_of(self.settings)
        around = self.surroundings, self.progress
        whom = of_the_week(decided, ledger, holds=self.holds)
        return Publisher(decided, manifest, ring, theme, ledger, *around, whom)
