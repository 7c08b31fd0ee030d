"""What a photo's own file says: who is in it, as a photo program has noted it there."""

import hashlib
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from lichtbrief.media.bounds import MILLION, MOST_MEGAPIXELS, Bounds
from lichtbrief.media.original import open_original, read_original
from lichtbrief.media.xmp import MOST_BYTES, Box, Noted, Packet, XmpError, read_packet

_ORIENTATION = 0x0112
_MAIN = b"http://ns.adobe.com/xap/1.0/\0"
_MORE = b"http://ns.adobe.com/xmp/extension/\0"
_GUID = 32
_IN_PNG = b"XML:com.adobe.xmp\0"
_ANYWHERE = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class InFile:
    """Whom the file names, each once, their boxes in the upright picture.

    Not `readable`: it may name somebody, and nobody knows whom.
    """

    noted: tuple[Noted, ...] = ()
    readable: bool = True


UNREADABLE = InFile(readable=False)

# What a school draws it must be able to hear: here no photo is too large.
ANY = Bounds(megapixels=MOST_MEGAPIXELS, memory=1_000_000)


def read_in_file(path: Path, sha256: str) -> InFile:
    """Whom the photo of this digest names; a file with other bytes by now is unreadable.

    A file that is no photo names nobody: it is refused where it is to be drawn.
    """
    try:
        bounds = replace(ANY, megabytes=path.stat().st_size // MILLION + 1)
        data = read_original(path, bounds)
        photo = open_original(data, path.suffix.lower(), bounds)
    except Exception:  # damaged files raise nearly everything
        return InFile()
    if hashlib.sha256(data).hexdigest() != sha256:
        return UNREADABLE
    with photo:
        try:
            return _named_in(photo, data)
        except Exception:  # whatever is wrong with it, it may have been a name
            return UNREADABLE


def _named_in(photo: Image.Image, data: bytes) -> InFile:
    found: dict[str, Noted] = {}
    for packet in map(read_packet, _packets(photo, data)):
        for noted in packet.noted:
            # digiKam writes everybody three times; the one with a box tells most.
            if noted.name not in found or found[noted.name].box is None:
                box = None if noted.box is None else _upright(noted.box, packet, photo)
                found[noted.name] = Noted(noted.name, box)
    return InFile(tuple(found.values()))


def _packets(photo: Image.Image, data: bytes) -> Iterator[bytes]:
    if photo.format in ("JPEG", "MPO"):
        yield from _in_jpeg(photo)
    elif photo.format == "PNG":
        yield from _in_png(data)
    elif photo.format == "GIF":
        yield from _ANYWHERE.findall(data)
    elif (packet := photo.info.get("xmp")) is not None:
        yield packet if isinstance(packet, bytes) else _from_numbers(packet)


def _from_numbers(packet: object) -> bytes:
    """A TIFF may hold its packet as text or as numbers."""
    if isinstance(packet, str):
        return packet.encode()
    try:
        return bytes(packet)  # type: ignore[call-overload, no-any-return] # else it raises
    except (TypeError, ValueError) as error:
        raise XmpError("of no known type") from error


def _in_jpeg(photo: Image.Image) -> Iterator[bytes]:
    """The packets of a JPEG: what did not fit into 64 KB stands in numbered parts behind."""
    parts: defaultdict[bytes, dict[int, bytes]] = defaultdict(dict)
    for marker, segment in getattr(photo, "applist", ()):
        if marker == "APP1" and segment.startswith(_MAIN):
            yield segment.removeprefix(_MAIN)
        elif marker == "APP1" and segment.startswith(_MORE):
            rest = segment.removeprefix(_MORE)
            head, chunk = rest[: _GUID + 8], rest[_GUID + 8 :]
            parts[head[: _GUID + 4]][int.from_bytes(head[_GUID + 4 :])] = chunk
    for head, chunks in parts.items():
        yield _joined(chunks, int.from_bytes(head[_GUID:]))


def _joined(chunks: dict[int, bytes], length: int) -> bytes:
    packet = b"".join(chunk for _, chunk in sorted(chunks.items()))
    starts = sorted(chunks)
    ends = [start + len(chunks[start]) for start in starts]
    if starts != [0, *ends[:-1]] or ends[-1] != length:
        raise XmpError("parts of it are missing")
    return packet


def _in_png(data: bytes) -> Iterator[bytes]:
    """The packets of a PNG, wherever they stand: some programs put them behind the pixels."""
    at = 8
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if kind == b"iTXt" and body.startswith(_IN_PNG):
            compressed = body[len(_IN_PNG) : len(_IN_PNG) + 1] == b"\1"
            text = body[len(_IN_PNG) + 2 :].split(b"\0", 2)[-1]
            yield _inflated(text) if compressed else text
        at += 12 + length


def _inflated(text: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(text, MOST_BYTES + 1)
    except zlib.error as error:
        raise XmpError("is compressed wrongly") from error


def _upright(box: Box, packet: Packet, photo: Image.Image) -> Box:
    """The box in the picture as it is shown; it refers to the picture as it is stored (MWG 5.9)."""
    turned = _orientation(photo)
    is_sideways = turned >= 5
    if is_sideways and packet.measured and _is_upright_already(packet.measured, photo):
        return box
    left, top, width, height = box.left, box.top, box.width, box.height
    right, bottom = 1 - left - width, 1 - top - height
    left, top = {
        1: (left, top), 2: (right, top), 3: (right, bottom), 4: (left, bottom),
        5: (top, left), 6: (bottom, left), 7: (bottom, right), 8: (top, right),
    }[turned]  # fmt: skip
    return Box(left, top, height, width) if is_sideways else Box(left, top, width, height)


def _orientation(photo: Image.Image) -> int:
    """How the stored picture is to be turned, 1 to 8 (EXIF); of a HEIC, how it was turned."""
    try:
        # Of a TIFF and a HEIC, EXIF says upright by now: they are turned when they are opened.
        turned = photo.info.get("original_orientation") or photo.getexif().get(_ORIENTATION, 1)
    except (ValueError, SyntaxError, OSError, TypeError):
        return 1
    return turned if turned in range(1, 9) else 1


def _is_upright_already(measured: tuple[float, float], photo: Image.Image) -> bool:
    """Some programs measure in the turned picture, and say so by the size they measured."""
    width, height = photo.size
    if photo.format not in ("HEIF", "TIFF"):
        width, height = height, width
    return (measured[0] > measured[1]) == (width > height) and measured[0] != measured[1]
