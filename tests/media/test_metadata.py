"""Of an original nothing but its pixels goes out, says a tool that is not ours (exiftool)."""

import json
import subprocess
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

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


def planted(folder: Path, name: str, size: tuple[int, int]) -> Path:
    """A photo with everything in it that its format has room for."""
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + CANARY + b"</x:xmpmeta>"
    about: dict[str, object] = {"exif": exif(3), "xmp": xmp, "comment": CANARY}
    if name.endswith(".tif"):
        about = {"description": CANARY.decode()}
    text = PngInfo()
    text.add_text("Comment", CANARY.decode())
    if name.endswith(".png"):
        about["pnginfo"] = text
    return save(folder / name, four_corners(size), icc_profile=swapped_profile(), **about)


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
    assert CANARY in photo.read_bytes()
    renditions = render_photo(photo, recipe)
    for one in (renditions.small, renditions.large):
        assert_only_pixels(one)


def assert_only_pixels(rendition: Rendition) -> None:
    for trace in (CANARY, b"Exif", b"xmp", b"ICC_PROFILE", b"prof", b"Photoshop", b"http"):
        assert trace not in rendition.data
    assert set(told(rendition.data)) <= ABOUT_PIXELS


def test_exiftool_would_have_found_it(tmp_path: Path) -> None:
    tags = told(planted(tmp_path, "bos.jpg", (120, 80)).read_bytes())
    assert {"Artist", "GPSLatitude", "Comment", "ProfileDescription"} <= set(tags)


def test_a_thumbnail_of_the_whole_does_not_outlive_the_photo(tmp_path: Path) -> None:
    notes = exif()
    inside = Image.Exif()
    inside[0x0201] = CANARY
    notes._ifds[1] = {0x0103: 6, 0x010E: CANARY.decode()}
    photo = save(tmp_path / "bos.jpg", exif=notes)
    assert CANARY in photo.read_bytes()
    assert_only_pixels(render_photo(photo).large)
