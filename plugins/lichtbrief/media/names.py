"""Which files are photos, films or neither, by their names."""

from collections.abc import Iterable
from pathlib import PurePath

FORMATS = {
    ".jpg": "JPEG", ".jpeg": "JPEG", ".jpe": "JPEG", ".jfif": "JPEG", ".png": "PNG",
    ".webp": "WEBP", ".avif": "AVIF", ".heic": "HEIF", ".heif": "HEIF", ".gif": "GIF",
    ".tif": "TIFF", ".tiff": "TIFF",
}  # fmt: skip
"""The photos that can be read: suffix and what the file must then hold."""

_OTHER_PHOTOS = frozenset({".arw", ".bmp", ".cr2", ".cr3", ".dng", ".jp2", ".jxl", ".nef"})
_FILMS = frozenset(
    {".3gp", ".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".mts", ".ogv", ".webm"}
    | {".wmv"}
)


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()


def is_photo_name(name: str) -> bool:
    """Whether a file of this name can be shown as a photo: JPEG, HEIC, PNG, WebP and others."""
    return _suffix(name) in FORMATS


def is_film_name(name: str) -> bool:
    """Whether a file of this name is a film, be it the moving half of a Live Photo."""
    return _suffix(name) in _FILMS


def is_original_name(name: str) -> bool:
    """Whether a file of this name is a photo or a film in any format, readable here or not."""
    return is_photo_name(name) or is_film_name(name) or _suffix(name) in _OTHER_PHOTOS


def photo_of_film(film: str, names: Iterable[str]) -> str | None:
    """The Live Photo among `names` of which a film is the moving half, by their names, or None.

    Phones write both halves under one name: IMG_1234.HEIC and IMG_1234.MOV or .mp4.
    """
    stem = PurePath(film).stem.lower()
    halves = (n for n in sorted(names) if is_photo_name(n) and PurePath(n).stem.lower() == stem)
    return next(halves, None) if is_film_name(film) else None
