"""`lichtbrief storage`: the least rights for each key, and a bucket made and closed."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from lichtbrief.cli.common import PUBLISHING, add_common, add_parts, answer, site_of
from lichtbrief.cli.tables import summary
from lichtbrief.errors import LichtbriefError
from lichtbrief.settings import Settings, read_settings
from lichtbrief.storage import (
    POLICIES,
    BucketSetup,
    Deed,
    S3Store,
    SetupState,
    open_store,
    refuse_open,
)


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the two parts to the parser."""
    abouts = {
        "policy": "print the least rights of a key, as a policy of AWS (JSON)",
        "setup": "make the bucket if there is none, and close it",
    }
    policy, setup = add_parts(parser, abouts)
    policy.add_argument(
        "who", nargs="?", choices=list(POLICIES), help="whose (default: everybody's, by name)"
    )
    add_common(policy, PUBLISHING, week="")
    policy.set_defaults(run=run_policy)
    setup.add_argument("--yes", action="store_true", help="do it without asking")
    add_common(setup, PUBLISHING, week="")
    setup.set_defaults(run=run_setup)


def run_policy(options: argparse.Namespace) -> int:
    """Print one policy, or all."""
    store = _store(read_settings(site_of(options)))
    made = {who: policy(store.bucket, store.prefix) for who, policy in POLICIES.items()}
    chosen = made[options.who] if options.who else made
    sys.stdout.write(json.dumps(chosen, indent=2) + "\n")
    return 0


def run_setup(options: argparse.Namespace) -> int:
    """Say what will be done, ask, do it, and look from outside whether the bucket is closed."""
    store = _store(read_settings(site_of(options)))
    setup = BucketSetup(store.client, store.bucket)
    planned = setup.plan()
    if all(deed.state is not SetupState.TODO for deed in planned):
        refuse_open(store)
        answer(options, _json(planned), _text("Nothing is to be done", planned))
        return 0
    if not options.yes:
        _ask(options, planned)
    done = tuple(setup.carry_out())
    refuse_open(store)
    answer(options, _json(done), _text("Done, and closed to everybody without a key", done))
    return 0


def _store(settings: Settings) -> S3Store:
    if settings.store == "local":
        raise LichtbriefError(
            "the store on this machine needs neither setup nor policies",
            "set LICHTBRIEF_STORE to s3://bucket/prefix",
        )
    return open_store(settings.store, settings.endpoint, settings.region)


def _ask(options: argparse.Namespace, planned: Sequence[Deed]) -> None:
    """Print the plan and wait for a yes; refuses without one."""
    if not options.json:
        sys.stdout.write(_text("This is to be done", planned))
    if not options.json and sys.stdin.isatty():
        sys.stdout.write("Do it? [y/N] ")
        sys.stdout.flush()
        if sys.stdin.readline().strip().lower() in ("y", "yes"):
            return
    raise LichtbriefError("nothing was done", "run it again with --yes when that is meant")


def _text(title: str, deeds: Sequence[Deed]) -> str:
    return summary(title, [(deed.what, str(deed.state), deed.words) for deed in deeds])


def _json(deeds: Sequence[Deed]) -> dict[str, object]:
    return {"bucket": [asdict(deed) for deed in deeds]}
