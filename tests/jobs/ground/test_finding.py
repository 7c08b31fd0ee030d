"""What somebody writes at the command line to mean a post or a photo."""

import pytest

from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.finding import Named, named
from lichtbrief.settings import read_settings
from tests.jobs.given import site_of
from tests.school import SmallSchool

POST = "groep-3/2026-11-17-bos"


@pytest.mark.parametrize("text", ["{}", "{}/", "{}/post.md", "./{}", "content/groups/{}/post.md"])
def test_a_post_is_meant_by_its_id_or_any_path_to_it(school: SmallSchool, text: str) -> None:
    settings = read_settings(site_of(school))
    assert Named(POST) == named(settings, text.format(POST))
    assert Named(POST) == named(settings, str(school.folder / "content/groups" / POST))


def test_a_photo_is_meant_by_its_file_and_known_by_its_bytes(school: SmallSchool) -> None:
    settings = read_settings(site_of(school))
    first = named(settings, f"{POST}/mand.jpg")
    assert (POST, 32) == (first.post, len(first.photo))
    assert first == named(settings, f"content/groups/{POST}/mand.jpg")
    assert first != named(settings, f"{POST}/plas.jpg")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "groep-3",
        "mand.jpg",
        f"{POST}/niets.jpg",
        f"{POST}/mand.jpg/x",
        "groep-3/../../school/pupils.csv",
        "../school/pupils.csv",
        "groep-9/2026-11-17-bos",
    ],
)
def test_what_is_not_there_is_refused_with_a_way_to_write_it(
    school: SmallSchool, text: str
) -> None:
    with pytest.raises(LichtbriefError) as refused:
        named(read_settings(site_of(school)), text)
    assert refused.value.hint
