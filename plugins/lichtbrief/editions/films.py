"""Films of a post: which can be shown, and the captions that lie beside them."""

from pathlib import Path, PurePath

from lichtbrief.errors import Problem
from lichtbrief.media import EXTRA, BadCaptionsError, can_read_films, can_show_film, read_captions

CAPTIONS = ".vtt"


def film_fault(name: str) -> tuple[str, str] | None:
    """Why a film cannot be shown, whatever is in it: what is wrong and what to do."""
    if not can_show_film(name):
        return "is a film of a kind that cannot be shown", "save it as MP4"
    if not can_read_films():
        what = "is a film, and this computer lacks the extra [video], which shows films"
        return what, f"have it installed: {EXTRA}"
    return None


def captions_name(film: str) -> str:
    """The file in which the captions of a film stand, if it has any."""
    return str(PurePath(film).with_suffix(CAPTIONS))


def captions_of(film: Path, folder: str) -> tuple[str, Problem | None]:
    """What is said in a film, from the file of its name that ends in .vtt, and what is wrong there.

    `folder` is the post's, as problems name it. Without such a file nothing is said.
    """
    path = film.with_name(captions_name(film.name))
    if not (path.exists() or path.is_symlink()):
        return "", None
    try:
        if path.is_symlink():
            todo = "put the captions themselves in the post's folder"
            raise BadCaptionsError(1, "is a link to elsewhere", todo)
        return read_captions(path), None
    except BadCaptionsError as error:
        return "", Problem(f"{folder}/{path.name}", error.message, error.hint, error.line)
