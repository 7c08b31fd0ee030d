"""A PNG (ISO 15948) with nothing in it but its picture."""

import struct

MAGIC = b"\x89PNG\r\n\x1a\n"
_PICTURE = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB", b"sBIT"}
_PICTURE |= {b"pHYs", b"bKGD"}


def without_text(data: bytes) -> bytes:
    """The same picture, bit for bit, without notes and what lies behind it.

    Raises ValueError when this is no PNG, or one that is cut off.
    """
    if not data.startswith(MAGIC):
        raise ValueError("not a PNG")
    kept, at, name = [MAGIC], len(MAGIC), b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + length + 12
        if end > len(data):
            raise ValueError("cut off")
        if name in _PICTURE:
            kept.append(data[at:end])
        at = end
    return b"".join(kept)
