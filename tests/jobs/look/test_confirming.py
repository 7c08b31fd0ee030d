"""The child who is covered: gone from the pixels, and shown only after staff have looked."""

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from lichtbrief.consent import Decision, Deny, Permit, Reason
from lichtbrief.errors import LichtbriefError, ProblemsError
from lichtbrief.jobs.look.confirming import Confirming, find_photo
from lichtbrief.media import digest
from lichtbrief.sealing import SealedReader
from tests.jobs.build.test_building import build_now, kept
from tests.jobs.given import RING, decide_now
from tests.media.test_cover import PLAIN, red_face
from tests.school import WEEK, SmallSchool, answer

POST = "groep-3/2026-11-19-samen"
PHOTO = Path(POST) / "samen.jpg"
COVER = "tess-v=0.4/0.3/0.1/0.2"  # where the face is red
TEXT = f'![Samen](samen.jpg){{: people="anna-b tess-v" cover="{COVER}" }}\n'


def jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95)
    return out.getvalue()


ORIGINAL = jpeg(red_face((1600, 1200)))


def cover(school: SmallSchool, text: str = TEXT) -> SmallSchool:
    """Tess's parents said no, and she is in a photo with Anna, as a red face."""
    school.add("school/consents.csv", answer("tess-v", "g5", "no", "2026-10-01T09:00"))
    school.post(POST, "juf-sanne", text, samen=ORIGINAL)
    return school


def table(school: SmallSchool) -> Path:
    return school.folder / "content/groups" / POST / "photos.csv"


def find(school: SmallSchool, photo: Path = PHOTO) -> Confirming:
    return find_photo(decide_now(school), photo)


def decided(school: SmallSchool) -> Decision:
    return decide_now(school).decisions[POST, "samen.jpg"]


def reddest(data: bytes) -> int:
    """How much more red than green there is anywhere in an encoded photo."""
    with Image.open(io.BytesIO(data)) as image:
        colours = image.convert("RGB").getcolors(2**24) or []
    return max(colour[0] - colour[1] for _, colour in colours if isinstance(colour, tuple))


def sealed(school: SmallSchool) -> list[bytes]:
    """The photo of Tess, in each size in which it is in her group's edition."""
    made, _ = build_now(school)
    (entry,) = (e for e in made.manifest.editions if (e.group, e.week) == ("groep-3", WEEK))
    data = (school.folder / "output" / entry.name).read_bytes()
    reader = SealedReader.unlock(data, RING.year(2026), ("edition", "groep-3", WEEK))
    index = json.loads(reader.first())
    segments = reader.every(index["sizes"])
    (found,) = (photo for photo in index["photos"] if photo["width"] == 1280)
    return [segments[found["small"]], segments[found["large"]]]


def test_the_covered_child_is_in_nothing_that_parents_get(school: SmallSchool) -> None:
    find(cover(school)).confirm("juf-sanne")
    photos = sealed(school)
    assert 2 == len(set(photos))
    assert all(reddest(photo) < PLAIN < 200 < reddest(ORIGINAL) for photo in photos)


def test_nobody_sees_the_photo_before_somebody_has_looked(school: SmallSchool) -> None:
    cover(school)
    assert Deny(Reason.unconfirmed, frozenset({"tess-v"})) == decided(school)
    find(school).confirm("juf-sanne")
    assert Permit() == decided(school)


def test_a_photo_that_was_shown_and_is_covered_now_leaves_no_uncovered_one_behind(
    school: SmallSchool,
) -> None:
    cover(school, '![Samen](samen.jpg){: people="anna-b" }\n')
    build_now(school)
    before = kept(school)
    cover(school)
    build_now(school)
    assert 1 == len(set(before) - set(kept(school)))
    find(school).confirm("juf-sanne")
    assert all(reddest(photo) < PLAIN for photo in sealed(school))


def test_the_photo_edited_after_it_was_confirmed_waits_for_another_look(
    school: SmallSchool,
) -> None:
    find(cover(school)).confirm("juf-sanne")
    school.write(f"content/groups/{PHOTO}", jpeg(red_face((1500, 1200))))
    assert Deny(Reason.altered) == decided(school)
    find(school).confirm("directeur-els")
    assert Permit() == decided(school)
    assert table(school).read_text().endswith(",directeur-els\n")


def test_a_cover_that_is_moved_in_the_text_alone_contradicts_what_was_confirmed(
    school: SmallSchool,
) -> None:
    find(cover(school)).confirm("juf-sanne")
    cover(school, TEXT.replace("tess-v=0.4", "tess-v=0.1"))
    assert Deny(Reason.contradiction) == decided(school)
    with pytest.raises(LichtbriefError, match="does not agree"):
        find(school)


def test_what_the_text_declares_is_copied_and_the_rest_of_the_table_stays(
    school: SmallSchool,
) -> None:
    sha256 = digest(cover(school).folder / "content/groups" / PHOTO)
    excel = (
        "\ufefffile;people;attested_by;sha256;cover;alt\r\n"
        'bos.jpg;sem-k;;;;"Een ""boom""; een tak"\r\n'
    )
    school.write(f"content/groups/{POST}/bos.jpg", jpeg(red_face((80, 60))))
    table(school).write_bytes(excel.encode())
    find(school).confirm("juf-sanne")
    assert (
        "\ufefffile;people;attested_by;sha256;cover;alt;confirmed_by\r\n"
        'bos.jpg;sem-k;;;;"Een ""boom""; een tak";\r\n'
        f"samen.jpg;anna-b tess-v;;{sha256};{COVER};;juf-sanne\r\n"
    ) == table(school).read_bytes().decode()
    assert Permit() == decided(school)


def test_a_row_of_the_table_keeps_its_words(school: SmallSchool) -> None:
    cover(school, "Een album.\n")
    row = f"samen.jpg,all -sem-k,,,{COVER},Samen\n"
    table(school).write_text(f"file,people,attested_by,sha256,cover,alt\n{row}")
    find(school).confirm("juf-sanne")
    sha256 = digest(school.folder / "content/groups" / PHOTO)
    expected = f"samen.jpg,all -sem-k,,{sha256},{COVER},Samen,juf-sanne\n"
    assert expected == table(school).read_text().splitlines(keepends=True)[1]
    assert Permit() == decided(school)


def test_who_looks_sees_what_parents_would(school: SmallSchool) -> None:
    looked = find(cover(school)).look()
    assert reddest(looked.read_bytes()) < PLAIN
    assert 0o600 == looked.stat().st_mode & 0o777
    find(school).confirm("juf-sanne")
    assert not looked.exists()


def test_only_staff_confirm(school: SmallSchool) -> None:
    for stranger in ("g5", "tess-v", ""):
        with pytest.raises(LichtbriefError, match="is not on the staff"):
            find(cover(school)).confirm(stranger)
    assert not table(school).exists()


def test_a_look_of_somebody_who_has_left_is_a_problem_in_the_table(school: SmallSchool) -> None:
    find(cover(school)).confirm("meester-tom")
    staff = (school.folder / "school/staff.csv").read_text().splitlines(keepends=True)
    school.write("school/staff.csv", "".join(row for row in staff if "tom" not in row))
    problems = [one.what for one in decide_now(school).problems]
    assert "is confirmed by meester-tom, who is not on the staff" in problems


@pytest.mark.parametrize(
    ("photo", "words"),
    [
        (f"{POST}/weg.jpg", "shows no photo of that name"),
        ("groep-3/2026-11-01-nooit/samen.jpg", "there is no folder"),
        ("samen.jpg", "there is no folder"),
    ],
)
def test_a_photo_that_is_not_there_cannot_be_confirmed(
    school: SmallSchool, photo: str, words: str
) -> None:
    with pytest.raises(LichtbriefError, match=words) as caught:
        find(cover(school), Path(photo))
    assert caught.value.hint


def test_a_photo_that_nobody_declared_cannot_be_confirmed(school: SmallSchool) -> None:
    cover(school, "![Samen](samen.jpg)\n")
    with pytest.raises(LichtbriefError, match="nobody has said who is in"):
        find(school)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('people="anna-b" cover="tess-v=0.4/0.3/0.1/0.2"', "not among the people"),
        ('people="tess-v" cover="tess-v=0.4/0.3/0.7/0.2"', "not within the photo"),
        ('people="tess-v" cover="tess-v"', "nobody and no place"),
        (
            'people="tess-v" cover="tess-v=0.4/0.3/0.1/0.2 tess-v=0.4/0.3/0.1/0.2"',
            "covers tess-v twice",
        ),
        ('cover="tess-v=0.4/0.3/0.1/0.2"', "covers somebody, but names nobody"),
        ('people="anna-b others=2"', "whom nobody attests"),
    ],
)
def test_a_cover_that_cannot_be_meant_stops_its_post(
    school: SmallSchool, said: str, words: str
) -> None:
    cover(school, f"![Samen](samen.jpg){{: {said} }}\n")
    (problem,) = decide_now(school).problems
    assert words in problem.what
    assert problem.todo
    with pytest.raises(ProblemsError, match="nothing was confirmed"):
        find(school)
