"""The segments of a JPEG (ITU-T T.81, annex B), and a JPEG with nothing in them but a picture."""

import re
from collections.abc import Iterator

SOI = b"\xff\xd8"
END, START_OF_SCAN, COMMENT = 0xD9, 0xDA, 0xFE
_ALONE = frozenset({0x01, *range(0xD0, 0xD8), END})  # markers that nothing belongs to
_APPLICATION = range(0xE0, 0xF0)
_AFTER_PIXELS = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Each segment's marker, and where it begins and ends; a scan's pixels belong to its header.

    Raises ValueError when this is no JPEG, or one that ends before its pixels.
    """
    if not data.startswith(SOI):
        raise ValueError("not a JPEG")
    at, marker = 2, 0
    while marker != END and at < len(data):
        if data[at : at + 1] != b"\xff" or at + 2 > len(data):
            raise ValueError("not a marker")
        marker = data[at + 1]
        if marker == 0xFF:  # fill bytes
            at += 1
            continue
        end = at + 2
        if marker not in _ALONE:
            end += max(2, int.from_bytes(data[at + 2 : at + 4]))
        if marker == START_OF_SCAN:
            after = _AFTER_PIXELS.search(data, end)
            end = after.start() if after else len(data)
        if end > len(data):
            raise ValueError("cut off")
        yield marker, at, end
        at = end


def is_one_scan(data: bytes, components: int) -> bool:
    """Whether all of a JPEG's pixels come in one pass, so that few are in memory at a time."""
    try:
        for marker, start, _ in segments(data):
            if marker == START_OF_SCAN:
                return data[start + 4] == components
    except (ValueError, IndexError):
        pass
    return False


def without_notes(data: bytes) -> bytes:
    """The same picture, bit for bit, without notes, thumbnails and what lies behind it.

    Its colour profile stays. Raises ValueError when this is no JPEG.
    """
    kept = (data[start:end] for _, start, end in segments(data))
    return SOI + b"".join(segment for segment in kept if _is_needed(segment))


def _is_needed(segment: bytes) -> bool:
    """Of the segments of applications: JFIF without a thumbnail, profiles, and Adobe's colours."""
    if segment[1] not in _APPLICATION:
        return segment[1] != COMMENT
    body = segment[4:]
    is_plain_jfif = body.startswith(b"JFIF\0") and len(segment) == 18
    return is_plain_jfif or body.startswith((b"ICC_PROFILE\0", b"Adobe\0"))
