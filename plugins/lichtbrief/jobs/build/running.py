"""One run of Pelican as a job: the build it made, and an error where Pelican would go on."""

from collections.abc import Mapping
from typing import Any

from lichtbrief.errors import LichtbriefError, ReportedError
from lichtbrief.jobs.build.building import Build
from lichtbrief.site import built, run_site


def run_build(site: Mapping[str, Any]) -> Build:
    """Run Pelican as `pelican --fatal errors` does, and return what our generator built.

    Raises `LichtbriefError` for every error that Pelican logs, and when our generator never ran:
    Pelican itself would exit 0 without it.
    """
    build, reported = run_preview(site)
    if reported is not None:
        raise reported
    return build


def run_preview(site: Mapping[str, Any]) -> tuple[Build, ReportedError | None]:
    """Run Pelican; return what our generator built, and what was reported on the way.

    A broken post is an error, but whoever looks sees the others all the same. Raises
    `LichtbriefError` when our generator never ran.
    """
    results: list[Build] = []

    def receive(_: object, result: Build) -> None:
        results.append(result)

    with built.connected_to(receive):
        messages = run_site(site)
    count = len(messages)
    what = f"Pelican reported {'an error' if count == 1 else f'{count} errors'}"
    todo = "mend what it says; nothing can be published before"
    reported = ReportedError(what, messages, todo) if messages else None
    if not results:
        hint = 'see that PLUGINS in the settings file names "lichtbrief"'
        raise reported or LichtbriefError("the plugin did not run, so nothing was built", hint)
    return results[-1], reported
