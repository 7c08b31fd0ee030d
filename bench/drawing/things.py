"""What a school stands among and is full of: trees, houses, tables, windows, lanterns."""

from collections.abc import Sequence

from bench.drawing.brush import Canvas, Colour, mixed
from bench.drawing.figures import CLOTHES, INK, WHITE

AUTUMN: tuple[Colour, ...] = (
    (204, 104, 40), (226, 158, 48), (176, 66, 38), (236, 190, 84), (142, 82, 44), (158, 142, 56),
)  # fmt: skip  # a palette reads as a row
WOOD: Colour = (178, 128, 82)
BARK: Colour = (92, 68, 54)
BRICK: Colour = (176, 98, 76)


def scatter(
    c: Canvas, count: int, top: float, bottom: float, colours: Sequence[Colour], size: float
) -> None:
    """Leaves, pebbles, petals: small ovals all over a band, larger when nearer."""
    for _ in range(count):
        x, y = c.somewhere(top, bottom)
        near = 0.4 + 0.8 * (y - top) / (bottom - top)
        colour = mixed(c.rng.choice(colours), INK, c.rng.uniform(0, 0.3))
        c.oval(x, y, size * near * c.rng.uniform(0.6, 1.3), size * near * 0.5, colour)


def blades(c: Canvas, count: int, top: float, bottom: float, colour: Colour) -> None:
    """Grass: short upright strokes all over a band."""
    for _ in range(count):
        x, y = c.somewhere(top, bottom)
        shade = mixed(colour, c.rng.choice((INK, (240, 236, 150))), c.rng.uniform(0, 0.35))
        c.stroke([(x, y), (x + c.rng.uniform(-6, 6), y - c.rng.uniform(8, 20))], 2.5, shade)


def cloud(c: Canvas, x: float, y: float, size: float) -> None:
    """A fair-weather cloud."""
    for _ in range(26):
        dx, dy = c.rng.gauss(0, 0.75), abs(c.rng.gauss(0, 0.28))
        puff = size * c.rng.uniform(0.2, 0.42) * max(0.4, 1 - abs(dx) / 2)
        c.oval(x + dx * size, y - dy * size, puff, puff * 0.8, (255, 255, 255, 70))


def tree(c: Canvas, x: float, foot: float, tall: float, colours: Sequence[Colour]) -> None:
    """A broad-leaved tree: a trunk with branches and a crown of many dabs."""
    c.stroke([(x, foot), (x + tall * 0.01, foot - tall * 0.55)], tall * 0.07, BARK)
    for dx in (-0.18, 0.16):
        c.stroke([(x, foot - tall * 0.4), (x + dx * tall, foot - tall * 0.66)], tall * 0.03, BARK)
    for i in range(220):
        dx, dy = c.rng.gauss(0, 0.15), c.rng.gauss(0, 0.12)
        colour = mixed(c.rng.choice(colours), INK if dy > 0 else WHITE, c.rng.uniform(0, 0.22))
        dab = tall * c.rng.uniform(0.02, 0.055) * (1.4 if i < 60 else 1)
        c.oval(x + dx * tall, foot - tall * 0.74 + dy * tall, dab, dab * 0.9, colour)


def house(
    c: Canvas, x: float, foot: float, w: float, tall: float, wall: Colour, *, lit: bool = False
) -> None:
    """A brick house with a gable, seen from the street; `lit` has light behind its windows."""
    top = foot - tall
    c.box(x, top, w, tall, wall)
    bricks(c, x, top, w, tall, mixed(wall, INK, 0.14))
    roof = mixed(wall, (70, 52, 60), 0.65)
    c.shape([(x - w * 0.06, top), (x + w / 2, top - w * 0.5), (x + w * 1.06, top)], roof)
    glass: Colour = (255, 214, 120) if lit else (170, 206, 220)
    for column in (0.16, 0.58):
        for row in (0.14, 0.52):
            window(c, x + w * column, top + tall * row, w * 0.26, tall * 0.24, glass)


def bricks(c: Canvas, x: float, y: float, w: float, h: float, joint: Colour) -> None:
    """The joints of a wall."""
    for row in range(int(h / 14) + 1):
        line = y + row * 14
        c.stroke([(x, line), (x + w, line)], 1.5, joint)
        for column in range(int(w / 34)):
            brick = x + column * 34 + (17 if row % 2 else 0)
            c.stroke([(brick, line), (brick, min(line + 14, y + h))], 1.5, joint)


def window(c: Canvas, x: float, y: float, w: float, h: float, glass: Colour) -> None:
    """A window with a white frame and one cross."""
    c.box(x, y, w, h, WHITE, 3)
    edge = min(w, h) * 0.07
    c.box(x + edge, y + edge, w - 2 * edge, h - 2 * edge, glass)
    top, foot = y + edge, y + h - edge
    gleam = [(x + w * 0.2, foot), (x + w * 0.5, top), (x + w * 0.7, top), (x + w * 0.4, foot)]
    c.shape(gleam, (255, 255, 255, 60))
    c.stroke([(x + w / 2, y), (x + w / 2, y + h)], edge * 0.7, WHITE)
    c.stroke([(x, y + h / 2), (x + w, y + h / 2)], edge * 0.7, WHITE)


def room(c: Canvas, wall: Colour, floor: Colour, skirting: float = 620) -> None:
    """A room: a wall, a floor of boards running away from us, and daylight from one side."""
    c.gradient(0, skirting, mixed(wall, WHITE, 0.25), wall)
    c.gradient(skirting, 1000, mixed(floor, INK, 0.12), mixed(floor, WHITE, 0.2))
    middle = c.wide / 2
    for board in range(-14, 15):
        far, near = middle + board * c.wide / 16, middle + board * c.wide / 7
        c.stroke([(far, skirting), (near, 1000)], 2, (*mixed(floor, INK, 0.35), 120))
    c.box(0, skirting - 14, c.wide, 16, mixed(wall, WHITE, 0.6))
    c.glow(c.wide * 0.2, 260, 620, (255, 246, 214), 0.4)


def table(c: Canvas, y: float, wood: Colour = WOOD) -> None:
    """A long table nearest to us, its top filling the foot of the picture."""
    c.gradient(y, 1000, mixed(wood, WHITE, 0.25), wood)
    for _ in range(140):
        x, line = c.somewhere(y + 4, 1000)
        grain = (*mixed(wood, INK, c.rng.uniform(0.1, 0.4)), 90)
        c.stroke([(x, line), (x + c.rng.uniform(40, 240), line + c.rng.uniform(-3, 3))], 2, grain)
    c.box(0, y - 4, c.wide, 10, mixed(wood, WHITE, 0.55))


def bunting(c: Canvas, y: float) -> None:
    """A string of little flags from wall to wall."""
    flags = max(6, round(c.wide / 90))
    for i in range(flags):
        left, right = c.wide * i / flags, c.wide * (i + 1) / flags
        sag = 60 * (1 - (2 * (i + 0.5) / flags - 1) ** 2)
        tip = ((left + right) / 2, y + sag + 70)
        c.shape([(left + 8, y + sag), (right - 8, y + sag), tip], c.rng.choice(CLOTHES))
        c.stroke([(left, y + sag), (right, y + sag)], 3, WHITE)


def shelf(c: Canvas, x: float, y: float, w: float, h: float, rows: int = 3) -> None:
    """A bookcase full of books."""
    c.box(x, y, w, h, mixed(WOOD, INK, 0.2), 6)
    for row in range(rows):
        floor = y + h * (row + 1) / rows - 10
        c.box(x + 10, y + h * row / rows + 10, w - 20, h / rows - 20, mixed(WOOD, INK, 0.55))
        place = x + 14.0
        while place < x + w - 34:
            thick, tall = c.rng.uniform(9, 20), h / rows * c.rng.uniform(0.55, 0.8)
            c.box(place, floor - tall, thick, tall, mixed(c.rng.choice(CLOTHES), INK, 0.1), 2)
            c.box(place, floor - tall * 0.75, thick, 6, mixed(WHITE, WOOD, 0.3))
            place += thick + 1.5


def lantern(c: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    """A paper lantern with a light in it, hanging from a stick's end at (x, y)."""
    middle = y + size * 0.9
    c.stroke([(x, y), (x, middle - size * 0.6)], size * 0.05, INK)
    c.glow(x, middle, size * 3.2, (255, 208, 110), 0.55)
    c.oval(x, middle, size * 0.6, size * 0.7, colour)
    c.glow(x, middle, size * 0.75, (255, 244, 190), 0.8)
    for rib in (0, size * 0.42):
        oval = (x - rib, middle - size * 0.7, x + rib, middle + size * 0.7)
        c.bow(oval, 0, 360, size * 0.025, mixed(colour, INK, 0.3))
    for edge in (-0.68, 0.6):
        c.box(x - size * 0.22, middle + size * edge, size * 0.44, size * 0.1, INK, size * 0.03)


def board(c: Canvas) -> None:
    """A green board with four lines of writing."""
    left, w = c.wide * 0.24, c.wide * 0.52
    c.box(left - 14, 110, w + 28, 330, mixed(WOOD, WHITE, 0.2), 8)
    c.box(left, 124, w, 302, (58, 92, 80))
    for row in range(4):
        y = 180 + row * 62
        end = left + w * c.rng.uniform(0.5, 0.85)
        chalk = [
            (left + 40 + i * 16, y + c.rng.uniform(-7, 7)) for i in range(int((end - left) / 16))
        ]
        c.stroke(chalk, 5, (240, 240, 226, 210))


def works(c: Canvas, top: float) -> None:
    """Children's paintings on the wall."""
    for i, x in enumerate((0.04, 0.13, 0.83, 0.91)):
        c.box(c.wide * x, top + i % 2 * 130, 92, 112, WHITE, 3)
        for _ in range(7):
            spot = (c.wide * x + c.rng.uniform(18, 74), top + i % 2 * 130 + c.rng.uniform(20, 92))
            c.oval(*spot, 13, 10, (*c.rng.choice(CLOTHES)[:3], 200))
