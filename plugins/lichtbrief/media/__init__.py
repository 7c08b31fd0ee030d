"""SEEN: original photos become renditions; the only folder that knows Pillow and its kin."""

from lichtbrief.media.bounds import Bounds
from lichtbrief.media.cache import RenditionCache
from lichtbrief.media.digest import Digests, digest
from lichtbrief.media.in_file import InFile, read_in_file
from lichtbrief.media.logo import draw_logo
from lichtbrief.media.named import NamesInFiles
from lichtbrief.media.names import is_film_name, is_original_name, is_photo_name, photo_of_film
from lichtbrief.media.photo import Recipe, Rendition, Renditions, render_photo
from lichtbrief.media.pool import Original, render_photos
from lichtbrief.media.unreadable import UnreadablePhoto
from lichtbrief.media.xmp import Box, Noted

__all__ = [
    "Bounds",
    "Box",
    "Digests",
    "InFile",
    "NamesInFiles",
    "Noted",
    "Original",
    "Recipe",
    "Rendition",
    "RenditionCache",
    "Renditions",
    "UnreadablePhoto",
    "digest",
    "draw_logo",
    "is_film_name",
    "is_original_name",
    "is_photo_name",
    "photo_of_film",
    "read_in_file",
    "render_photo",
    "render_photos",
]
