"""`lichtbrief approve`, as the head of the school types it, and what a teacher sees before."""

import json

from tests.school import SmallSchool

POST = "groep-3/2026-11-18-lezen"
TODO = (
    "somebody of the management or office reads it (lichtbrief preview) and says so: "
    f"lichtbrief approve {POST} --by THEIR-ID"
)


def test_a_post_waits_without_being_wrong_until_the_head_has_read_it(school: SmallSchool) -> None:
    school.settings(LICHTBRIEF_APPROVAL="all")
    before = school.run("check")
    assert (0, "") == (before.returncode, before.stderr)
    assert (
        f"  {POST}: not yet; parents see nothing of it until it is approved\n"
        "      it waits for a second pair of eyes.\n"
        f"        -> {TODO}\n"
    ) in before.stdout
    approved = school.run("approve", f"content/groups/{POST}", "--by", "directeur-els")
    assert (0, "") == (approved.returncode, approved.stderr)
    assert (
        f"{POST} is approved by directeur-els, as it is now.\n"
        "It goes out with the next run. Whoever changes it, or a photo of it, has it wait again.\n"
    ) == approved.stdout
    assert f"  {POST}: no photos\n" in school.run("check").stdout


def test_the_build_goes_without_a_post_that_waits_and_says_so(school: SmallSchool) -> None:
    school.settings(LICHTBRIEF_APPROVAL="school")
    assert 0 == school.run("keys", "make").returncode
    built = school.run("build", "--json")
    assert 1 == built.returncode
    assert 2 == json.loads(built.stdout)["editions"]
    assert (
        "error: content/groups/school/2026-11-20-nieuws/post.md: waits for a second pair of eyes; "
        "somebody of the management or office reads it (lichtbrief preview) and says so: "
        "lichtbrief approve school/2026-11-20-nieuws --by THEIR-ID\n"
        "hint: 1 post kept back until then; the others go out as usual\n"
    ) == built.stderr


def test_where_nothing_waits_there_is_nothing_to_approve(school: SmallSchool) -> None:
    result = school.run("approve", POST, "--by", "directeur-els")
    assert (1, "") == (result.returncode, result.stdout)
    assert (
        "error: no post needs an approval here\n"
        'hint: a school that wants it sets LICHTBRIEF_APPROVAL to "school" or "all"\n'
    ) == result.stderr


def test_a_program_is_told_what_waits(school: SmallSchool) -> None:
    school.settings(LICHTBRIEF_APPROVAL="all")
    told = json.loads(school.run("check", "--all", "--json").stdout)
    assert {("waiting", "waits for a second pair of eyes")} == {
        (post["state"], post["waits"]["what"]) for post in told["posts"]
    }
    assert [] == told["problems"]
