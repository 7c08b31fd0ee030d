"""Names of pupils in posts: the post is kept back, says where and what to write, and no more."""

import pytest

from lichtbrief.consent import Deny
from lichtbrief.jobs.build.building import planned
from lichtbrief.jobs.decide.naming import REWRITE, WHOLE
from tests.jobs.given import W47, decide_now
from tests.jobs.look.test_checking import WHY
from tests.school import SmallSchool, answer, photo

NEWS = "groep-3/2026-11-18-nieuws"
FILE = f"content/groups/{NEWS}/post.md"
MAY_NOT = "names tess-v, who may not be named here"
BESIDE = "names tess-v beside a photo, where nobody is named"


def may_be_named(school: SmallSchool, *pupils: str, audience: str = "group") -> None:
    """Their parents say yes to their names."""
    guardians = {"tess-v": "g5", "sem-k": "g2", "anna-b": "g1", "bram-b": "g1"}
    for pupil in pupils:
        line = answer(pupil, guardians[pupil], "yes", audience=audience, kind="name")
        school.add("school/consents.csv", line)


def told(school: SmallSchool, body: str, head: str = "", **photos: bytes) -> list[str]:
    """What is said of a post with this text, line and all."""
    school.post(NEWS, "juf-sanne", body, head, **photos)
    return [str(problem) for held in decide_now(school).held for problem in held.problems]


def lines(*said: tuple[int, str]) -> list[str]:
    return [f"{FILE}:{line}: {what}; {REWRITE}" for line, what in said]


def test_a_pupil_whose_parents_said_nothing_is_not_named(school: SmallSchool) -> None:
    assert lines((6, MAY_NOT)) == told(school, "Wat een feest.\nVandaag las Tess voor.\n")


def test_a_pupil_whose_parents_said_yes_to_it_is_named(school: SmallSchool) -> None:
    may_be_named(school, "tess-v")
    assert [] == told(school, "Vandaag las Tess voor.\n")


def test_a_yes_to_photos_or_to_the_whole_school_is_none_to_a_name_in_the_group(
    school: SmallSchool,
) -> None:
    may_be_named(school, "tess-v", audience="school")
    assert lines((5, MAY_NOT)) == told(school, "Vandaag las Tess voor.\n")
    (school.folder / FILE).unlink()
    (school.folder / FILE).parent.rmdir()
    school.post("school/2026-11-18-nieuws", "directeur-els", "Vandaag las Tess voor.\n")
    decided = decide_now(school)
    assert ((), ()) == (decided.held, decided.problems)


def test_a_pupil_of_another_group_is_found_as_well(school: SmallSchool) -> None:
    (only,) = told(school, "Het broertje Bram kwam kijken.\n")
    assert "names bram-b, who may not be named here" in only


def test_a_pupil_who_is_not_at_the_school_that_day_is_nobody(school: SmallSchool) -> None:
    members = (school.folder / "school/memberships.csv").read_text()
    left = members.replace("tess-v,groep-3,2026-08-01,", "tess-v,groep-3,2026-08-01,2026-11-01")
    school.write("school/memberships.csv", left)
    bos = school.folder / "content/groups/groep-3/2026-11-17-bos/post.md"
    bos.write_text(bos.read_text().replace("tess-v", "sem-k"))
    assert [] == told(school, "Vandaag las Tess voor.\n")


def test_title_place_links_and_notes_are_looked_at_too(school: SmallSchool) -> None:
    head = "Kind: event\nStart: 2026-11-20 10:00\nLocation: Bij Tess thuis\n"
    body = "[Het boek van Tess](https://boek.example/)[^1]\n\n[^1]: Tess!\n"
    said = told(school, body, head)
    assert [
        f"{FILE}:6: Location {MAY_NOT}; {REWRITE}",
        f"{FILE}:8: {MAY_NOT}; {REWRITE}",
    ] == said
    school.post(NEWS, "juf-sanne", "Hoera!\n")
    post = school.folder / FILE
    post.write_text(post.read_text().replace("Title: Nieuws", "Title: Hoera voor Tess"))
    (held,) = decide_now(school).held
    assert [f"{FILE}:1: Title {MAY_NOT}; {REWRITE}"] == list(map(str, held.problems))


PICTURE = '![Een boek]({}){{: people="sem-k" }}'


@pytest.mark.parametrize(
    ("line", "body"),
    [
        (5, '![Tess met een boek](boek.jpg){: people="sem-k" }\n'),
        (5, '![Een boek](boek.jpg "Tess leest"){: people="sem-k" }\n'),
        (5, f"Tess leest.\n\n{PICTURE.format('boek.jpg')}\n"),
        (7, f"{PICTURE.format('boek.jpg')}\n\nTess leest.\n"),
        (5, f"Tess leest. {PICTURE.format('boek.jpg')} En nog iets.\n"),
        (5, f"- Tess leest\n- {PICTURE.format('boek.jpg')}\n"),
    ],
    ids=["description", "caption", "before", "after", "around", "in a list"],
)
def test_beside_a_photo_nobody_is_named_whatever_parents_said(
    school: SmallSchool, line: int, body: str
) -> None:
    may_be_named(school, "tess-v")
    assert lines((line, BESIDE)) == told(school, body, boek=photo(5))


def test_away_from_the_photo_a_pupil_may_be_named(school: SmallSchool) -> None:
    may_be_named(school, "tess-v")
    body = f"Tess leest.\n\nDe rest luistert.\n\n{PICTURE.format('boek.jpg')}\n"
    assert [] == told(school, body, boek=photo(5))


def test_the_title_of_a_post_with_a_photo_names_nobody(school: SmallSchool) -> None:
    may_be_named(school, "tess-v")
    told(school, f"Ver weg.\n\n{PICTURE.format('boek.jpg')}\n", boek=photo(5))
    post = school.folder / FILE
    post.write_text(post.read_text().replace("Title: Nieuws", "Title: Tess leest"))
    (held,) = decide_now(school).held
    assert [f"{FILE}:1: Title {BESIDE}; {REWRITE}"] == list(map(str, held.problems))


def test_an_album_is_beside_the_last_words_and_its_descriptions(school: SmallSchool) -> None:
    may_be_named(school, "tess-v")
    table = "file,people,attested_by,sha256,cover,alt\nboek.jpg,sem-k,,,,Tess leest\n"
    school.write(f"content/groups/{NEWS}/photos.csv", table)
    said = told(school, "Tess leest.\n\nDe rest luistert.\n\nSluit af met Tess.\n", boek=photo(5))
    table_file = FILE.replace("post.md", "photos.csv")
    assert [f"{table_file}:2: alt {BESIDE}; {REWRITE}", *lines((5, BESIDE))] == said


def test_where_two_have_one_name_all_of_them_must_be_free_to_be_named(school: SmallSchool) -> None:
    school.add("school/pupils.csv", "tess-w,Tess,Wiersma\n")
    school.add("school/memberships.csv", "tess-w,groep-5,2026-08-01,\n")
    may_be_named(school, "tess-v")
    (only,) = told(school, "Vandaag las Tess voor.\n")
    assert only == (
        f"{FILE}:5: names tess-v or tess-w, who may not all be named here; {REWRITE}; {WHOLE}"
    )
    assert [] == told(school, "Vandaag las Tess Vink voor.\n")


def test_names_of_staff_may_stand_anywhere(school: SmallSchool) -> None:
    school.add("school/pupils.csv", "tom-b,Tom,Bos\n")
    school.add("school/memberships.csv", "tom-b,groep-5,2026-08-01,\n")
    assert [] == told(school, "Morgen komt meester Tom, en Els de Boer ook.\n")


@pytest.mark.parametrize("why", WHY)
def test_whatever_parents_or_office_decided_the_words_are_the_same(
    school: SmallSchool, why: str
) -> None:
    consents = (school.folder / "school/consents.csv").read_text()
    school.write("school/consents.csv", consents.replace(",photo,", ",name,"))
    WHY[why](school)
    consents = (school.folder / "school/consents.csv").read_text()
    school.write("school/consents.csv", consents.replace(",photo,", ",name,"))
    if why == "form changed":
        school.settings(LICHTBRIEF_CONSENT_FORMS={"group/name": 2})
    assert lines((5, MAY_NOT)) == told(school, "Vandaag las Tess voor.\n")


def test_a_post_that_is_kept_back_is_in_no_edition_and_the_others_go_out(
    school: SmallSchool,
) -> None:
    school.post("groep-5/2026-11-19-sommen", "meester-tom", "Noor telt.\n")
    told(school, "Vandaag las Tess voor.\n")
    decided = decide_now(school)
    assert {NEWS, "groep-5/2026-11-19-sommen"} == {held.post.id for held in decided.held}
    assert [("groep-3", W47), ("school", W47)] == planned(decided)
    assert NEWS not in {post.id for post in decided.posts}
    assert not any(isinstance(decision, Deny) for decision in decided.decisions.values())


def test_a_name_that_is_taken_back_takes_the_post_away(school: SmallSchool) -> None:
    may_be_named(school, "tess-v")
    told(school, "Vandaag las Tess voor.\n")
    assert () == decide_now(school).held
    school.add(
        "school/consents.csv",
        answer("tess-v", "g5", "withdrawn", said="2026-11-20T14:00", kind="name"),
    )
    assert [NEWS] == [held.post.id for held in decide_now(school).held]


def test_a_translation_is_looked_at_like_the_post_and_named_itself(school: SmallSchool) -> None:
    school.write(
        f"content/groups/{NEWS}/post.en.md",
        "Title: News\nBring: The book of Tess\n\nToday we read.\n\nTess read to us.\n",
    )
    assert [
        f"{FILE.replace('post.md', 'post.en.md')}:2: Bring {MAY_NOT}; {REWRITE}",
        f"{FILE.replace('post.md', 'post.en.md')}:6: {MAY_NOT}; {REWRITE}",
    ] == told(school, "Vandaag lazen we.\n")
