"""The second decision, just before the upload: an answer that came in since the build counts."""

from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.build.building import plan_of, planned
from lichtbrief.jobs.build.sealing_editions import fingerprint
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.manifest import Manifest
from lichtbrief.sealing import KeyRing
from lichtbrief.theme import Theme


class ChangedSinceBuildError(LichtbriefError):
    """What is permitted, or a post, is no longer what the build was made from."""


def refuse_stale(decided: Decided, manifest: Manifest, ring: KeyRing, theme: Theme) -> None:
    """Raise `ChangedSinceBuildError` unless the manifest is exactly what would be built now.

    This is the second decision, just before the upload: an answer that came in between counts.
    """
    if manifest.preview:
        hint = "build with publishconf.py, then publish"
        raise LichtbriefError("this is a preview; it is not for publishing", hint)
    now = {
        (group, str(week)): fingerprint(
            plan_of(decided, group, week),
            ring.year(week.school_year),
            theme,
            decided.settings.recipe,
            decided.standing.revocations.of_edition(group, str(week)),
        )
        for group, week in planned(decided)
    }
    then = {(entry.group, entry.week): entry.fingerprint for entry in manifest.editions}
    if now != then:
        hint = "run lichtbrief build again, then publish"
        raise ChangedSinceBuildError("posts, roster or answers have changed since the build", hint)
