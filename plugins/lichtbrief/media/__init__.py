"""SEEN: originals become renditions; the only folder that knows Pillow, PyAV and their kin."""

from lichtbrief.media.attachments import (
    CLEANING,
    UNKNOWN_KIND,
    CleanFile,
    FileKind,
    clean_file,
    is_attachment_name,
    kind_of,
    refusal_of,
)
from lichtbrief.media.bounds import Bounds
from lichtbrief.media.cache import RenditionCache
from lichtbrief.media.digest import Digests, digest
from lichtbrief.media.face_counts import FaceCounts
from lichtbrief.media.faces import Faces, find_faces, require_faces
from lichtbrief.media.film import Film, FilmBounds, film_recipe
from lichtbrief.media.films import (
    EXTRA,
    BadCaptionsError,
    Studio,
    can_read_films,
    read_captions,
    render_film,
)
from lichtbrief.media.in_file import InFile, read_in_file
from lichtbrief.media.logo import draw_logo
from lichtbrief.media.named import NamesInFiles
from lichtbrief.media.names import (
    can_show_film,
    is_film_name,
    is_original_name,
    is_photo_name,
    photo_of_film,
)
from lichtbrief.media.photo import Recipe, Rendition, Renditions, render_photo
from lichtbrief.media.pool import Original, render_photos
from lichtbrief.media.refused import RefusedFile
from lichtbrief.media.unreadable import UnreadablePhoto
from lichtbrief.media.xmp import Box, Noted

__all__ = [
    "CLEANING",
    "EXTRA",
    "UNKNOWN_KIND",
    "BadCaptionsError",
    "Bounds",
    "Box",
    "CleanFile",
    "Digests",
    "FaceCounts",
    "Faces",
    "FileKind",
    "Film",
    "FilmBounds",
    "InFile",
    "NamesInFiles",
    "Noted",
    "Original",
    "Recipe",
    "RefusedFile",
    "Rendition",
    "RenditionCache",
    "Renditions",
    "Studio",
    "UnreadablePhoto",
    "can_read_films",
    "can_show_film",
    "clean_file",
    "digest",
    "draw_logo",
    "film_recipe",
    "find_faces",
    "is_attachment_name",
    "is_film_name",
    "is_original_name",
    "is_photo_name",
    "kind_of",
    "photo_of_film",
    "read_captions",
    "read_in_file",
    "refusal_of",
    "render_film",
    "render_photo",
    "render_photos",
    "require_faces",
]
