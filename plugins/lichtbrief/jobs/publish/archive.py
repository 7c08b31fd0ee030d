"""The archive: which editions of earlier weeks each guardian may read."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from lichtbrief.editions import Week
from lichtbrief.jobs.ground.manifest import Entry, Manifest
from lichtbrief.letters import grants
from lichtbrief.roster import Roster

Archive = Mapping[str, tuple[tuple[Week, Entry], ...]]


def archive_of(manifest: Manifest, roster: Roster, day: date) -> Archive:
    """Guardian id -> every edition of the manifest that this guardian may read, newest first.

    Whoever may read on `day` reads the weeks of the groups in which the pupil was in those weeks.
    """
    found: defaultdict[str, list[tuple[Week, Entry]]] = defaultdict(list)
    weeks = {Week.parse(entry.week) for entry in manifest.editions}
    for week in sorted(weeks, reverse=True):
        for guardian, groups in grants(roster, week, day).items():
            entries = (manifest.edition(group, week) for group in groups)
            found[guardian] += [(week, entry) for entry in entries if entry is not None]
    return {guardian: tuple(entries) for guardian, entries in found.items()}


def older_than(week: Week, entries: tuple[tuple[Week, Entry], ...]) -> tuple[Entry, ...]:
    """Those of earlier weeks of the same school year."""
    return tuple(
        entry for each, entry in entries if each < week and each.school_year == week.school_year
    )
