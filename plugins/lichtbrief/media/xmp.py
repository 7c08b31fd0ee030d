"""XMP: the packet in a photo in which photo programs note who is in it, and where.

Read are IPTC's PersonInImage and PersonInImageWDetails, the Metadata Working Group's face regions
(digiKam, Lightroom, Picasa) and Microsoft's. RDF writes one value in several ways, as an attribute,
an element or a structure, so every property is looked for in each of them.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

MOST_BYTES = 16_000_000
"""Of one packet: phones put whole depth maps into theirs, and nobody's names take more."""

MOST_NAMES = 1000
LONGEST_NAME = 200

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
IPTC = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
MWG = "{http://www.metadataworkinggroup.com/schemas/regions/}"
AREA = "{http://ns.adobe.com/xmp/sType/Area#}"
SIZE = "{http://ns.adobe.com/xap/1.0/sType/Dimensions#}"
MICROSOFT = "{http://ns.microsoft.com/photo/1.2/t/Region#}"

# Without any of these a packet names nobody, and most packets need not be parsed.
_HINTS = (b"PersonInImage", b"PersonDisplayName", b"metadataworkinggroup")
_NO_PERSON = frozenset({"pet", "focus", "barcode"})
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class XmpError(ValueError):
    """The packet may name somebody, but what it says cannot be understood."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture in fractions of its width and height: left, top, width, height."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Noted:
    """Somebody whom a photo program has named, and where, if it says so."""

    name: str = field(repr=False)
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Packet:
    """Whom a packet names; `measured` is the size (w, h) that its boxes refer to, if told."""

    noted: tuple[Noted, ...] = ()
    measured: tuple[float, float] | None = None


def read_packet(packet: bytes) -> Packet:
    """Everybody whom one packet names, in the order of the packet.

    Raises `XmpError` for a packet that may name somebody and is broken, declares entities
    (which expand without bound) or is too large.
    """
    if not any(hint in packet.replace(b"\0", b"") for hint in _HINTS):
        return Packet()
    if len(packet) > MOST_BYTES:
        raise XmpError("too large")
    try:
        root = fromstring(_trimmed(packet), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise XmpError("broken") from error
    noted = tuple(_everybody(root))
    if len(noted) > MOST_NAMES:
        raise XmpError("too many names")
    return Packet(noted, _measured(root))


def _trimmed(packet: bytes) -> bytes:
    return packet if packet.startswith(_UTF16) else packet.strip(b"\0 \t\r\n")


def _everybody(root: Element) -> Iterator[Noted]:
    for element in root.iter():
        for name in _listed(element):
            yield Noted(name)
        name = _value(element, f"{MWG}Name")
        if name and _value(element, f"{MWG}Type").casefold() not in _NO_PERSON:
            yield Noted(name, _area(element))
        if name := _value(element, f"{MICROSOFT}PersonDisplayName"):
            yield Noted(name, _rectangle(_value(element, f"{MICROSOFT}Rectangle")))


def _listed(element: Element) -> Iterator[str]:
    """The names in IPTC's lists; some programs write several into one item."""
    if element.tag == f"{IPTC}PersonInImage":
        found = [_words(item) for item in element.iter(f"{RDF}li")] or [_words(element)]
    elif element.tag == f"{IPTC}PersonName":  # one name, perhaps in several languages
        found = [_words(next(element.iter(f"{RDF}li"), element))]
    else:
        found = [element.get(f"{IPTC}{name}", "") for name in ("PersonInImage", "PersonName")]
    for text in found:
        yield from filter(None, (name.strip()[:LONGEST_NAME] for name in re.split(r"[;\n]", text)))


def _value(element: Element, name: str) -> str:
    """A simple property of a structure, as an attribute or as an element; empty without it."""
    text = element.get(name)
    if text is None:
        child = element.find(name)
        text = "" if child is None else _words(child)
    return text.strip()[:LONGEST_NAME]


def _words(element: Element) -> str:
    return "".join(element.itertext())


def _structure(element: Element, name: str) -> list[Element]:
    """The elements in which the fields of a structure may stand."""
    return [part for found in element.findall(name) for part in (found, *found)]


def _area(region: Element) -> Box | None:
    """A region's box; its x and y are the middle (MWG guidelines 2.0, 5.9)."""
    for area in _structure(region, f"{MWG}Area"):
        if _value(area, f"{AREA}unit") in ("", "normalized"):
            x, y, width, height = (_number(_value(area, f"{AREA}{one}")) for one in "xywh")
            if box := _box(x - width / 2, y - height / 2, width, height):
                return box
    return None


def _rectangle(text: str) -> Box | None:
    numbers = [_number(one) for one in text.split(",")]
    return _box(*numbers) if len(numbers) == 4 else None


def _measured(root: Element) -> tuple[float, float] | None:
    for regions in root.iter(f"{MWG}AppliedToDimensions"):
        for size in (regions, *regions):
            width, height = _number(_value(size, f"{SIZE}w")), _number(_value(size, f"{SIZE}h"))
            if width > 0 and height > 0:
                return width, height
    return None


def _number(text: str) -> float:
    try:
        return float(text.strip())
    except ValueError:
        return math.nan


def _box(left: float, top: float, width: float, height: float) -> Box | None:
    """The box within the picture; None when there is nothing of it."""
    if not all(map(math.isfinite, (left, top, width, height))):
        return None
    right, bottom = min(left + width, 1.0), min(top + height, 1.0)
    left, top = max(left, 0.0), max(top, 0.0)
    return Box(left, top, right - left, bottom - top) if right > left and bottom > top else None
