"""A name in a post that may not stand there any more, and the yes that comes later."""

import pytest

from lichtbrief.jobs.answers.taking_down import ask_for
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.finding import Named
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.publish.recording import record_decisions
from tests.jobs.given import decide_now
from tests.school import SmallSchool

POST = "groep-3/2026-11-18-lezen"


@pytest.fixture
def school(tmp_path_factory: pytest.TempPathFactory) -> SmallSchool:
    """The small school, where Anna may be named, and is."""
    school = SmallSchool.build(tmp_path_factory.mktemp("named"))
    school.post(POST, "juf-sanne", "Anna leest elke dag.\n")
    says(school, "yes", "2026-11-01T09:00")
    return school


def says(school: SmallSchool, word: str, when: str) -> None:
    """What Anna's mother says about her name."""
    row = f"anna-b,g1,group,name,{word},{when},{when},paper,1,directeur-els\n"
    school.add("school/consents.csv", row)


def run(school: SmallSchool, moment: str) -> Decided:
    """One run that decides and writes it down."""
    decided = decide_now(school, LICHTBRIEF_MOMENT=moment, LICHTBRIEF_WEEK=None)
    record_decisions(Log.of(school.folder / ".lichtbrief"), decided)
    return decided


def read(decided: Decided) -> bool:
    """Whether parents read the post."""
    return POST in {post.id for post in decided.posts}


def test_a_post_kept_back_for_a_name_comes_back_when_it_is_asked_for_or_rewritten(
    school: SmallSchool,
) -> None:
    assert read(run(school, "2026-11-20T15:00"))
    says(school, "withdrawn", "2026-11-20T16:00")
    assert not read(run(school, "2026-11-20T17:00"))
    says(school, "yes", "2026-11-20T18:00")
    later = run(school, "2026-11-20T19:00")
    assert not read(later)
    (held,) = later.held
    assert "does not come back by itself" in str(held.problems[0])
    assert 1 == ask_for(later, Named(POST), "juf-sanne")
    assert read(run(school, "2026-11-20T20:00"))


def test_a_post_that_is_rewritten_is_another(school: SmallSchool) -> None:
    run(school, "2026-11-20T15:00")
    says(school, "withdrawn", "2026-11-20T16:00")
    run(school, "2026-11-20T17:00")
    school.post(POST, "juf-sanne", "Een leerling leest elke dag.\n")
    assert read(run(school, "2026-11-20T18:00"))


def test_what_a_post_says_stands_nowhere_in_the_log(school: SmallSchool) -> None:
    run(school, "2026-11-20T15:00")
    text = (school.folder / ".lichtbrief/log/log.jsonl").read_text()
    assert POST in text
    assert not [word for word in ("Anna", "leest", "Lezen") if word in text]
