"""Carrying out a plan: several objects at once, and never a letter before its editions."""

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeVar

from lichtbrief.errors import LichtbriefError
from lichtbrief.storage.plan import Action, Kind, Plan, Step, Wanted
from lichtbrief.storage.store import WORKERS, Store

T = TypeVar("T")


def apply(
    plan: Plan,
    store: Store,
    *,
    workers: int = WORKERS,
    progress: Callable[[Step], None],
) -> dict[str, str]:
    """Upload what the plan puts; return the etag of every wanted object, kept ones too.

    All editions are there before the first letter goes. One failure stops what has not begun and
    raises `LichtbriefError`; running it again goes on where it ended. Deletes nothing (`remove`
    does). `progress` is called in this thread, after each step.
    """
    etags = {step.name: step.etag for step in plan.of(Action.KEEP)}

    def upload(step: Step) -> None:
        etags[step.name] = _upload(step, store)

    for kind in (Kind.EDITION, Kind.LETTER):
        run(upload, plan.of(Action.PUT, kind), workers=workers, progress=progress)
    return etags


def remove(
    plan: Plan,
    store: Store,
    *,
    workers: int = WORKERS,
    progress: Callable[[Step], None],
) -> None:
    """Delete what the plan deletes, with all versions; raises `LichtbriefError`."""
    steps = plan.of(Action.DELETE)
    run(lambda step: store.delete(step.name), steps, workers=workers, progress=progress)


def remove_all(names: Sequence[str], store: Store, *, workers: int = WORKERS) -> None:
    """Delete these objects with all versions; raises `LichtbriefError`."""
    run(store.delete, names, workers=workers, progress=lambda _: None)


def run(
    work: Callable[[T], None],
    items: Sequence[T],
    *,
    workers: int,
    progress: Callable[[T], None],
) -> None:
    """Do `work` for every item in threads; after a failure or Ctrl-C begin no further one."""
    with ThreadPoolExecutor(max_workers=workers) as pool:
        try:
            tasks = {pool.submit(work, item): item for item in items}
            for task in as_completed(tasks):
                task.result()
                progress(tasks[task])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)  # leaving `with` waits for the rest
            raise


def load(wanted: Wanted) -> bytes:
    """The object's bytes, if they are still those that were planned; raises `LichtbriefError`."""
    data = wanted.load()
    if hashlib.sha256(data).hexdigest() != wanted.sha256:
        raise LichtbriefError(
            f"the {wanted.kind} {wanted.name} is not what was built", "build again, then publish"
        )
    return data


def _upload(step: Step, store: Store) -> str:
    if step.wanted is None:
        raise ValueError("a step that puts has something to put")
    wanted = step.wanted
    # A letter is replaced, and so is an edition of a wrong length; a new edition never replaces.
    absent = wanted.kind is Kind.EDITION and step.reason == "new"
    return store.put(
        wanted.name,
        load(wanted),
        content_type=wanted.content_type,
        encoding=wanted.encoding,
        absent=absent,
    )
