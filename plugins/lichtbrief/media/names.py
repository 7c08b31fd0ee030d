"""Which files are photos, films or neither, by their names."""

from pathlib import PurePath

FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
"""The photos that can be read: suffix and what the file must then hold."""

_OTHER_PHOTOS = frozenset(
    {".arw", ".avif", ".bmp", ".cr2", ".cr3", ".dng", ".gif", ".heic", ".heif", ".jfif", ".jp2"}
    | {".jpe", ".jxl", ".nef", ".tif", ".tiff"}
)
_FILMS = frozenset(
    {".3gp", ".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".mts", ".ogv", ".webm"}
    | {".wmv"}
)


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()


def is_photo_name(name: str) -> bool:
    """Whether a file of this name can be shown as a photo: JPEG, PNG or WebP."""
    return _suffix(name) in FORMATS


def is_film_name(name: str) -> bool:
    """Whether a file of this name is a film."""
    return _suffix(name) in _FILMS


def is_original_name(name: str) -> bool:
    """Whether a file of this name is a photo or a film in any format, readable here or not."""
    return is_photo_name(name) or is_film_name(name) or _suffix(name) in _OTHER_PHOTOS
