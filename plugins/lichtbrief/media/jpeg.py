"""The segments of a JPEG before its pixels (ITU-T T.81, annex B)."""

from collections.abc import Iterator

SOI = b"\xff\xd8"
START_OF_SCAN = 0xDA
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers that nothing belongs to


def segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Each segment's marker, and where it begins and ends, up to the first scan's header.

    Raises ValueError when this is no JPEG, or one that ends before its pixels.
    """
    if data[:2] != SOI:
        raise ValueError("not a JPEG")
    at = 2
    while True:
        if data[at : at + 1] != b"\xff":
            raise ValueError("not a marker")
        marker = data[at + 1]
        if marker == 0xFF:  # fill bytes
            at += 1
            continue
        end = at + 2
        if marker not in _ALONE:
            end += max(2, int.from_bytes(data[at + 2 : at + 4]))
        if end > len(data):
            raise ValueError("cut off")
        yield marker, at, end
        if marker == START_OF_SCAN:
            return
        at = end


def is_one_scan(data: bytes, components: int) -> bool:
    """Whether all of a JPEG's pixels come in one pass, so that few are in memory at a time."""
    try:
        *_, (_, start, _) = segments(data)
        return data[start + 4] == components
    except (ValueError, IndexError):
        return False
