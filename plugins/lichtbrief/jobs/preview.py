"""The preview: one letter with every group's edition of a week, sealed like a guardian's.

It takes the same sealed way with a key ring of its own; there is no unencrypted page to forget.
"""

from datetime import timedelta

from lichtbrief.editions import Week
from lichtbrief.files import write_whole
from lichtbrief.jobs.deciding import Decided
from lichtbrief.jobs.manifest import Manifest
from lichtbrief.jobs.opening import open_edition
from lichtbrief.letters import GrantedEdition, build_letter
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
    opened = [
        open_edition(settings.output, entry, ring)
        for entry in manifest.editions
        if entry.week == str(week)
    ]
    until = (decided.moment + timedelta(days=settings.link_days)).replace(tzinfo=settings.zone)
    html = build_letter(
        theme,
        settings.language,
        settings.school_name,
        settings.contact,
        letter_id,
        week,
        until,
        [
            GrantedEdition(
                group=edition.entry.group,
                url=edition.entry.name,
                key=edition.key.reveal(),
                start=edition.start,
                index=edition.index,
                page=edition.page,
            )
            for edition in opened
        ],
        lambda segments: seal(key, ("letter", letter_id), segments),
    )
    write_whole(settings.output / NAME, html, 0o644)
