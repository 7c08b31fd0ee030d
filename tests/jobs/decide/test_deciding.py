"""What one run looks at: the posts of the school year up to the week, and who may be seen now."""

import pytest

from lichtbrief.consent import Deny, Permit, Reason
from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError, ProblemsError
from lichtbrief.jobs.decide.deciding import newest_week
from lichtbrief.settings import read_settings
from lichtbrief.site import post_reader
from tests.jobs.given import W46, W47, decide_now, site_of, withdraw
from tests.school import SmallSchool

BOS = "groep-3/2026-11-17-bos"


def test_a_week_has_what_was_posted_up_to_it_in_its_school_year(school: SmallSchool) -> None:
    for day in ("2026-07-20", "2026-08-24", "2026-11-12", "2026-11-23"):
        school.post(f"school/{day}-bericht", "directeur-els", "Een bericht.\n")
    found = {post.id for post in decide_now(school).posts if post.id.endswith("bericht")}
    assert {"school/2026-08-24-bericht", "school/2026-11-12-bericht"} == found
    earlier = decide_now(school, LICHTBRIEF_WEEK="2026-W30")
    assert {post.id for post in earlier.posts} == found | {
        "school/2026-07-20-bericht",
        *(post.id for post in decide_now(school).posts),
    }


def test_a_group_has_its_own_weeks_and_posts(school: SmallSchool) -> None:
    school.post("groep-5/2026-11-12-eerder", "meester-tom", "Vorige week.\n")
    school.post(
        "groep-5/2026-11-18-samen", "directeur-els", "Samen.\n", head="Groups: groep-3, groep-5\n"
    )
    decided = decide_now(school)
    assert ((W46, W47), (W47,)) == (decided.weeks_of("groep-5"), decided.weeks_of("groep-3"))
    assert "groep-5/2026-11-18-samen" in {p.id for p in decided.posts_of("groep-3", W47)}
    assert () == decided.posts_of("groep-3", W46)


def test_publishing_means_this_week_and_looking_the_newest_with_news(school: SmallSchool) -> None:
    quiet = {"LICHTBRIEF_WEEK": None, "LICHTBRIEF_MOMENT": "2026-12-04T15:00"}
    assert Week.parse("2026-W49") == decide_now(school, **quiet).week
    assert W47 == decide_now(school, LICHTBRIEF_PREVIEW=True, **quiet).week


def test_a_withdrawal_counts_from_its_own_moment(school: SmallSchool) -> None:
    withdraw(school)
    before = decide_now(school, LICHTBRIEF_MOMENT="2026-11-20T13:59")
    after = decide_now(school, LICHTBRIEF_MOMENT="2026-11-20T14:00")
    assert Permit() == before.decisions[BOS, "plas.jpg"]
    assert isinstance(after.decisions[BOS, "plas.jpg"], Deny)


def test_a_post_to_two_groups_asks_for_the_whole_school(school: SmallSchool) -> None:
    consents = (school.folder / "school/consents.csv").read_text().splitlines(keepends=True)
    group_only = [line for line in consents if ",school," not in line]
    school.write("school/consents.csv", "".join(group_only))
    text = '![Bord](bord.jpg){: people="bram-b noor-d" }\n'
    bord = (school.folder / "content/groups/groep-5/2026-11-19-sommen/bord.jpg").read_bytes()
    head = "Groups: groep-3, groep-5\n"
    school.post("groep-5/2026-11-18-samen", "directeur-els", text, head=head, bord=bord)
    decisions = decide_now(school).decisions
    assert Permit() == decisions["groep-5/2026-11-19-sommen", "bord.jpg"]
    assert isinstance(decisions["groep-5/2026-11-18-samen", "bord.jpg"], Deny)


def test_a_photo_with_other_people_in_it_in_another_post_is_shown_in_neither(
    school: SmallSchool,
) -> None:
    bord = (school.folder / "content/groups/groep-5/2026-11-19-sommen/bord.jpg").read_bytes()
    text = '![Bord](bord.jpg){: people="bram-b" }\n'
    school.post("groep-5/2026-11-20-weer", "meester-tom", text, bord=bord)
    decisions = decide_now(school).decisions
    assert Deny(Reason.contradiction) == decisions["groep-5/2026-11-19-sommen", "bord.jpg"]
    assert Deny(Reason.contradiction) == decisions["groep-5/2026-11-20-weer", "bord.jpg"]
    assert Permit() == decisions[BOS, "plas.jpg"]


def test_a_broken_post_stops_publishing_and_the_others_can_be_looked_at(
    school: SmallSchool,
) -> None:
    school.post("groep-3/2026-11-19-stuk", "juf-niemand", "Wie schreef dit?\n")
    decided = decide_now(school)
    assert 4 == len(decided.posts)
    with pytest.raises(ProblemsError) as caught:
        decided.refuse_problems()
    assert ["content/groups/groep-3/2026-11-19-stuk/post.md"] == [
        problem.file for problem in caught.value.problems
    ]


def test_a_broken_roster_stops_looking_too(school: SmallSchool) -> None:
    school.add("school/relations.csv", "g9,anna-b,yes,yes,,\n")
    with pytest.raises(ProblemsError):
        decide_now(school)


def test_the_newest_week_is_that_of_the_last_post(school: SmallSchool) -> None:
    site = site_of(school)
    assert W47 == newest_week(read_settings(site), post_reader(site))


def test_before_the_first_post_there_is_no_newest_week(school: SmallSchool) -> None:
    for path in (school.folder / "content/groups").glob("*/*/post.md"):
        path.write_text(path.read_text().replace("Title:", "Status: draft\nTitle:"))
    site = site_of(school)
    with pytest.raises(LichtbriefError, match="there is no post yet"):
        newest_week(read_settings(site), post_reader(site))
