"""What a film becomes, and how large its original may be."""

from dataclasses import dataclass

from lichtbrief.media.photo import Recipe, Renditions

RECIPE = "film 1: h264 veryfast 26 of 720 lines, at most 2 Mbit/s and 40 frames/s, aac 96"
"""Everything that turns the same original into other bytes: change it with that."""


def film_recipe(still: Recipe) -> str:
    """What is made of a film, whose still is made by a photo's recipe."""
    return f"{RECIPE}; {still}"


MOST_SECONDS = 900  # 15 minutes: some 200 MB, which a phone holds whole while it plays


@dataclass(frozen=True, slots=True)
class FilmBounds:
    """The longest film (s) and the largest file (MB of a million bytes) that are shown."""

    seconds: int = 120
    megabytes: int = 500

    def __post_init__(self) -> None:
        for value in (self.seconds, self.megabytes):
            if type(value) is not int or value < 1:
                raise ValueError("a bound is a whole number")
        if self.seconds > MOST_SECONDS:
            raise ValueError("a film of a letter does not last so long")


@dataclass(frozen=True, slots=True)
class Film:
    """A film as parents get it: an MP4 (H.264, AAC, its index first) and a still of it.

    `still` is made as a photo is; `width` and `height` are pixels, upright; `original` is the
    SHA-256 (hex) of the file that was read.
    """

    still: Renditions
    video: bytes
    width: int
    height: int
    seconds: float
    original: str
