"""The demo: the weekly job on the school that lies here, with its own store and mail catcher.

It plays the Friday afternoon of the newest week that has posts, so that it is the same every day.
Its letters can be answered; what that changes, it changes in a copy of the roster.
"""

import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path
from time import time as time_now
from typing import Any

from lichtbrief.delivery import Catcher, mails_by_recipient
from lichtbrief.editions import Week as IsoWeek
from lichtbrief.errors import LichtbriefError
from lichtbrief.files import write_whole
from lichtbrief.jobs.answers.taking_in import Emptied
from lichtbrief.jobs.decide.deciding import Decided, newest_week, read_and_decide
from lichtbrief.jobs.ground.filing import Filed
from lichtbrief.jobs.ground.keys import any_ring, make_keys
from lichtbrief.jobs.ground.surroundings import STORE, Surroundings
from lichtbrief.jobs.ground.turn import LEDGER, take_turn
from lichtbrief.jobs.runs.emptying import empty
from lichtbrief.jobs.runs.published import Published
from lichtbrief.jobs.runs.weekly import Progress, Week
from lichtbrief.roster import Roster, read_roster
from lichtbrief.settings import Settings, read_settings
from lichtbrief.site import load_site, post_reader
from lichtbrief.storage import LocalStore

LINK = re.compile(r"^(https?://\S+#\S+)$", re.MULTILINE)
SUMMARY = "demo.json"
ROSTER = "school"
MAIL = "mail"
FRIDAY_AFTERNOON = timedelta(days=4), time(15, 0)


@dataclass(frozen=True, slots=True)
class Mailed:
    """A guardian's mail as it was caught: the file, and the link in it."""

    guardian: str
    mail_file: str
    link: str


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo that has run: what the week did, the store's address, and everybody's link."""

    week: Week
    published: Published
    endpoint: str
    mails: tuple[Mailed, ...]
    roster: Roster
    work: Path

    def take_in(self) -> tuple[Emptied, Decided, Sequence[Filed]]:
        """Take in what parents have answered since; also everything that has come in at all."""
        settings, surroundings = self.week.settings, self.week.surroundings
        with take_turn(settings, surroundings) as turn:
            emptied = empty(self.week, turn)
        decided = read_and_decide(settings, post_reader(self.week.site))
        return emptied, decided, surroundings.cabinet(any_ring(settings)).all()


@contextmanager
def play(file: Path, work: Path, progress: Progress) -> Iterator[Demo]:
    """Run the week of the settings in `file` with everything it writes in `work`, and serve.

    The store and the catcher end with the context. Raises `LichtbriefError`.
    """
    site = demo_site(file, work)
    maildir = work / MAIL
    forget_ended(read_settings(site), work)
    with Catcher(maildir) as catcher:
        site["LICHTBRIEF_MAIL"] = catcher.address
        settings = read_settings(site)
        make_keys(settings, _week(settings).school_year)
        with LocalStore(settings.state / STORE, keep=True) as server:
            store, signer, poster = server.store(), server.signer(), server.post_signer()
            week = Week(site, settings, Surroundings(store, signer, poster=poster), progress)
            published = week.run()
            roster = read_roster(settings.school)
            mails = caught(maildir, roster)
            demo = Demo(week, published, server.endpoint, mails, roster, work)
            write_summary(demo)
            yield demo


def forget_ended(settings: Settings, work: Path) -> None:
    """Begin anew when the links of an earlier demo have ended: then its mails are of no use."""
    summary = work / SUMMARY
    lasts = settings.link_days * 86_400
    if summary.exists() and summary.stat().st_mtime + lasts < time_now():
        for path in settings.state.glob(f"{LEDGER}*"):
            path.unlink()
        shutil.rmtree(settings.state / STORE, ignore_errors=True)  # it has the ledger's snapshots
        shutil.rmtree(work / MAIL, ignore_errors=True)


def demo_site(file: Path, work: Path) -> dict[str, Any]:
    """The settings for publishing, with the work folder, and the Friday of the newest week."""
    overrides: dict[str, object] = {
        "OUTPUT_PATH": str(work / "output"),
        "LICHTBRIEF_STATE": str(work / "state"),
        "LICHTBRIEF_STORE": "local",
        "LICHTBRIEF_REPLIES": "post",
        "LICHTBRIEF_MOMENT": None,
        "LICHTBRIEF_WEEK": None,
    }
    site = load_site(file, overrides)
    shutil.copytree(read_settings(site).school, work / ROSTER, dirs_exist_ok=True)
    site["LICHTBRIEF_SCHOOL"] = str(work / ROSTER)
    week = newest_week(read_settings(site), post_reader(site))
    days, hour = FRIDAY_AFTERNOON
    moment = datetime.combine(week.monday + days, hour)
    return site | {"LICHTBRIEF_WEEK": str(week), "LICHTBRIEF_MOMENT": moment.isoformat()}


def _week(settings: Settings) -> IsoWeek:
    if settings.week is None:
        raise LichtbriefError("the demo has no week", "report this: it is a mistake of ours")
    return settings.week


def caught(maildir: Path, roster: Roster) -> tuple[Mailed, ...]:
    """Each mailed guardian's newest mail and its link, in order of guardian."""
    by_address = mails_by_recipient(maildir)
    found = (
        (guardian.id, by_address[guardian.email][-1])
        for guardian in roster.guardians.values()
        if by_address.get(guardian.email)
    )
    return tuple(Mailed(guardian, str(path), link_in(path)) for guardian, path in sorted(found))


def link_in(path: Path) -> str:
    """The signed link that stands alone on its line in a mail's text."""
    with path.open("rb") as file:
        message = BytesParser(policy=policy.default).parse(file)
    body = message.get_body(("plain",))
    found = LINK.search(body.get_content()) if body is not None else None
    if found is None:
        raise LichtbriefError("a mail has no link", "report this: it is a mistake of ours")
    return found[1]


def write_summary(demo: Demo) -> None:
    """Write `demo.json` into the work folder, for whoever drives the demo by a program."""
    value: Mapping[str, Any] = {
        "counts": counts(demo),
        "endpoint": demo.endpoint,
        "guardians": [
            {"guardian": m.guardian, "mail_file": m.mail_file, "link": m.link} for m in demo.mails
        ],
    }
    write_whole(demo.work / SUMMARY, json.dumps(value, indent=1).encode() + b"\n")


def counts(demo: Demo) -> dict[str, Any]:
    """Editions, photos shown and left out by reason, letters, and mails by state."""
    build, mails = demo.published.build, demo.published.mails
    if build is None or mails is None:
        raise LichtbriefError("the demo did not build", "report this: it is a mistake of ours")
    return {
        "editions": len(build.manifest.editions),
        "photos_shown": build.shown,
        "films_shown": build.films,
        "photos_left_out": dict(build.left_out),
        "letters": len(demo.published.publication.letters),
        "mails": {str(state): count for state, count in mails.states.counts.items() if count},
        "mailed_now": mails.now,
    }
