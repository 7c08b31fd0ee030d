"""What a teacher is told: which photo, which pupil and what to do; never who said no, or why."""

from collections.abc import Callable

import pytest

from lichtbrief.consent import Reason
from lichtbrief.jobs.look.checking import (
    NO_PERMISSION,
    LeftOut,
    PostReport,
    check_posts,
    staff_reason,
)
from tests.jobs.given import decide_now
from tests.school import CONSENTS, SmallSchool, answer, photo

BOS = "groep-3/2026-11-17-bos"
TOLD = LeftOut(
    "plas.jpg",
    NO_PERMISSION,
    "there is no permission to show tess-v here",
    "choose a photo without them",
)


def report(school: SmallSchool, post: str = BOS, **settings: object) -> PostReport:
    """What the teacher is told of one post."""
    reports = {report.id: report for report in check_posts(decide_now(school, **settings))}
    return reports[post]


def one_photo(school: SmallSchool, people: str) -> PostReport:
    """What the teacher is told of a post with a single photo of these people."""
    text = f'![Samen](samen.jpg){{: people="{people}" }}\n'
    school.post("groep-3/2026-11-19-samen", "juf-sanne", text, samen=photo(5))
    return report(school, "groep-3/2026-11-19-samen")


def answers(school: SmallSchool, *lines: str) -> None:
    """Replace what was ever said about Tess."""
    kept = (school.folder / "school/consents.csv").read_text().splitlines(keepends=True)
    others = [line for line in kept[1:] if not line.startswith("tess-v")]
    school.write("school/consents.csv", CONSENTS + "".join([*others, *lines]))


def block(kind: str) -> Callable[[SmallSchool], None]:
    def change(school: SmallSchool) -> None:
        school.add("school/blocks.csv", f"tess-v,{kind},2026-09-01,,directeur-els\n")

    return change


def refuse(school: SmallSchool) -> None:
    school.add("school/consents.csv", answer("tess-v", "g5", "no", "2026-10-01T09:00"))


def refuse_the_other_parent(school: SmallSchool) -> None:
    school.add("school/consents.csv", answer("tess-v", "g6", "no", "2026-10-01T09:00"))


def withdraw(school: SmallSchool) -> None:
    school.add("school/consents.csv", answer("tess-v", "g5", "withdrawn", "2026-10-01T09:00"))


def doubt(school: SmallSchool) -> None:
    """A no of a parent who may not decide is a dispute."""
    relations = (school.folder / "school/relations.csv").read_text()
    changed = relations.replace("g6,tess-v,yes,no", "g6,tess-v,no,yes")
    school.write("school/relations.csv", changed)
    refuse_the_other_parent(school)


def say_nothing(school: SmallSchool) -> None:
    answers(school)


def say_yes_for_the_school_only(school: SmallSchool) -> None:
    answers(school, answer("tess-v", "g5", "yes", audience="school"))


def say_yes_last_year(school: SmallSchool) -> None:
    answers(school, answer("tess-v", "g5", "yes", "2026-05-01T09:00"))
    school.settings(LICHTBRIEF_CONSENT_VALIDITY="school-year")


def change_the_form(school: SmallSchool) -> None:
    answers(school, answer("tess-v", "g5", "yes"))
    others = (school.folder / "school/consents.csv").read_text()
    newer = [
        line.replace(",paper,1,", ",paper,2,") if not line.startswith("tess-v") else line
        for line in others.splitlines(keepends=True)
    ]
    school.write("school/consents.csv", "".join(newer))
    school.settings(LICHTBRIEF_CONSENT_FORMS={"group/photo": 2})


WHY = {
    "blocked": block("safety"),
    "objection": block("objection"),
    "dispute": block("dispute"),
    "doubt": doubt,
    "refused": refuse,
    "refused by the other": refuse_the_other_parent,
    "withdrawn": withdraw,
    "no answer": say_nothing,
    "another audience": say_yes_for_the_school_only,
    "expired": say_yes_last_year,
    "form changed": change_the_form,
}


@pytest.mark.parametrize("why", WHY)
def test_whatever_parents_or_office_decided_the_teacher_reads_the_same_words(
    school: SmallSchool, why: str
) -> None:
    assert () == report(school).left_out
    WHY[why](school)
    told = report(school)
    assert ((TOLD,), 1) == (told.left_out, told.shown)


def test_every_reason_has_words_and_those_of_parents_and_office_are_one() -> None:
    of_the_photo = {
        Reason.undeclared,
        Reason.contradiction,
        Reason.altered,
        Reason.unknown_person,
        Reason.unconfirmed,
        Reason.more_faces,
        Reason.unreadable,
        Reason.named,
        Reason.taken_down,
        Reason.held,
    }
    assert {NO_PERMISSION} == {staff_reason(r) for r in Reason if r not in of_the_photo}
    assert of_the_photo == {staff_reason(reason) for reason in of_the_photo}


def test_everybody_who_may_not_be_shown_is_named_whatever_the_reason(school: SmallSchool) -> None:
    block("safety")(school)
    school.add("school/consents.csv", answer("sem-k", "g2", "no", "2026-10-01T09:00"))
    (told,) = one_photo(school, "anna-b sem-k tess-v").left_out
    assert "there is no permission to show sem-k, tess-v here" == told.what


def test_a_staff_member_who_is_not_to_be_depicted_is_told_like_a_pupil(school: SmallSchool) -> None:
    staff = (school.folder / "school/staff.csv").read_text()
    school.write("school/staff.csv", staff.replace("teacher,groep-5,yes", "teacher,groep-5,no"))
    (told,) = one_photo(school, "anna-b meester-tom").left_out
    assert "there is no permission to show meester-tom here" == told.what


def test_an_unknown_pupil_is_named_so_that_the_id_can_be_corrected(school: SmallSchool) -> None:
    block("safety")(school)
    (told,) = one_photo(school, "anna-b tess-v kees-x").left_out
    assert "unknown-person" == told.reason
    assert "kees-x is not known, or was not at the school that day" == told.what


def test_a_photo_that_nobody_declared_says_what_to_write(school: SmallSchool) -> None:
    text = "![Samen](samen.jpg)\n"
    school.post("groep-3/2026-11-19-samen", "juf-sanne", text, samen=photo(5))
    (told,) = report(school, "groep-3/2026-11-19-samen").left_out
    assert "nobody has said who is in it" == told.what
    assert 'write {: people="anna-b sem-k" } behind it' in told.todo
    assert "attested_by" in told.todo


def test_posts_come_by_week_group_and_date(school: SmallSchool) -> None:
    school.post("groep-5/2026-11-12-eerder", "meester-tom", "Vorige week.\n")
    assert [
        "groep-5/2026-11-12-eerder",
        "groep-3/2026-11-17-bos",
        "groep-3/2026-11-18-lezen",
        "groep-5/2026-11-19-sommen",
        "school/2026-11-20-nieuws",
    ] == [report.id for report in check_posts(decide_now(school))]


def test_a_photo_that_the_text_does_not_use_is_pointed_out(school: SmallSchool) -> None:
    school.write("content/groups/groep-3/2026-11-18-lezen/boek.jpg", photo(6))
    assert ("boek.jpg",) == report(school, "groep-3/2026-11-18-lezen").unused
