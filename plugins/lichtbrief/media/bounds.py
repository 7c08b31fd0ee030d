"""How much one photo may be, and how much memory all photos under way may take."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition

MILLION = 1_000_000
MOST_MEGAPIXELS = 440  # what Pillow is told to refuse by itself, whatever a school would like


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a photo may be at most, in millions: of bytes, of pixels, and of bytes while drawn.

    `memory` is for all photos that a process draws at one time: a few large ones wait for one
    another, one that needs more by itself is refused.
    """

    megabytes: int = 100  # phones of 200 megapixels write 30 to 60 MB
    megapixels: int = 220
    memory: int = 1000

    def __post_init__(self) -> None:
        for value in (self.megabytes, self.megapixels, self.memory):
            if type(value) is not int or value < 1:
                raise ValueError("a bound is a whole number")
        if self.megapixels > MOST_MEGAPIXELS:
            raise ValueError("no photo has so many pixels")


USUAL = Bounds()


class Room:
    """Memory that workers take and give back; who asks for more than there is left waits."""

    def __init__(self) -> None:
        self._taken = 0
        self._changed = Condition()

    @contextmanager
    def hold(self, size: int, most: int) -> Iterator[None]:
        """Have `size` of `most` bytes to oneself; whoever is alone need not wait.

        Raises MemoryError when the system has less.
        """
        with self._changed:
            self._changed.wait_for(lambda: not self._taken or self._taken + size <= most)
            self._taken += size
        try:
            bytes(size)  # or a decoder would find out, and some call that a damaged photo
            yield
        finally:
            with self._changed:
                self._taken -= size
                self._changed.notify_all()


ROOM = Room()
"""The memory of this process, which all its workers share."""
