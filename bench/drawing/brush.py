"""Paint and paper: a canvas in units of its own, soft light, and the noise of a camera.

A canvas is 1000 units high and `wide` units wide, whatever its pixels, so that one scene fits a
standing and a lying photo. Everything random comes from the generator that is passed in.
"""

import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int] | tuple[int, int, int, int]
Point = tuple[float, float]

LONG_EDGE = 2400  # pixels of the canvas: smooth edges at 1600, soft as a lens at 4032
TILE = 1024  # pixels of the square of noise that is laid side by side over a photo


class Canvas:
    """A picture being drawn; all lengths are thousandths of its height."""

    def __init__(self, size: tuple[int, int], rng: random.Random) -> None:
        shrink = LONG_EDGE / max(size)
        self.image = Image.new("RGB", (round(size[0] * shrink), round(size[1] * shrink)))
        self.pen = ImageDraw.Draw(self.image, "RGBA")
        self.rng = rng
        self._pixels = self.image.height / 1000
        self.wide = self.image.width / self._pixels

    def _scaled(self, *lengths: float) -> tuple[float, ...]:
        return tuple(length * self._pixels for length in lengths)

    def gradient(self, top: float, bottom: float, above: Colour, below: Colour) -> None:
        """A band over the whole width, running from one colour into another."""
        first, last = (round(edge) for edge in self._scaled(top, bottom))
        ramp = Image.linear_gradient("L").resize((self.image.width, last - first))
        band = Image.composite(
            Image.new("RGB", ramp.size, below), Image.new("RGB", ramp.size, above), ramp
        )
        self.image.paste(band, (0, first))

    def oval(self, x: float, y: float, rx: float, ry: float, fill: Colour) -> None:
        """An ellipse around a middle."""
        self.pen.ellipse(self._scaled(x - rx, y - ry, x + rx, y + ry), fill)

    def box(self, x: float, y: float, w: float, h: float, fill: Colour, round_: float = 0) -> None:
        """A rectangle from its top left corner, its own corners rounded if asked."""
        self.pen.rounded_rectangle(self._scaled(x, y, x + w, y + h), round_ * self._pixels, fill)

    def shape(self, points: Sequence[Point], fill: Colour) -> None:
        """A polygon."""
        self.pen.polygon([self._scaled(*point) for point in points], fill)

    def stroke(self, points: Sequence[Point], width: float, fill: Colour) -> None:
        """A line with round ends and bends."""
        self.pen.line(
            [self._scaled(*point) for point in points],
            fill,
            max(1, round(width * self._pixels)),
            "curve",
        )
        for x, y in (points[0], points[-1]):
            self.oval(x, y, width / 2, width / 2, fill)

    def bow(
        self, box: tuple[float, float, float, float], start: int, end: int, width: float, c: Colour
    ) -> None:
        """A part of an ellipse's rim, in degrees clockwise from three o'clock."""
        self.pen.arc(self._scaled(*box), start, end, c, max(1, round(width * self._pixels)))

    def dome(self, x: float, y: float, rx: float, ry: float, fill: Colour) -> None:
        """The upper half of an ellipse, standing on its middle."""
        self.pen.pieslice(self._scaled(x - rx, y - ry, x + rx, y + ry), 180, 360, fill)

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float) -> None:
        """Light around a point, fading to nothing at the radius; strength from 0 to 1."""
        half = round(radius * self._pixels)
        left, top = (round(edge) - half for edge in self._scaled(x, y))
        # Pillow's gradient is 180 at the middle of each side, 255 only in the corners.
        fade = Image.radial_gradient("L").point(
            lambda v: round(max(0, 180 - v) / 180 * 255 * strength)
        )
        mask = fade.resize((2 * half, 2 * half), Image.Resampling.BICUBIC)
        self.image.paste(Image.new("RGB", mask.size, colour), (left, top), mask)

    def spread(self, count: int, margin: float = 0.14, jitter: float = 0.2) -> list[float]:
        """Places from left to right for a number of things, not quite evenly."""
        step = self.wide * (1 - 2 * margin) / max(count, 1)
        return [
            self.wide * margin + step * (i + 0.5 + self.rng.uniform(-jitter, jitter))
            for i in range(count)
        ]

    def somewhere(self, top: float, bottom: float) -> Point:
        """A place anywhere between two heights."""
        return self.rng.uniform(0, self.wide), self.rng.uniform(top, bottom)


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """A colour between two: `share` of the other, from 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one[:3], other[:3], strict=True))
    return red, green, blue


def _noise(rng: random.Random, size: tuple[int, int]) -> Image.Image:
    return Image.frombytes("L", size, rng.randbytes(size[0] * size[1]))


def _grey(noise: Image.Image) -> Image.Image:
    return Image.merge("RGB", (noise, noise, noise))


def paper(image: Image.Image, rng: random.Random) -> Image.Image:
    """The picture as if painted on rough paper: clouds of light in three sizes, darker corners."""
    clouds = Image.new("L", image.size, 128)
    for cells, share in ((5, 0.3), (40, 0.25), (300, 0.3)):
        patch = _noise(rng, (cells, max(1, cells * image.height // image.width)))
        clouds = Image.blend(clouds, patch.resize(image.size, Image.Resampling.BILINEAR), share)
    lit = ImageChops.soft_light(image, _grey(clouds))
    corners = Image.radial_gradient("L").point(lambda v: max(0, v - 120) // 3)
    return Image.composite(Image.new("RGB", image.size), lit, corners.resize(image.size))


def grain(image: Image.Image, rng: random.Random, strength: float) -> Image.Image:
    """The picture with a camera's noise; strength is about the standard deviation in grey levels.

    Pillow's own `effect_noise` takes no seed, so the noise is made from the generator's bytes.
    """
    tile = ImageChops.add(_noise(rng, (TILE, TILE)), _noise(rng, (TILE, TILE)), 2)
    factor = strength / 30  # what is left of two averaged layers after the slight blur
    soft = tile.filter(ImageFilter.GaussianBlur(0.5)).point(
        lambda v: round(128 + (v - 128) * factor)
    )
    sheet = Image.new("L", image.size)
    for left in range(-rng.randrange(TILE), image.width, TILE):
        for top in range(-rng.randrange(TILE), image.height, TILE):
            sheet.paste(soft, (left, top))
    return ImageChops.add(image, _grey(sheet), 1, -128)
