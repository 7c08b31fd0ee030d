"""One week of the small school, from the teachers' Markdown to the parents' mailboxes."""

import shutil
from collections.abc import Iterator
from typing import Literal

import pytest

from tests.road.roads import (
    DENIED,
    DUNES,
    READERS,
    SHOWN,
    Road,
    alts_of,
    edition_of,
    fetch,
    groups_of,
    name_in,
    open_edition,
    open_letter,
)
from tests.school import answer

BOS = "content/groups/groep-3/2026-11-17-bos/post.md"
SEMS_FATHER = "g3,sem-k,no,yes,2020-01-01,"
OF_GROUP_3 = ["g1", "g2", "g3"]


def test_one_run_seals_the_editions_puts_them_with_the_letters_and_mails_everybody(
    road: Road,
) -> None:
    done = road.done()
    assert ("2026-W47", 3, 4) == (done["week"], done["editions"], done["photos_shown"])
    assert {"refused": 1} == done["photos_left_out"]
    assert (4, 7, 0) == (done["letters"], done["uploaded"], done["deleted"])
    assert ({"sent": 4}, 4) == (done["mails"], done["mailed_now"])
    assert {"paper": 1} == done["not_by_weekly_mail"]
    folders = sorted(name.partition("/")[0] for name in road.objects())
    assert ["editions"] * 3 + ["letters"] * 4 == folders
    assert dict.fromkeys(READERS, 1) == {who: len(mails) for who, mails in road.mails().items()}


def test_every_mailed_link_opens_and_holds_the_right_groups_with_the_schools_last(
    sent: Road,
) -> None:
    letters = {guardian: open_letter(sent.link(guardian)) for guardian in READERS}
    assert {who: groups_of(letter) for who, letter in letters.items()} == READERS
    for letter in letters.values():
        for entry in letter.about["editions"]:
            assert SHOWN[entry["group"]] == alts_of(entry)


def test_every_photo_in_a_letter_opens_from_its_edition(sent: Road) -> None:
    for entry in open_letter(sent.link("g1")).about["editions"]:
        files = open_edition(entry).files
        photos = [data for name, data in files.items() if name.startswith("photo-")]
        assert 2 * len(SHOWN[entry["group"]]) == len(photos)
        assert all(data.startswith(b"\xff\xd8\xff") or data[4:12] == b"ftypavif" for data in photos)


def test_a_photo_that_may_not_be_shown_changes_no_byte_of_what_parents_get(road: Road) -> None:
    road.done()
    before = road.objects()
    entry = edition_of(open_letter(road.link("g4")), "groep-5")
    opened = open_edition(entry)
    assert 2 == opened.about["counts"]["photos"] == len(opened.about["photos"])
    for trace in (DENIED, "stapel", "finn"):
        assert trace not in str(opened.about)
        assert trace.encode() not in opened.files["page.html"]
    # Had the teacher never put it in, the edition would be the very same object.
    road.school.post("groep-5/2026-11-20-duinen", "meester-tom", DUNES)
    assert 0 == road.done()["uploaded"]
    assert before == road.objects()


def test_a_second_run_uploads_deletes_and_mails_nothing(road: Road) -> None:
    road.done()
    before, mails = road.objects(), road.mails()
    done = road.done()
    assert (0, 0, 0, []) == tuple(
        done[what] for what in ("uploaded", "deleted", "mailed_now", "plan")
    )
    assert (0, {"sent": 4}) == (done["sealed_now"], done["mails"])
    assert (before, mails) == (road.objects(), road.mails())


def test_a_dry_run_before_the_first_run_plans_it_and_writes_nothing(road: Road) -> None:
    before = road.written()
    done = road.done("--dry-run")
    assert {("put", "new")} == {(step["action"], step["reason"]) for step in done["plan"]}
    assert (7, 0, 0) == (len(done["plan"]), done["uploaded"], done["mailed_now"])
    assert {"pending": 4} == done["mails"]
    assert before == road.written() == ({}, {}, [])


def test_a_dry_run_of_a_changed_week_plans_it_and_writes_nothing(road: Road) -> None:
    road.done()
    road.school.add(BOS, "\nMorgen weer.\n")
    before = road.written()
    done = road.done("--dry-run")
    changes = [(step["action"], step["reason"]) for step in done["plan"]]
    expected = [("delete", "replaced"), *[("put", "changed")] * 3, ("put", "new")]
    assert expected == sorted(changes)
    assert before == road.written()
    assert 0 == road.school.run("publish", "--dry-run").returncode
    assert before == road.written()


def test_a_changed_post_renews_one_edition_and_only_the_letters_that_hold_it(road: Road) -> None:
    road.done()
    before, mails = road.objects(), road.mails()
    links = {guardian: road.link(guardian) for guardian in READERS}
    old = edition_of(open_letter(links["g1"]), "groep-3")
    road.school.add(BOS, "\nMorgen weer.\n")
    done = road.done()
    assert (1, 4, 1, 0) == tuple(
        done[what] for what in ("sealed_now", "uploaded", "deleted", "mailed_now")
    )
    after = road.objects()
    assert {name_in(old["url"])} == before.keys() - after.keys()
    rewritten = {name for name in before.keys() & after.keys() if before[name] != after[name]}
    assert {name_in(links[guardian]) for guardian in OF_GROUP_3} == rewritten
    assert mails == road.mails()
    for guardian in OF_GROUP_3:
        assert "Morgen weer." in open_letter(links[guardian]).files["edition-1.html"].decode()


@pytest.fixture
def keeping(road: Road) -> Iterator[Road]:
    """The road to a bucket that keeps every version of everything, as its owner wished."""

    def switch(status: Literal["Enabled", "Suspended"]) -> None:
        road.store.client.put_bucket_versioning(
            Bucket=road.store.bucket, VersioningConfiguration={"Status": status}
        )

    switch("Enabled")
    yield road
    switch("Suspended")


def test_a_withdrawn_consent_takes_the_photo_out_of_what_was_mailed(keeping: Road) -> None:
    keeping.done()
    link = keeping.link("g2")
    old = edition_of(open_letter(link), "groep-3")
    assert (200, SHOWN["groep-3"]) == (fetch(old["url"])[0], alts_of(old))
    said = "2026-11-20T14:00"
    keeping.school.add("school/consents.csv", answer("anna-b", "g1", "withdrawn", said))
    done = keeping.done()
    assert {"refused": 2} == done["photos_left_out"]
    assert (4, 1, 0) == (done["uploaded"], done["deleted"], done["mailed_now"])
    assert fetch(old["url"])[0] in (403, 404)
    assert name_in(old["url"]) not in keeping.versions()
    new = edition_of(open_letter(link), "groep-3")
    assert SHOWN["groep-3"][1:] == alts_of(new)
    assert 1 == open_edition(new).about["counts"]["photos"]
    assert keeping.versions() == sorted(keeping.objects()), "no older version is kept"


def test_a_guardian_who_leaves_before_the_mail_went_out_gets_nothing(road: Road) -> None:
    result = road.weekly(LICHTBRIEF_MAIL="smtp://127.0.0.1:9")
    assert (1, {}) == (result.returncode, road.mails())
    before = road.objects()
    road.edit("school/relations.csv", SEMS_FATHER, f"{SEMS_FATHER}2026-11-20")
    done = road.done()
    assert {"sent": 3, "suppressed": 1} == done["mails"]
    assert {"g1", "g2", "g4"} == road.mails().keys()
    assert 1 == done["deleted"] == len(before.keys() - road.objects().keys())


def test_whoever_left_after_the_mail_went_out_reads_no_more(road: Road) -> None:
    road.done()
    link = road.link("g3")
    road.edit("school/relations.csv", SEMS_FATHER, SEMS_FATHER.replace("yes", "no"))
    assert 1 == road.done()["deleted"]
    assert fetch(link)[0] in (403, 404)


def test_an_older_week_that_is_run_again_takes_nothing_from_the_present_one(road: Road) -> None:
    old = "groep-3/2026-11-12-eerder"
    road.school.post(old, "juf-sanne", "Vorige week.\n")
    road.done()
    link = road.link("g1")
    done = road.done("--week", "2026-W46")
    assert 0 == done["deleted"]
    assert 200 == fetch(link)[0]


def test_a_right_that_is_given_back_opens_the_same_link_again(road: Road) -> None:
    road.done()
    link = road.link("g3")
    road.edit("school/relations.csv", SEMS_FATHER, SEMS_FATHER.replace("yes", "no"))
    road.done()
    assert fetch(link)[0] in (403, 404)
    road.edit("school/relations.csv", SEMS_FATHER.replace("yes", "no"), SEMS_FATHER)
    assert 0 == road.done()["mailed_now"]
    assert 200 == fetch(link)[0]


def test_a_store_that_was_emptied_behind_our_back_is_filled_again(road: Road) -> None:
    road.done()
    link = road.link("g1")
    for name in list(road.store.list()):
        road.store.delete(name)
    done = road.done()
    assert (7, 0, {"sent": 4}) == (done["uploaded"], done["mailed_now"], done["mails"])
    assert READERS["g1"] == groups_of(open_letter(link))


def test_an_archive_of_earlier_years_stops_nothing(road: Road) -> None:
    road.school.post("groep-3/2025-11-18-oud", "juf-vertrokken", "Lang geleden.\n")
    road.school.post("groep-9/2025-11-18-weg", "juf-vertrokken", "Die groep is er niet meer.\n")
    assert 3 == road.done()["editions"]


def test_an_empty_content_folder_empties_no_store(road: Road) -> None:
    for day in range(1, 13):
        road.school.post(f"groep-3/2026-10-{2 * day:02}-dag", "juf-sanne", "Hallo.\n")
        road.school.post(f"groep-5/2026-09-{2 * day:02}-dag", "meester-tom", "Hallo.\n")
    road.done()
    before = road.objects()
    shutil.rmtree(road.school.folder / "content/groups")
    (road.school.folder / "content/groups").mkdir()
    result = road.weekly()
    assert 1 == result.returncode
    assert "objects would be deleted" in result.stderr
    assert before == road.objects()
