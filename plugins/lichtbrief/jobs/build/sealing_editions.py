"""Sealing one edition, and sealing it anew under a further generation without drawing a photo."""

import hashlib
import json
from collections.abc import Callable, Sequence

from lichtbrief.editions import EditionPlan
from lichtbrief.jobs.ground.cache import EditionCache, Notes
from lichtbrief.jobs.ground.manifest import EDITIONS
from lichtbrief.media import Recipe
from lichtbrief.sealing import (
    Header,
    SealedReader,
    Secret,
    fingerprint_of,
    name_of,
    of_generation,
    seal,
)
from lichtbrief.theme import Theme


def fingerprint(
    plan: EditionPlan, secret: Secret, theme: Theme, recipe: Recipe, generation: int = 0
) -> str:
    """A keyed hash of everything that determines the edition's bytes."""
    identity = plan.identity(theme.digest(), recipe)
    return fingerprint_of(secret, identity + (b"\n%d" % generation if generation else b""))


def seal_edition(
    secret: Secret, plan: EditionPlan, generation: int, segments: Sequence[bytes]
) -> tuple[Notes, bytes]:
    """The edition's sealed object, and its name, which follows from its content."""
    data = seal(secret, _fields(plan, generation), segments)
    hashed = name_of(secret, "edition", data=Header.parse(data).salt)
    name = f"{EDITIONS}/{plan.week.school_year}/{hashed}"
    return Notes(name, hashlib.sha256(data).hexdigest()), data


def seal_again(
    cache: EditionCache,
    secret: Secret,
    plan: EditionPlan,
    generation: int,
    fingerprint_at: Callable[[int], str],
) -> tuple[Notes, bytes] | None:
    """The edition as the cache has it of an earlier generation, sealed for this one; or None.

    `fingerprint_at` gives the edition's fingerprint in each generation. A school year has hundreds
    of editions: drawing all their photos again would keep a revocation waiting for hours.
    """
    for earlier in reversed(range(generation)):
        kept = cache.get(fingerprint_at(earlier))
        if kept is not None:
            reader = SealedReader.unlock(kept[1], secret, _fields(plan, earlier))
            segments = reader.every(json.loads(reader.first())["sizes"])
            return seal_edition(secret, plan, generation, segments)
    return None


def _fields(plan: EditionPlan, generation: int) -> tuple[str, ...]:
    return of_generation(generation, "edition", plan.group.id, str(plan.week))
