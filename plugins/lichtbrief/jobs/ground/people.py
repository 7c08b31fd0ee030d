"""Which roster a checkout has: the office's tables, or the teachers' copy of their outcome."""

from datetime import datetime
from pathlib import Path

from lichtbrief.consent import Permits
from lichtbrief.errors import LichtbriefError
from lichtbrief.files import write_whole
from lichtbrief.roster import Roster, read_roster
from lichtbrief.settings import Settings

COPY = "permits.json"
MOST_BYTES = 20_000_000  # 15,000 pupils take 5 MB


def people_of(settings: Settings) -> Roster:
    """The roster to look with: the office's, or, where its folder has that only, the teachers'.

    Raises `ProblemsError` for the office's, `LichtbriefError` for a copy that cannot be read, and
    when somebody wants to publish with one.
    """
    if not is_copy(settings.school):
        return read_roster(settings.school)
    if not settings.preview:
        raise not_for_teachers("publishing")
    return read_copy(settings.school / COPY).roster()


def office_roster(settings: Settings, what: str) -> Roster:
    """The office's own roster, for `what` teachers cannot do; raises as `people_of` does."""
    if is_copy(settings.school):
        raise not_for_teachers(what)
    return read_roster(settings.school)


def is_copy(school: Path) -> bool:
    """Whether a folder holds the teachers' copy and no table of the office."""
    return (school / COPY).is_file() and not any(school.glob("*.csv"))


def not_for_teachers(what: str) -> LichtbriefError:
    """The error for something that only the office's roster can answer."""
    hint = "LICHTBRIEF_SCHOOL must name the folder with the office's tables"
    return LichtbriefError(f"{what} needs the office's roster; here is the teachers' copy", hint)


def read_copy(path: Path) -> Permits:
    """Read a teachers' copy; raises `LichtbriefError`."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise ValueError("too large")
        return Permits.parse(data.decode())
    except (OSError, ValueError) as error:
        hint = "get it again from the office, who make it with lichtbrief permits"
        raise LichtbriefError(f"the teachers' copy {COPY} cannot be read", hint) from error


def shared_copy(settings: Settings) -> Path:
    """Where the copy lies that teachers get: in the repository of the posts."""
    return settings.content.parent / "school" / COPY


def write_copy(settings: Settings) -> tuple[Permits, Path]:
    """Make the teachers' copy anew from the office's roster; raises as `office_roster`."""
    roster = office_roster(settings, "making permits")
    permits = Permits.of(roster, settings.rules, settings.now())
    path = shared_copy(settings)
    write_whole(path, permits.to_json().encode())
    return permits, path


def out_of_date(settings: Settings, roster: Roster, moment: datetime) -> int:
    """How many groups, staff and pupils the teachers' copy is wrong about; 0 without a copy."""
    path = shared_copy(settings)
    if not path.exists():
        return 0
    now = Permits.of(roster, settings.rules, moment)
    try:
        return read_copy(path).differences(now)
    except LichtbriefError:
        return len(now.groups) + len(now.staff) + len(now.pupils)
