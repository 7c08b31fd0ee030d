"""Awkward files, made here: what a school's computers may hold under the name of a photo."""

import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from pillow_heif import from_pillow

from tests.media.drawing import exif, save

FORMATS = ("jpg", "heic", "png", "webp", "avif", "tif", "gif")
MAGIC = {
    "jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    "heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "webp": b"RIFF\x00\x10\x00\x00WEBPVP8 ",
    "avif": b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif",
    "tif": b"II*\x00\x08\x00\x00\x00",
    "gif": b"GIF89a\x20\x00\x20\x00",
}
Make = Callable[[Path], Path]
SIZE = (520, 400)


def noise(size: tuple[int, int] = SIZE, mode: str = "RGB") -> Image.Image:
    """A picture in which no two places are alike, so that copied bytes would be seen."""
    width, height = size
    pixels = random.Random(1).randbytes(3 * width * height)
    return Image.frombytes("RGB", size, pixels).convert(mode)


def _saved(name: str, mode: str = "RGB", size: tuple[int, int] = SIZE, **options: object) -> Make:
    return lambda folder: save(folder / name, noise(size, mode), **options)


def _cut(kind: str, part: float) -> Make:
    def make(folder: Path) -> Path:
        photo = save(folder / f"half.{kind}", noise())
        data = photo.read_bytes()
        photo.write_bytes(data[: int(len(data) * part)])
        return photo

    return make


def _sector(fill: bytes) -> Make:
    """A JPEG of which one sector of the card was lost."""

    def make(folder: Path) -> Path:
        photo = save(folder / "sector.jpg", noise())
        data = photo.read_bytes()
        at = len(data) // 2
        photo.write_bytes(data[:at] + fill + data[at + len(fill) :])
        return photo

    return make


def _bytes(name: str, data: bytes) -> Make:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return make


def _followed(name: str, data: bytes, **options: object) -> Make:
    """A whole photo with other bytes behind it."""

    def make(folder: Path) -> Path:
        photo = save(folder / name, noise(), **options)
        photo.write_bytes(photo.read_bytes() + data)
        return photo

    return make


def _link(folder: Path) -> Path:
    (folder / "post").mkdir()
    (folder / "post/link.jpg").symlink_to(save(folder / "elsewhere.jpg", noise()))
    return folder / "post/link.jpg"


def _phone(name: str, size: tuple[int, int], **options: object) -> Make:
    """A photo of a phone with very many pixels, quickly made: one square over and over."""

    def make(folder: Path) -> Path:
        square = noise((1000, 1000), "L")
        whole = Image.new("L", size)
        for x in range(0, size[0], 1000):
            for y in range(0, size[1], 1000):
                whole.paste(square, (x, y))
        return save(folder / name, whole, **options)

    return make


def _heic(name: str, **options: object) -> Make:
    """A HEIC or AVIF that a phone wrote: a smaller picture of the same travels inside."""

    def make(folder: Path) -> Path:
        whole = from_pillow(noise())
        whole.save(folder / name, **options)
        return folder / name

    return make


def _fax(folder: Path) -> Path:
    """A white sheet of 900 million pixels, in a few bytes."""
    return save(folder / "a.tif", Image.new("1", (30_000, 30_000), 1), compression="group4")


def _chunk(name: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + check


def png(
    width: int, height: int, pixels: bytes = bytes(999), deep: bool = False, more: bytes = b""
) -> bytes:
    """A PNG in colour, of 16 bits when `deep`; by itself a few bytes that promise a picture."""
    bits = 16 if deep else 8
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, 2, 0, 0, 0))
    packed = _chunk(b"IDAT", zlib.compress(pixels))
    return MAGIC["png"][:8] + header + more + packed + _chunk(b"IEND", b"")


def _deep_png() -> bytes:
    """A PNG of three times 16 bits."""
    width, height = SIZE
    line = b"\0" + random.Random(3).randbytes(6 * width)
    return png(width, height, line * height, deep=True)


def _larger(name: str, mark: bytes, skip: int) -> Make:
    """A picture whose head promises 40,000 by 40,000 pixels in the place behind `mark`."""

    def make(folder: Path) -> Path:
        photo = save(folder / name, noise())
        data = photo.read_bytes()
        at = data.index(mark) + len(mark) + skip
        photo.write_bytes(data[:at] + struct.pack(">II", 40_000, 40_000) + data[at + 8 :])
        return photo

    return make


_JPEG_BOMB = b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xdc\xff\xdc\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"
_GIF_BOMB = b"GIF89a" + b"\xff" * 4 + bytes(3) + b"," + bytes(4) + b"\xff" * 4 + b"\0"
_BEHIND = random.Random(7).randbytes(9000)
FILM = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + b"\0\0\x23\x30mdat" + _BEHIND
"""The beginning of a film, as phones hang one behind a photo."""

_SAMSUNG = FILM + b"\0\0\x30\x0aMotionPhoto_Data" + b"SEFH\x6b\0\0\0\x01\0\0\0SEFT"
_GOOGLE = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
    b' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
    b' xmlns:GCamera="http://ns.google.com/photos/1.0/camera/" GCamera:MotionPhoto="1"'
    b' GCamera:MicroVideoOffset="9032"/></rdf:RDF></x:xmpmeta>'
)

SHOWN: dict[str, Make] = {
    **{f"plain {kind}": _saved(f"plain.{kind}") for kind in FORMATS},
    **{f"turned {n}": _saved("turned.jpg", exif=exif(n)) for n in range(2, 10)},
    **{f"{mode} in png": _saved("mode.png", mode) for mode in ("1", "L", "P", "RGBA")},
    **{f"{mode} in tif": _saved("mode.tif", mode) for mode in ("1", "L", "CMYK", "RGBA")},
    **{f"{mode} in jpg": _saved("mode.jpg", mode) for mode in ("L", "CMYK", "YCbCr")},
    **{f"named {name!r}": _saved(name) for name in (
        "a b.jpg", "l'été \"x\".jpg", "..a..jpg", "a\nb.jpg", "🍁.jpg", "IMG_1.JPG", "-rf.jpg",
        "%2e%2e.png", "{0}.png", "x" * 200 + ".jpg",
    )},
    "progressive": _saved("a.jpg", progressive=True, quality=95),
    "restarts": _saved("a.jpg", restart_marker_rows=1),
    "grey and transparent": _saved("a.png", "LA"),
    "animated webp": _saved("a.webp", save_all=True, append_images=[noise()]),
    "lossless webp": _saved("a.webp", lossless=True),
    "burst of heic": _saved("a.heic", save_all=True, append_images=[noise((64, 64))]),
    "packed tif": _saved("a.tif", compression="tiff_lzw"),
    "jpeg in tif": _saved("a.tif", compression="jpeg"),
    "12 million pixels": _phone("IMG_2.JPG", (4_000, 3_000)),
    "108 million pixels": _phone("IMG_3.JPG", (12_000, 9_000), quality=40),
    "200 million pixels": _phone("IMG_4.JPG", (16_320, 12_240), quality=40),
    "progressive of 24 million pixels": _phone("a.jpg", (6_000, 4_000), progressive=True),
    "two pictures of a phone": _saved("a.jpg", format="MPO", save_all=True,
                                      append_images=[noise((64, 64))]),
    "16 bits of colour": _bytes("a.png", _deep_png()),
    "16 bits of grey": _saved("a.png", "I;16"),
    "thumbnail in heic": _heic("IMG_5.HEIC", thumbnails=[64]),
    "several pages": _saved("a.tif", save_all=True, append_images=[noise((64, 64))]),
    "profile of another kind": _saved("a.jpg", icc_profile=b"no profile" * 99),
    "one pixel": _saved("a.png", size=(1, 1)),
    "a line": _saved("a.jpg", size=(1, 20_000)),
    "a lying line": _saved("a.png", size=(20_000, 1)),
    "film behind it, by Samsung": _followed("a.jpg", _SAMSUNG),
    "film behind it, by Google": _followed("PXL_1.MP.jpg", FILM, xmp=_GOOGLE),
    "film behind heic": _followed("a.heic", FILM),
    "film behind png": _followed("a.png", _BEHIND),
}  # fmt: skip
"""Files that must be shown, by what is awkward about them."""

REFUSED: dict[str, Make] = {
    **{f"{part:.0%} of {kind}": _cut(kind, part) for kind in FORMATS for part in (0.1, 0.5, 0.9)},
    **{f"rubbish as {k}": _bytes(f"a.{k}", MAGIC[k] + _BEHIND) for k in FORMATS},
    "sector of zeros": _sector(bytes(4096)),
    "sector of another file": _sector(_BEHIND[:4096]),
    "empty": _bytes("a.heic", b""),
    "bomb of png": _bytes("a.png", png(40_000, 40_000)),
    "more pixels than there is room for": _bytes("a.png", png(8_000, 8_000)),
    "bomb of heic": _larger("a.heic", b"ispe", 4),
    "bomb of avif": _larger("a.avif", b"ispe", 4),
    "bomb of webp": _bytes("a.webp", b"RIFF\x20\0\0\0WEBPVP8L\x14\0\0\0\x2f" + b"\xff" * 19),
    "bomb of tif": _fax,
    "bomb of text in png": _bytes("a.png", png(20, 20, more=_chunk(
        b"zTXt", b"a\0\0" + zlib.compress(bytes(20_000_000))))),
    "bomb of gif": _bytes("a.gif", _GIF_BOMB),
    "bomb of jpg": _bytes("a.jpg", _JPEG_BOMB),
    "page": _bytes("a.jpg", b"<!doctype html><script>alert(1)</script>"),
    "link": _link,
}  # fmt: skip
"""Files that must be left out, in words."""
