"""One run of Pelican as a job: the build it made, or an error where Pelican would go on."""

from collections.abc import Mapping
from typing import Any

from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.building import Build
from lichtbrief.site import built, run_site


def run_build(site: Mapping[str, Any]) -> Build:
    """Run Pelican with these settings and return what our generator built.

    Raises `LichtbriefError` for every error that Pelican logs, and when our generator never ran:
    Pelican itself would exit 0 without it.
    """
    results: list[Build] = []

    def receive(_: object, result: Build) -> None:
        results.append(result)

    with built.connected_to(receive):
        run_site(site)
    if not results:
        raise LichtbriefError(
            "the plugin did not run, so nothing was built",
            'see that PLUGINS in the settings file names "lichtbrief"',
        )
    return results[-1]
