"""Of an original nothing but its pixels goes out, says a tool that is not ours (exiftool)."""

import json
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from lichtbrief.media import Recipe, Rendition, render_photo
from tests.exiftool import find_exiftool
from tests.media.drawing import CANARY, exif, four_corners, save, swapped_profile

NAMES = [f"bos.{kind}" for kind in ("jpg", "heic", "png", "webp", "avif", "tif", "gif")]
ABOUT_PIXELS = {
    "InitialDelaySamples", "MediaData", "SeqTier0", "SeqLevelIdx0", "TwelveBit", "SeqProfile",
    "HighBitDepth", "JFIFVersion", "ResolutionUnit", "XResolution", "YResolution", "ImageWidth",
    "ImageHeight", "EncodingProcess", "BitsPerSample", "ColorComponents", "YCbCrSubSampling",
    "ImageSize", "Megapixels", "MajorBrand", "MinorVersion", "CompatibleBrands", "HandlerType",
    "PrimaryItemReference", "ImagePixelDepth", "ImageSpatialExtent", "AV1ConfigurationVersion",
    "ChromaFormat", "ChromaSamplePosition", "ColorProfiles", "ColorPrimaries",
    "TransferCharacteristics", "MatrixCoefficients", "VideoFullRangeFlag", "MediaDataSize",
    "MediaDataOffset",
}  # fmt: skip


EVERYWHERE = ("PersonInImage", "RegionName", "Creator", "ProfileDescription")
EXIF = ("Artist", "OwnerName", "SerialNumber", "GPSLatitude", "GPSLongitude")
HAVE = {
    "jpg": (*EVERYWHERE, *EXIF, "By-line", "Comment"),
    "heic": (*EVERYWHERE, *EXIF),
    "png": (*EVERYWHERE, *EXIF, "By-line", "Comment"),
    "webp": (*EVERYWHERE, *EXIF),
    "avif": (*EVERYWHERE, *EXIF),
    "tif": (*EVERYWHERE, *EXIF, "By-line"),
    "gif": ("PersonInImage", "RegionName", "Creator", "Comment"),
}
"""What each format has room for, by the names of exiftool."""

REGION = "{RegionList=[{Name=KANARIE,Type=Face,Area={X=.5,Y=.5,W=.1,H=.1,Unit=normalized}}]}"
PLANT = (
    "-EXIF:Artist=KANARIE", "-EXIF:OwnerName=KANARIE", "-EXIF:SerialNumber=KANARIE",
    "-EXIF:GPSLatitude=52.75", "-EXIF:GPSLatitudeRef=N", "-EXIF:GPSLongitude=5.41",
    "-EXIF:GPSLongitudeRef=E", "-XMP-iptcExt:PersonInImage=KANARIE", "-XMP-dc:Creator=KANARIE",
    f"-XMP-mwg-rs:RegionInfo={REGION}", "-IPTC:By-line=KANARIE", "-Comment=KANARIE",
)  # fmt: skip


def planted(folder: Path, name: str, size: tuple[int, int]) -> Path:
    """A photo with everything in it that its format has room for, and something behind it."""
    photo = save(folder / name, four_corners(size), icc_profile=swapped_profile())
    command = [find_exiftool(), "-q", "-q", "-m", "-overwrite_original", *PLANT, str(photo)]
    subprocess.run(command, check=True)
    with photo.open("ab") as file:
        file.write(CANARY)
    return photo


def told(data: bytes) -> dict[str, object]:
    """Every tag that exiftool finds, but those about the file that it was given."""
    command = [find_exiftool(), "-json", "-unknown", "-all", "--File:System:all", "-"]
    out = subprocess.run(command, input=data, capture_output=True, check=True).stdout
    (tags,) = json.loads(out)
    assert isinstance(tags, dict)
    ours = {"SourceFile", "ExifToolVersion", "FileType", "FileTypeExtension", "MIMEType"}
    return {name: value for name, value in tags.items() if name not in ours}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("size", "recipe"), [((120, 80), Recipe.jpeg), ((1600, 1200), Recipe.avif)]
)
def test_nothing_but_pixels_of_the_original_goes_out(
    tmp_path: Path, name: str, size: tuple[int, int], recipe: Recipe
) -> None:
    photo = planted(tmp_path, name, size)
    assert set(HAVE[photo.suffix[1:]]) <= set(told(photo.read_bytes()))
    renditions = render_photo(photo, recipe)
    for one in (renditions.small, renditions.large):
        assert_only_pixels(one)


def assert_only_pixels(rendition: Rendition) -> None:
    for trace in (CANARY, b"Exif", b"xmp", b"ICC_PROFILE", b"prof", b"Photoshop", b"http"):
        assert trace not in rendition.data
    assert set(told(rendition.data)) <= ABOUT_PIXELS


def test_a_thumbnail_of_the_whole_does_not_outlive_the_photo(tmp_path: Path) -> None:
    notes = exif()
    inside = Image.Exif()
    inside[0x0201] = CANARY
    notes._ifds[1] = {0x0103: 6, 0x010E: CANARY.decode()}
    photo = save(tmp_path / "bos.jpg", exif=notes)
    assert CANARY in photo.read_bytes()
    assert_only_pixels(render_photo(photo).large)
