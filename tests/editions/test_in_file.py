"""What a photo's file says against what a teacher has written about it."""

import pytest

from lichtbrief.consent import Clash
from tests.editions.school import BOS, CLASSES, Desk
from tests.media.noting import PROGRAMS, named_photo, noting


def clash_of(desk: Desk) -> Clash | None:
    return desk.post().photos[0].declaration.clash


def named(desk: Desk, name: str, program: str = "Picasa") -> None:
    (desk.groups / BOS).mkdir(parents=True, exist_ok=True)
    named_photo(desk.groups / BOS / "bos.jpg", noting(program, name))


HERE = sorted(pupil for pupil, group in CLASSES.items() if group == "groep-3")
FIRST, SECOND = HERE[:2]


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_declaration_that_lacks_whom_the_file_names_is_contradicted(
    desk: Desk, program: str
) -> None:
    named(desk, SECOND, program)
    desk.write(f'![Bos](bos.jpg){{: people="{FIRST}" }}')
    assert Clash(frozenset({SECOND})) == clash_of(desk)


def test_a_declaration_with_everybody_whom_the_file_names_is_not(desk: Desk) -> None:
    named(desk, SECOND.upper())
    desk.write(f'![Bos](bos.jpg){{: people="{FIRST} {SECOND}" }}')
    assert clash_of(desk) is None


def test_nobody_is_contradicted_by_any_name(desk: Desk) -> None:
    named(desk, "Oma Riet")
    desk.write('![Bos](bos.jpg){: people="nobody" attested_by="juf-sanne" }')
    assert Clash(strangers=1) == clash_of(desk)


def test_a_file_that_cannot_be_read_says_so(desk: Desk) -> None:
    (desk.groups / BOS).mkdir(parents=True, exist_ok=True)
    desk.write(f'![Bos](bos.jpg){{: people="{FIRST}" }}')
    named_photo(desk.groups / BOS / "bos.jpg", noting("Picasa", "Tess")[:-400])
    assert Clash(readable=False) == clash_of(desk)


def test_an_undeclared_photo_is_undeclared_whoever_is_named_in_it(desk: Desk) -> None:
    named(desk, SECOND)
    desk.write("![Bos](bos.jpg)")
    assert clash_of(desk) is None
