"""The school's logo: drawn again, small, and nothing but its pixels."""

import io
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from lichtbrief.errors import LichtbriefError
from lichtbrief.media import draw_logo
from lichtbrief.media.logo import HIGHEST, MOST_BYTES, WIDEST

SHIPPED = Path(__file__).parents[2] / "theme" / "logo.png"


def drawn(path: Path) -> Image.Image:
    data = draw_logo(path)
    assert len(data) <= MOST_BYTES
    return Image.open(io.BytesIO(data))


def test_the_shipped_logo_is_a_small_png() -> None:
    found = drawn(SHIPPED)
    assert ("PNG", (HIGHEST, HIGHEST)) == (found.format, found.size)


@pytest.mark.parametrize("kind", ["png", "jpg", "webp", "gif"])
def test_whatever_it_was_it_becomes_a_png_of_the_same_proportions(
    tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"logo.{kind}"
    Image.new("RGB", (1000, 250), "#0b5a6b").save(path)
    found = drawn(path)
    assert ("PNG", (WIDEST, WIDEST // 4)) == (found.format, found.size)


def test_what_is_clear_stays_clear(tmp_path: Path) -> None:
    Image.new("RGBA", (200, 200), (255, 0, 0, 0)).save(tmp_path / "logo.png")
    assert 0 == drawn(tmp_path / "logo.png").convert("RGBA").getpixel((5, 5))[3]  # type: ignore[index] # RGBA


def test_notes_in_the_file_stay_behind(tmp_path: Path) -> None:
    notes = PngInfo()
    notes.add_text("Author", "Directeur Els")
    Image.new("RGB", (200, 200)).save(tmp_path / "logo.png", pnginfo=notes)
    assert b"Els" in (tmp_path / "logo.png").read_bytes()
    assert b"Els" not in draw_logo(tmp_path / "logo.png")


def test_a_photo_instead_of_a_logo_is_refused_or_fits(tmp_path: Path) -> None:
    noise = Image.effect_noise((320, 112), 120).convert("RGB")
    noise.save(tmp_path / "logo.png")
    with pytest.raises(LichtbriefError, match="too many details"):
        draw_logo(tmp_path / "logo.png")


@pytest.mark.parametrize("data", [b"", b"<svg xmlns='x'/>", b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_what_is_no_picture_is_an_error_with_words(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "logo.png").write_bytes(data)
    with pytest.raises(LichtbriefError, match=r"logo\.png cannot be read") as refused:
        draw_logo(tmp_path / "logo.png")
    assert "LICHTBRIEF_LOGO" in refused.value.hint
    with pytest.raises(LichtbriefError, match=r"other\.png cannot be read"):
        draw_logo(tmp_path / "other.png")
