"""Which files are photos, films or neither, by their names."""

from collections.abc import Iterable
from pathlib import PurePath

FORMATS = {
    ".jpg": "JPEG", ".jpeg": "JPEG", ".jpe": "JPEG", ".jfif": "JPEG", ".png": "PNG",
    ".webp": "WEBP", ".avif": "AVIF", ".heic": "HEIF", ".heif": "HEIF", ".gif": "GIF",
    ".tif": "TIFF", ".tiff": "TIFF",
}  # fmt: skip
"""The photos that can be read: suffix and what the file must then hold."""

FILM_FORMATS = {
    ".mp4": "mov", ".m4v": "mov", ".mov": "mov", ".3gp": "mov", ".webm": "matroska",
}  # fmt: skip
"""The films that can be read: suffix and the name of FFmpeg's reader."""

_OTHER_PHOTOS = frozenset({".arw", ".bmp", ".cr2", ".cr3", ".dng", ".jp2", ".jxl", ".nef"})
_OTHER_FILMS = frozenset({".avi", ".mkv", ".mpeg", ".mpg", ".mts", ".ogv", ".wmv"})


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()


def is_photo_name(name: str) -> bool:
    """Whether a file of this name can be shown as a photo: JPEG, HEIC, PNG, WebP and others."""
    return _suffix(name) in FORMATS


def is_film_name(name: str) -> bool:
    """Whether a file of this name is a film, be it one we cannot read or half a Live Photo."""
    return can_show_film(name) or _suffix(name) in _OTHER_FILMS


def can_show_film(name: str) -> bool:
    """Whether a film of this name is of a kind that can be shown: MP4, MOV or WebM."""
    return _suffix(name) in FILM_FORMATS


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
