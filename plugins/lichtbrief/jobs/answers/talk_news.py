"""What letters tell about talks: the times to choose from, and each guardian's own time."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from lichtbrief.editions import Post, Text, starts_of
from lichtbrief.editions.calendar import END, write_calendar
from lichtbrief.editions.invitations import Invitation
from lichtbrief.jobs.answers.appointing import answers_to, booking_of, lengths, offering
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.filing import Filed
from lichtbrief.replies import Rights
from lichtbrief.roster import Appointment, holds
from lichtbrief.sealing import KeyRing, name_of
from lichtbrief.talks import Asked, Booking, teachers_of
from lichtbrief.theme import Theme

Told = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class TalkNews:
    """What is known of talks when letters are written.

    `minutes` is how long a talk of a post lasts, `answers` the newest by guardian and post's code,
    `own` the rows of each guardian, `taken` the talks of each teacher, `readers` who reads about
    each pupil.
    """

    decided: Decided
    rights: Rights
    theme: Theme
    ring: KeyRing
    posts: Mapping[str, Post]
    offers: Sequence[Post]
    answers: Mapping[tuple[str, str], Asked]
    own: Mapping[str, Sequence[Appointment]]
    taken: Mapping[str, Sequence[Booking]]
    readers: Mapping[str, Collection[str]]
    minutes: Mapping[str, int]

    @classmethod
    def of(
        cls,
        decided: Decided,
        rights: Rights,
        theme: Theme,
        ring: KeyRing,
        filed: Iterable[Filed],
    ) -> "TalkNews":
        """From everything that is filed, and the office's table."""
        minutes = lengths(decided)
        own: defaultdict[str, list[Appointment]] = defaultdict(list)
        taken: defaultdict[str, list[Booking]] = defaultdict(list)
        for row in decided.roster.talks:
            if row.post in minutes:
                for guardian in row.guardians:
                    own[guardian].append(row)
                if not row.cancelled:
                    taken[row.teacher].append(booking_of(row, minutes[row.post]))
        readers: defaultdict[str, set[str]] = defaultdict(set)
        for relation in decided.roster.relations:
            if relation.reads and holds(relation, rights.day):
                readers[relation.pupil].add(relation.guardian)
        asked = sorted(answers_to(decided.settings, filed), key=lambda one: one.at)
        return cls(
            decided,
            rights,
            theme,
            ring,
            {post.id: post for post in decided.known},
            offering(decided),
            {(one.guardian, one.body.post): one for one in asked},
            own,
            taken,
            readers,
            minutes,
        )

    def asks(self, guardian: str) -> Mapping[str, Sequence[Told]]:
        """What one guardian's letter shows of it."""
        offers = [self._offer(guardian, post) for post in self.offers]
        rows = sorted(self.own.get(guardian, ()), key=lambda row: (row.start, row.pupil))
        own = [self._appointment(guardian, row) for row in rows if self._is_told(guardian, row)]
        return {"talks": [each for each in offers if each], "appointments": own}

    def _offer(self, guardian: str, post: Post) -> Told:
        """A post's times that are still free for this guardian's children; empty for no child."""
        pupils = self.rights.talked_of(guardian, post.code)
        if not pupils:
            return {}
        readers = {guardian for pupil in pupils for guardian in self.readers[pupil]}
        answer = self.answers.get((guardian, post.code))
        return {
            "post": post.code,
            "title": _text_of(post, self._language(guardian)).title,
            "minutes": self.minutes[post.id],
            "times": [_minute(start) for start in self._free(guardian, post, pupils)],
            "others": len(readers) > 1,
            "chosen": _chosen(answer) if answer else {},
        }

    def _free(self, guardian: str, post: Post, pupils: Sequence[str]) -> Sequence[datetime]:
        """When one of the children's teachers is free, or has a talk with this guardian."""
        length, day = timedelta(minutes=self.minutes[post.id]), self.rights.day
        roster = self.decided.roster
        teachers = {t for pupil in pupils for t in teachers_of(roster, post, pupil, day)}

        def is_free(teacher: str, start: datetime) -> bool:
            return not any(
                one.start < start + length and start < one.end and guardian not in one.people
                for one in self.taken.get(teacher, ())
            )

        return [
            start
            for start in starts_of(post)
            if start > self.decided.moment and any(is_free(teacher, start) for teacher in teachers)
        ]

    def _is_told(self, guardian: str, row: Appointment) -> bool:
        """Only who still reads about the child is told, until the day is over."""
        return row.start.date() >= self.rights.day and row.pupil in self.rights.read_about(guardian)

    def _appointment(self, guardian: str, row: Appointment) -> Told:
        post = self.posts[row.post]
        one = self._invitation(guardian, post, row)
        secret = self.ring.year(post.week.school_year)

        def name(text: str) -> str:
            return name_of(secret, "talk", text, row.pupil, guardian)

        calendar = write_calendar([one], name)
        (entry,) = cast(list[dict[str, str]], calendar["dates"])
        return {
            "child": self.decided.roster.pupils[row.pupil].first_name,
            "teacher": self.decided.roster.staff[row.teacher].name,
            "start": _minute(row.start),
            "end": _minute(row.start + timedelta(minutes=self.minutes[row.post])),
            "cancelled": one.cancelled,
            "ics": f"{calendar['head']}{entry['ics']}{END}",
        }

    def _invitation(self, guardian: str, post: Post, row: Appointment) -> Invitation:
        """The talk as an entry of a calendar: the later it was changed, the higher its number."""
        words = self.theme.words(self._language(guardian))
        zone = self.decided.settings.zone
        changed = max(row.changed_at or post.at, post.changed or post.at)
        cancelled = row.cancelled or post.cancelled
        people = {
            "child": self.decided.roster.pupils[row.pupil].first_name,
            "teacher": self.decided.roster.staff[row.teacher].name,
        }
        length = timedelta(minutes=self.minutes[row.post])
        return Invitation(
            id=post.id,
            post=post.code,
            lang=words.language,
            title=words.gettext("Talk about %(child)s, with %(teacher)s") % people,
            start=row.start.replace(tzinfo=zone),
            end=(row.start + length).replace(tzinfo=zone),
            location="",
            bring="",
            stamp=changed.replace(tzinfo=zone),
            sequence=2 * int((changed - post.at).total_seconds() // 60) + cancelled,
            cancelled=cancelled,
        )

    def _language(self, guardian: str) -> str:
        return self.decided.roster.guardians[guardian].language


def _text_of(post: Post, language: str) -> Text:
    """A post's words in this language, or else its own."""
    return next((text for text in post.texts if text.lang == language), post.texts[0])


def _chosen(answer: Asked) -> Told:
    """What a guardian answered last, as the letter's form shows it again."""
    return {
        "times": [_minute(time) for time in answer.body.times],
        "together": answer.body.together,
        "elsewhere": answer.body.elsewhere,
    }


def _minute(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
