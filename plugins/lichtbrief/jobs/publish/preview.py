"""The preview: one letter with every group's edition of a week, sealed like a guardian's.

It takes the same sealed way with a key ring of its own; there is no unencrypted page to forget.
"""

from datetime import timedelta

from lichtbrief.editions import Week
from lichtbrief.files import write_whole
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.letterhead import letterhead_of
from lichtbrief.jobs.ground.manifest import Manifest
from lichtbrief.jobs.publish.archive import older_than
from lichtbrief.jobs.publish.opening import open_edition, open_head
from lichtbrief.jobs.publish.writing import granted, older
from lichtbrief.letters import Letter, OlderEdition, build_letter, render_months
from lichtbrief.sealing import KeyRing, Secret, code_of, letter_key, name_of, seal
from lichtbrief.theme import Theme

NAME = "preview.html"
READER = "preview"  # stands where a guardian's id would


def preview_key(ring: KeyRing, week: Week) -> Secret:
    """The key of the preview letter of this week."""
    return letter_key(ring.year(week.school_year), READER, str(week))


def preview_link(ring: KeyRing, week: Week) -> str:
    """The preview letter's file name with its key, as it stands behind the server's address."""
    return f"{NAME}#{code_of(preview_key(ring, week))}"


def write_preview(decided: Decided, manifest: Manifest, ring: KeyRing, theme: Theme) -> None:
    """Write the preview letter beside the sealed editions that it reads."""
    settings, week = decided.settings, decided.week
    key = preview_key(ring, week)
    letter_id = name_of(ring.year(week.school_year), "letter", READER, str(week))
    until = (decided.moment + timedelta(days=settings.link_days)).replace(tzinfo=settings.zone)
    opened = [
        open_edition(settings.output, entry, ring)
        for entry in manifest.editions
        if entry.week == str(week)
    ]
    letter = Letter(
        letter_id=letter_id,
        week=week,
        until=until,
        editions=[granted(edition, edition.entry.name) for edition in opened],
        older=_older(decided, manifest, ring),
        calendar=render_months(theme, settings.language, [edition.index for edition in opened]),
    )
    html = build_letter(
        theme,
        settings.language,
        letterhead_of(settings),
        letter,
        lambda segments: seal(key, ("letter", letter_id), segments),
    )
    write_whole(settings.output / NAME, html, 0o644)


def _older(decided: Decided, manifest: Manifest, ring: KeyRing) -> list[OlderEdition]:
    """Every group's earlier weeks of the school year, the newest first."""
    weeks = ((Week.parse(entry.week), entry) for entry in manifest.editions)
    entries = older_than(decided.week, tuple(sorted(weeks, key=lambda one: one[0], reverse=True)))
    output, groups = decided.settings.output, decided.roster.groups
    heads = (open_head(output, entry, ring, groups[entry.group].name) for entry in entries)
    return [older(head, head.entry.name) for head in heads]
