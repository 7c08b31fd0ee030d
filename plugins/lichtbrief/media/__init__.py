"""SEEN: original photos become renditions; the only folder that knows Pillow and its kin."""

from lichtbrief.media.bounds import Bounds
from lichtbrief.media.cache import RenditionCache
from lichtbrief.media.digest import Digests, digest
from lichtbrief.media.logo import draw_logo
from lichtbrief.media.names import is_film_name, is_original_name, is_photo_name, photo_of_film
from lichtbrief.media.photo import Recipe, Rendition, Renditions, render_photo
from lichtbrief.media.pool import render_photos
from lichtbrief.media.unreadable import UnreadablePhoto

__all__ = [
    "Bounds",
    "Digests",
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
    "render_photo",
    "render_photos",
]
