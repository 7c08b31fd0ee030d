"""`python -m bench.programs.consent_run ROSTER PUPILS PHOTOS`: load, decide, withdraw; as JSON.

A process of its own, so that its memory at its peak is that of this work alone.
"""

import json
import random
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

from bench.board import NOW, Photo, Size, draw_photos
from bench.programs.in_sqlite import InSqlite
from lichtbrief.consent import Decider, Decision, Facts, Permit, Rules
from lichtbrief.roster import Answer, Answered, Audience, Kind, Roster, read_roster

ROUNDS = 3
ASKED_OF_SQLITE = 5_000
RULES = Rules()


def decide_all(facts: Facts, photos: list[Photo]) -> tuple[float, list[Decision]]:
    """Seconds, and the decision on every photo; nothing is known before."""
    began = time.perf_counter()
    decider = Decider(NOW, facts, RULES)
    found = [
        decider.decide(photo.declaration, photo.audience, Kind.photo, photo.on) for photo in photos
    ]
    return time.perf_counter() - began, found


def withdraw(roster: Roster, facts: Facts, photos: list[Photo]) -> tuple[float, int]:
    """Seconds until one guardian's withdrawal has found the photos it hides, and how many."""
    _, before = decide_all(facts, photos[:1000])
    shown = next(p for p, one in zip(photos, before, strict=False) if isinstance(one, Permit))
    pupil = min(shown.declaration.people)
    guardian = next(row.guardian for row in roster.relations if row.pupil == pupil)
    row = Answer(
        pupil, guardian, shown.audience, Kind.photo, Answered.withdrawn, NOW, NOW, 1, "", ""
    )
    began = time.perf_counter()
    theirs = [photo for photo in photos if pupil in photo.declaration.people]
    own = replace(
        roster,
        memberships=tuple(each for each in roster.memberships if each.pupil == pupil),
        relations=tuple(each for each in roster.relations if each.pupil == pupil),
        answers=(*(each for each in roster.answers if each.pupil == pupil), row),
        blocks=tuple(each for each in roster.blocks if each.pupil == pupil),
    )
    after = replace(facts, pupils={**facts.pupils, pupil: Facts.of(own).pupils[pupil]})
    old, new = decide_all(facts, theirs)[1], decide_all(after, theirs)[1]
    hidden = sum(a != b for a, b in zip(old, new, strict=True))
    seconds = time.perf_counter() - began
    if not hidden:
        raise RuntimeError("a withdrawal hid nothing")
    return seconds, hidden


def by_sqlite(folder: Path, photos: list[Photo], decisions: list[Decision]) -> float:
    """Decisions a second of the same through SQL; raises RuntimeError when they are others."""
    asked = photos[:ASKED_OF_SQLITE]
    peer = InSqlite(folder)
    began = time.perf_counter()
    found = [peer.may(photo) for photo in asked]
    seconds = time.perf_counter() - began
    ours = [isinstance(one, Permit) for one in decisions[: len(asked)]]
    if ours != found:
        raise RuntimeError("SQL decides otherwise")
    return len(asked) / seconds


def main(folder: Path, size: Size) -> dict[str, float | int]:
    """All figures of one process."""
    began = time.perf_counter()
    roster = read_roster(folder)
    facts = Facts.of(roster)
    load_s = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    load_peak_mib = peak / (2**20 if sys.platform == "darwin" else 2**10)
    photos = draw_photos(size, random.Random(2))
    times = [decide_all(facts, photos)[0] for _ in range(ROUNDS)]
    _, decisions = decide_all(facts, photos)
    search_s, hidden = withdraw(roster, facts, photos)
    return {
        "load_s": round(load_s, 2),
        "load_peak_mib": round(load_peak_mib),
        "decisions_per_s": round(len(photos) / sorted(times)[ROUNDS // 2]),
        "withdrawal_search_s": round(search_s, 3),
        "withdrawal_hides": hidden,
        "sqlite_decisions_per_s": round(by_sqlite(folder, photos, decisions)),
        "photos": len(photos),
        "permitted": sum(isinstance(one, Permit) for one in decisions),
        "pupils_a_photo": round(sum(len(p.declaration.people) for p in photos) / len(photos), 2),
        "asked_of_school": sum(photo.audience is Audience.school for photo in photos),
    }


if __name__ == "__main__":
    where, pupils, photos = sys.argv[1:]
    print(json.dumps(main(Path(where), Size(int(pupils), int(photos)))))
