"""How a phone was held: the matrix that a film carries, and the size it is shown in."""

import struct

LONG, SHORT = 1280, 720

# The matrix maps (x, y) to (a x + c y, b x + d y); its last column is for perspective.
_FILTERS: dict[tuple[int, int, int, int], tuple[tuple[str, str], ...]] = {
    (1, 0, 0, 1): (),
    (-1, 0, 0, 1): (("hflip", ""),),
    (1, 0, 0, -1): (("vflip", ""),),
    (-1, 0, 0, -1): (("hflip", ""), ("vflip", "")),
    (0, 1, -1, 0): (("transpose", "clock"),),
    (0, -1, 1, 0): (("transpose", "cclock"),),
    (0, 1, 1, 0): (("transpose", "cclock_flip"),),
    (0, -1, -1, 0): (("transpose", "clock_flip"),),
}


def turning(matrix: bytes | None) -> tuple[tuple[str, str], ...]:
    """The filters, each a name and its argument, that make a film upright.

    `matrix` is FFmpeg's display matrix: nine native 32-bit integers. Without one, or with one
    that is none of the eight ways to hold a phone, the film is upright already.
    """
    if matrix is None or len(matrix) < 36:
        return ()
    a, b, _, c, d, *_ = struct.unpack("=9i", matrix[:36])
    half = max(abs(a), abs(b), abs(c), abs(d)) / 2
    a, b, c, d = ((one > half) - (one < -half) for one in (a, b, c, d))
    return _FILTERS.get((a, b, c, d), ())


def swaps_sides(filters: tuple[tuple[str, str], ...]) -> bool:
    """Whether width and height change places."""
    return any(name == "transpose" for name, _ in filters)


def fit(width: float, height: float) -> tuple[int, int]:
    """The size within 1280 × 720, lying or standing: even numbers, never larger than it was."""
    scale = min(1.0, LONG / max(width, height), SHORT / min(width, height))
    return _even(width * scale), _even(height * scale)


def _even(pixels: float) -> int:
    """H.264 keeps colour for blocks of two by two."""
    return max(2, 2 * round(pixels / 2))
