"""The school that the repository ships: its people, its two weeks of news, its drawn photos."""

import csv
import hashlib
import re
from collections import Counter
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from bench.drawing import CANARIES, film
from bench.drawing.__main__ import SHIPPED
from lichtbrief.consent import Decision, Deny, Facts, Permit, Reason, audience_of, decide
from lichtbrief.editions import Photo, Post, PostKind, Week, read_posts
from lichtbrief.media import FilmBounds, Recipe, render_film
from lichtbrief.roster import SCHOOL, BlockKind, Delivery, Roster, holds, read_roster
from lichtbrief.settings import read_settings
from lichtbrief.site import load_site, post_reader

ROOT = Path(__file__).parents[1]
GROUPS = ROOT / "content" / "groups"
FRIDAY = datetime(2026, 11, 20, 15)
TODAY = FRIDAY.date()
WEEKS = (Week.parse("2026-W46"), Week.parse("2026-W47"))
PHOTOS = sorted(path.relative_to(GROUPS).as_posix() for path in GROUPS.rglob("*.jpg"))
FILMS = sorted(path.relative_to(GROUPS).as_posix() for path in GROUPS.rglob("*.mov"))


@cache
def the_roster() -> Roster:
    """The office's files."""
    return read_roster(ROOT / "school")


@cache
def the_posts() -> tuple[Post, ...]:
    """Every post, without a single problem."""
    posts, problems = read_posts(GROUPS, post_reader(the_site()), the_roster())
    assert problems == ()
    return posts


@cache
def the_site() -> dict[str, object]:
    """The settings file that the repository ships."""
    return load_site(ROOT / "pelicanconf.py", {})


@cache
def the_decisions() -> dict[str, Decision]:
    """What may be shown on Friday at three, by photo."""
    facts, rules = Facts.of(the_roster()), read_settings(the_site()).rules

    def decided(post: Post, photo: Photo) -> Decision:
        audience = audience_of(post.groups)
        said = photo.declaration
        return decide(said, audience, photo.kind, post.on, FRIDAY, facts, rules)

    return {f"{p.id}/{photo.file}": decided(p, photo) for p in the_posts() for photo in p.photos}


def shown_in(group: str, week: Week) -> int:
    """How many photos this group's edition has."""
    return sum(
        isinstance(the_decisions()[f"{post.id}/{photo.file}"], Permit)
        for post in the_posts()
        if group in post.groups and post.week == week
        for photo in post.photos
    )


def deciding(pupil: str) -> set[str]:
    """The guardians who decide for a pupil today."""
    rows = the_roster().relations
    return {r.guardian for r in rows if r.pupil == pupil and r.decides and holds(r, TODAY)}


def test_the_school_has_its_size() -> None:
    roster = the_roster()
    assert set(roster.groups) >= {SCHOOL, "groep-1-2", "groep-3", "groep-5", "groep-7"}
    assert len(roster.pupils) >= 44
    assert len(roster.guardians) >= 64
    assert len(roster.staff) >= 8
    for group in set(roster.groups) - {SCHOOL}:
        assert len(roster.members(group, TODAY)) >= 10


def test_every_pupil_has_somebody_who_decides_and_somebody_who_reads() -> None:
    readers = {r.pupil for r in the_roster().relations if r.reads and holds(r, TODAY)}
    assert set(the_roster().pupils) == readers
    assert all(deciding(pupil) for pupil in the_roster().pupils)


def test_a_guardians_id_says_nothing() -> None:
    assert all(re.fullmatch(r"g\d\d", guardian) for guardian in the_roster().guardians)


def test_every_address_is_invented() -> None:
    addresses = {guardian.email for guardian in the_roster().guardians.values()}
    addresses |= {staff.email for staff in the_roster().staff.values()}
    assert all(a.endswith((".example", "@example.org")) for a in addresses if a)


def test_there_are_siblings_in_two_groups() -> None:
    assert deciding("anna-b") == deciding("bram-b")
    assert {"groep-3"} == the_roster().groups_between("anna-b", TODAY, TODAY)
    assert {"groep-5"} == the_roster().groups_between("bram-b", TODAY, TODAY)


def test_there_are_parents_who_live_apart_and_both_decide() -> None:
    couple = [the_roster().guardians[guardian] for guardian in sorted(deciding("sem-k"))]
    assert len({guardian.email for guardian in couple}) == 2
    assert len({guardian.name.split()[-1] for guardian in couple}) == 2


def test_foster_parents_read_and_the_mother_decides() -> None:
    rights = Counter((r.decides, r.reads) for r in the_roster().relations if r.pupil == "lotte-g")
    assert rights == {(False, True): 2, (True, False): 1}


def test_a_child_changed_groups_on_a_monday() -> None:
    roster = the_roster()
    assert {"groep-1-2"} == roster.groups_between("mila-r", date(2026, 11, 1), date(2026, 11, 1))
    assert {"groep-3"} == roster.groups_between("mila-r", date(2026, 11, 2), date(2026, 11, 2))


def test_families_read_in_their_own_language_and_way() -> None:
    guardians = the_roster().guardians.values()
    assert {"nl", "en", "ar", "tr", "pl", "uk"} == {g.language for g in guardians}
    assert set(Delivery) == {g.delivery for g in guardians}
    assert sum(g.delivery is Delivery.paper and not g.email for g in guardians) == 4


def test_one_staff_member_is_never_to_be_seen() -> None:
    assert [s.id for s in the_roster().staff.values() if not s.photo] == ["muziek-hilde"]


def test_every_kind_of_block_occurs_and_one_dispute_was_closed() -> None:
    blocks = the_roster().blocks
    assert set(BlockKind) == {block.kind for block in blocks if holds(block, TODAY)}
    assert sum(block.until is not None and bool(block.by) for block in blocks) == 1


def test_two_weeks_of_news_of_every_kind() -> None:
    posts = the_posts()
    assert len(posts) >= 26
    assert set(WEEKS) == {post.week for post in posts}
    assert set(PostKind) == {post.kind for post in posts}
    assert all(post.offer for post in posts if post.kind is PostKind.talks)
    assert {"nl", "en"} == {post.lang for post in posts}
    assert any(len(post.groups) == 2 for post in posts)
    assert any(photo.album for post in posts for photo in post.photos)


@pytest.mark.parametrize("week", WEEKS, ids=str)
def test_every_group_has_news_in_both_weeks(week: Week) -> None:
    for group in the_roster().groups:
        assert sum(group in p.groups and p.week == week for p in the_posts()) >= 2, group
        assert shown_in(group, week) >= 1, group


def test_the_draft_is_not_published() -> None:
    drafts = [p for p in GROUPS.rglob("post.md") if "\nStatus: draft\n" in p.read_text("utf-8")]
    assert len(drafts) == 1
    assert drafts[0] not in {post.path for post in the_posts()}


def test_every_reason_to_leave_a_photo_out_occurs() -> None:
    reasons = [d.reason for d in the_decisions().values() if isinstance(d, Deny)]
    of_the_past = {Reason.taken_down, Reason.held, Reason.named}
    of_the_pixels = {Reason.unreadable, Reason.unconfirmed, Reason.more_faces}
    assert set(Reason) - of_the_pixels - of_the_past == set(reasons)


def test_most_photos_may_be_seen() -> None:
    shown = [photo for photo, d in the_decisions().items() if isinstance(d, Permit)]
    assert len(shown) >= 18
    assert {*PHOTOS, *FILMS} == the_decisions().keys()


def test_the_film_holds_what_a_phone_writes_and_is_small() -> None:
    (name,) = FILMS
    data = (GROUPS / name).read_bytes()
    assert all(canary.encode() in data for canary in (*CANARIES, film.PLACE[:8]))
    assert len(data) < 300_000
    made = render_film(GROUPS / name, Recipe.jpeg, FilmBounds(), lambda _: None)
    assert film.SIZE == (made.width, made.height)
    assert not any(canary.encode() in made.video for canary in (*CANARIES, film.PLACE[:8]))


@pytest.mark.parametrize("path", sorted(GROUPS.rglob("post.md")), ids=lambda p: p.parent.name)
def test_no_name_of_a_pupil_stands_in_a_post_or_a_file_name(path: Path) -> None:
    words = words_for_parents(path)
    names = {pupil.first_name.lower() for pupil in the_roster().pupils.values()}
    assert set() == names & words


def words_for_parents(path: Path) -> set[str]:
    """Every word of a post that a parent could see, and of the file names around it."""
    text = re.sub(r"\{:.*?\}", "", path.read_text("utf-8"))
    album = path.with_name("photos.csv")
    if album.exists():
        with album.open(encoding="utf-8", newline="") as file:
            text += " " + " ".join(row["alt"] for row in csv.DictReader(file))
    text += " ".join(["", path.parent.name, *(file.name for file in path.parent.iterdir())])
    return set(re.findall(r"[^\W\d_]+", text.lower()))


def test_the_table_of_drawings_is_what_is_shipped() -> None:
    assert sorted(SHIPPED) == PHOTOS


@pytest.mark.parametrize("name", PHOTOS)
def test_a_photo_is_as_a_telephone_would_send_it(name: str) -> None:
    with Image.open(GROUPS / name) as photo:
        exif = photo.getexif()
        assert max(photo.size) >= 1600
    about, maker, remark = CANARIES
    camera = exif.get_ifd(ExifTags.IFD.Exif)
    assert SHIPPED[name].orientation == exif[ExifTags.Base.Orientation]
    assert about == exif[ExifTags.Base.ImageDescription]
    assert maker == exif[ExifTags.Base.Artist]
    assert remark.encode() in camera[ExifTags.Base.UserComment]
    taken = camera[ExifTags.Base.DateTimeOriginal]
    assert name.split("/")[1][:10] == taken[:10].replace(":", "-")
    assert exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] == (52, 48, 0)


def test_one_photo_was_altered_after_it_was_declared() -> None:
    recorded: dict[bool, list[str]] = {True: [], False: []}
    for album in GROUPS.rglob("photos.csv"):
        with album.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                data = album.with_name(row["file"]).read_bytes()
                if row["sha256"]:
                    recorded[hashlib.sha256(data).hexdigest() == row["sha256"]].append(row["file"])
    assert recorded[False] == ["brug-3.jpg"]
    assert len(recorded[True]) >= 4


def test_the_photos_do_not_weigh_on_the_repository() -> None:
    assert sum((GROUPS / name).stat().st_size for name in PHOTOS) < 12_000_000
