"""A run after many others makes the very objects that a run from nothing makes."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lichtbrief.consent.lines import Event, What
from lichtbrief.jobs.build.building import build
from lichtbrief.jobs.build.workshop import open_workshop
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.ground.manifest import Manifest
from lichtbrief.jobs.publish.recording import record_decisions, record_stored
from tests.jobs.given import RING, THEME, decide_now
from tests.school import YES, SmallSchool, answer, photo

Step = Callable[[SmallSchool, int], None]
FOREST, SUMS = "groep-3/2026-11-17-bos", "groep-5/2026-11-19-sommen"
HOURS = ("2026-11-20T15:{:02}", "2026-11-25T10:{:02}")


def answers(decision: str, pupil: str, guardian: str) -> Step:
    def step(school: SmallSchool, minute: int) -> None:
        school.add("school/consents.csv", answer(pupil, guardian, decision, at(minute)))

    return step


def at(minute: int) -> str:
    """The steps go on from a Friday to the Wednesday after it."""
    return HOURS[minute > 2].format(minute)


def takes_down(school: SmallSchool, _: int) -> None:
    log_of(school).add([Event(What.taken_down, {"post": FOREST, "photo": ""})])


def puts_back(school: SmallSchool, _: int) -> None:
    log_of(school).add([Event(What.put_back, {"post": FOREST, "photo": ""})])


def asks_for(school: SmallSchool, _: int) -> None:
    held = sorted(photo for post, photo in log_of(school).standing().withheld if post == FOREST)
    log_of(school).add([Event(What.republished, {"post": FOREST, "photos": held})])


def edits(school: SmallSchool, minute: int) -> None:
    school.add(f"content/groups/{FOREST}/post.md", f"\nRegel {minute}.\n")


def replaces(school: SmallSchool, minute: int) -> None:
    school.write(f"content/groups/{SUMS}/bord.jpg", photo(50 + minute))


def posts(school: SmallSchool, minute: int) -> None:
    body = f'Nieuw.\n\n![Een tafel](tafel.jpg){{: people="noor-d anna-b" }}\n\nNummer {minute}.\n'
    school.post("school/2026-11-19-tafel", "directeur-els", body, tafel=photo(60))


STEPS = st.sampled_from(
    [
        *(answers(word, *who) for who in YES[:3] for word in ("withdrawn", "yes")),
        takes_down,
        puts_back,
        asks_for,
        edits,
        replaces,
        posts,
    ]
)


def log_of(school: SmallSchool) -> Log:
    return Log.of(school.folder / ".lichtbrief")


def run(school: SmallSchool, minute: int) -> Manifest:
    """Build with whatever earlier runs have left, and write down what publishing writes."""
    decided = decide_now(
        school, LICHTBRIEF_MOMENT=at(minute), LICHTBRIEF_WEEK=None, LICHTBRIEF_PHOTO_FORMAT="jpeg"
    )
    with open_workshop(decided.settings, RING, THEME, lambda *_: None) as workshop:
        manifest = build(decided, workshop, decided.settings.output).manifest
    record_decisions(log_of(school), decided)
    record_stored(log_of(school), decided, manifest, ())
    return manifest


def without_the_past(school: SmallSchool, folder: Path) -> SmallSchool:
    """A copy of what people wrote and of the log, and of nothing else."""
    shutil.copytree(school.folder, folder, ignore=shutil.ignore_patterns("cache", "output"))
    return SmallSchool(folder)


@settings(max_examples=8)
@given(st.lists(STEPS, min_size=2, max_size=5))
def test_a_run_after_others_makes_what_a_run_from_nothing_makes(steps: Sequence[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        school = SmallSchool.build(Path(folder) / "school")
        run(school, 0)
        for minute, step in enumerate(steps, 1):
            step(school, minute)
            last = run(school, minute)
        fresh = without_the_past(school, Path(folder) / "fresh")
        assert run(fresh, len(steps)) == last == run(school, len(steps))
        assert log_of(fresh).read() == log_of(school).read()
        assert log_of(school).check().verdict.sound
