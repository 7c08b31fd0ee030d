"""Whom a photo's own file names, as photo programs write it, and where in the upright picture."""

from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from lichtbrief.media import Box, InFile, read_in_file
from lichtbrief.media.photo import render_photo
from tests.media.drawing import CORNERS, corners_of, exif, four_corners
from tests.media.noting import (
    PROGRAMS,
    by_exiftool,
    named_photo,
    names,
    noting,
    packet,
    said_by,
)

KINDS = ("jpg", "png", "webp", "tif", "heic", "avif", "gif")
PERSON = "-XMP-iptcExt:PersonInImage=Sem Klaver"
REGION = (
    "-XMP-mwg-rs:RegionInfo={AppliedToDimensions={W=120,H=80,Unit=pixel},RegionList=["
    "{Area={X=0.25,Y=0.5,W=0.1,H=0.2,Unit=normalized},Name=Anna Bakker,Type=Face},"
    "{Area={X=0.75,Y=0.5,W=0.1,H=0.2,Unit=normalized},Name=Bello,Type=Pet},"
    "{Area={X=0.5,Y=0.5,W=0.1,H=0.2,Unit=normalized},Type=Face}]}"
)


def about(box: Box | None) -> tuple[float, ...]:
    assert box is not None
    return tuple(round(one, 3) for one in (box.left, box.top, box.width, box.height))


@pytest.mark.parametrize("kind", KINDS)
def test_names_that_another_program_wrote_are_found_in_every_format(
    tmp_path: Path, kind: str
) -> None:
    photo = tmp_path / f"bos.{kind}"
    Image.new("RGB", (120, 80), "teal").save(photo)
    assert InFile() == said_by(photo)
    said = said_by(by_exiftool(photo, PERSON, REGION))
    assert ["Sem Klaver", "Anna Bakker"] == names(said)
    assert said.noted[0].box is None
    assert (0.2, 0.4, 0.1, 0.2) == about(said.noted[1].box)


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_name_and_its_place_as_a_program_writes_them(tmp_path: Path, program: str) -> None:
    photo = named_photo(tmp_path / "bos.jpg", noting(program, "Tess Vink"))
    (noted,) = said_by(photo).noted
    assert "Tess Vink" == noted.name
    assert (0.2, 0.4, 0.1, 0.2) == about(noted.box)


def test_names_in_iptc_lists_also_several_in_one_and_with_details(tmp_path: Path) -> None:
    inside = packet(
        "<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Anna; Sem </rdf:li><rdf:li/></rdf:Bag>"
        "</Iptc4xmpExt:PersonInImage><Iptc4xmpExt:PersonInImageWDetails><rdf:Bag>"
        '<rdf:li rdf:parseType="Resource"><Iptc4xmpExt:PersonName><rdf:Alt>'
        '<rdf:li xml:lang="x-default">Tess</rdf:li><rdf:li xml:lang="fr">Thérèse</rdf:li>'
        "</rdf:Alt></Iptc4xmpExt:PersonName></rdf:li></rdf:Bag>"
        "</Iptc4xmpExt:PersonInImageWDetails>"
    )
    assert ["Anna", "Sem", "Tess"] == names(said_by(named_photo(tmp_path / "bos.jpg", inside)))


def test_other_prefixes_and_utf_16_change_nothing(tmp_path: Path) -> None:
    text = noting("digiKam", "Tess").decode().replace("mwg-rs:", "a:").replace(":mwg-rs=", ":a=")
    assert ["Tess"] == names(said_by(named_photo(tmp_path / "a.jpg", text.encode())))
    text = noting("Picasa", "Tess").decode()
    assert ["Tess"] == names(said_by(named_photo(tmp_path / "b.jpg", text.encode("utf-16"))))


def test_a_name_does_not_show_when_somebody_prints_what_was_found(tmp_path: Path) -> None:
    said = said_by(named_photo(tmp_path / "bos.jpg", noting("Picasa", "Tess")))
    assert "Tess" not in repr(said)


def large_jpeg(path: Path, inside: bytes, lose: int | None = None) -> Path:
    """A JPEG whose packet stands in parts behind the first, as its maker writes large ones."""
    named_photo(path, packet(""))
    guid, whole = b"A" * 32, len(inside).to_bytes(4)
    parts = [(at, inside[at : at + 65_000]) for at in range(0, len(inside), 65_000)]
    segments = b""
    for number, (at, chunk) in reversed(list(enumerate(parts))):  # in any order
        body = b"http://ns.adobe.com/xmp/extension/\0" + guid + whole + at.to_bytes(4) + chunk
        if number != lose:
            segments += b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body
    data = path.read_bytes()
    path.write_bytes(data[:2] + segments + data[2:])
    return path


def test_a_packet_in_parts_is_put_together(tmp_path: Path) -> None:
    inside = noting("Picasa", "Tess").replace(b" " * 200, b" " * 150_000)
    assert ["Tess"] == names(said_by(large_jpeg(tmp_path / "bos.jpg", inside)))


@pytest.mark.parametrize("lose", [0, 1, 2])
def test_a_packet_of_which_a_part_is_missing_cannot_be_read(tmp_path: Path, lose: int) -> None:
    inside = noting("Picasa", "Tess").replace(b" " * 200, b" " * 150_000)
    assert not said_by(large_jpeg(tmp_path / "bos.jpg", inside, lose)).readable


def test_a_compressed_note_in_a_png_is_read(tmp_path: Path) -> None:
    text = PngInfo()
    text.add_itxt("XML:com.adobe.xmp", noting("Lightroom", "Tess").decode(), zip=True)
    Image.new("RGB", (120, 80)).save(tmp_path / "bos.png", pnginfo=text)
    assert ["Tess"] == names(said_by(tmp_path / "bos.png"))


# Where the stored picture's left upper part is in the upright one, by how the phone was held.
TURNED = {1: "lt", 2: "rt", 3: "rb", 4: "lb", 5: "lt", 6: "rt", 7: "rb", 8: "lb"}


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "tif"])
@pytest.mark.parametrize("turned", TURNED)
def test_a_place_is_that_in_the_upright_picture(tmp_path: Path, turned: int, kind: str) -> None:
    # Red is left above in the stored picture, and the box lies around the middle of the red.
    path = tmp_path / f"bos.{kind}"
    four_corners().save(path, exif=exif(turned))
    by_exiftool(path, REGION.replace("Y=0.5,W=0.1", "Y=0.25,W=0.3"))
    noted, *_ = said_by(path).noted
    left, top, width, height = about(noted.box)
    expected = (0.3, 0.2) if turned < 5 else (0.2, 0.3)
    assert expected == (width, height)
    side = "l" if left + width / 2 < 0.5 else "r"
    assert TURNED[turned] == side + ("t" if top + height / 2 < 0.5 else "b")
    corner = ["lt", "rt", "lb", "rb"].index(TURNED[turned])
    assert CORNERS[0] == corners_of(render_photo(path).large.data)[corner]


def test_a_place_in_a_photo_of_an_iphone_held_upright(tmp_path: Path) -> None:
    """HEIC turns itself; the telephone measures in what its sensor saw."""
    path = tmp_path / "bos.heic"
    Image.new("RGB", (80, 120), "teal").save(path)
    by_exiftool(path, REGION, "-IFD0:Orientation#=6")
    assert (0.4, 0.2, 0.2, 0.1) == about(said_by(path).noted[0].box)


def test_a_place_that_was_measured_in_the_upright_picture_is_not_turned_again(
    tmp_path: Path,
) -> None:
    inside = noting("Picasa", "Tess", size=(80, 120))
    photo = named_photo(tmp_path / "bos.jpg", inside, exif=exif(6))
    assert (0.2, 0.4, 0.1, 0.2) == about(said_by(photo).noted[0].box)


def test_a_file_that_is_another_by_now_cannot_be_read(tmp_path: Path) -> None:
    photo = named_photo(tmp_path / "bos.jpg", noting("Picasa", "Tess"))
    assert not read_in_file(photo, "0" * 64).readable


def test_what_is_no_photo_names_nobody(tmp_path: Path) -> None:
    """It is refused where it is to be drawn."""
    (tmp_path / "bos.jpg").write_bytes(b"not a photo PersonInImage")
    assert InFile() == said_by(tmp_path / "bos.jpg")
