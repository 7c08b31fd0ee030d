"""Scenes in the classroom; each takes a canvas and the number of people in it."""

from bench.drawing.brush import Canvas, Colour, mixed
from bench.drawing.figures import CLOTHES, INK, WHITE, Look, children, person
from bench.drawing.things import (
    WOOD,
    board,
    bunting,
    room,
    scatter,
    shelf,
    table,
    window,
    works,
)

CREAM: Colour = (236, 222, 188)
MINT: Colour = (190, 214, 196)
SKY: Colour = (176, 212, 230)
FLOOR: Colour = (196, 152, 104)


def classroom(c: Canvas, people: int) -> None:
    """A board full of writing; somebody stands in front of it, heads of listeners before us."""
    room(c, CREAM, FLOOR)
    board(c)
    works(c, 150)
    bunting(c, 20)
    if people:
        person(c, c.wide * 0.5, 720, 400, Look.any(c.rng), "wave")
    children(c, people - 1, 1080, 400, "still", behind=True)


def map_(c: Canvas, people: int) -> None:
    """A large wall map of an invented land, with somebody pointing at it."""
    room(c, MINT, FLOOR)
    left, w = c.wide * 0.2, c.wide * 0.6
    c.box(left, 60, w, 430, WHITE, 6)
    c.box(left + 14, 74, w - 28, 402, (160, 206, 224))
    for i in range(60):
        x, y = left + w * c.rng.gauss(0.5, 0.13), 270 + c.rng.gauss(0, 70)
        c.oval(x, y, 46, 34, ((168, 194, 110), (196, 204, 120), (220, 192, 120))[i % 3])
    river = [(left + w * (0.25 + i * 0.055), 210 + (i * 71) % 60 + i * 14) for i in range(10)]
    c.stroke(river, 7, (86, 150, 196))
    for _ in range(7):
        x, y = left + w * c.rng.gauss(0.5, 0.12), 270 + c.rng.gauss(0, 60)
        c.oval(x, y, 8, 8, (190, 52, 46))
    children(c, people, 900, 420, "wave", "hold", "still")


def circle(c: Canvas, people: int) -> None:
    """A whole class in a half circle on the carpet, each with a lantern in front."""
    room(c, (240, 214, 170), FLOOR, 520)
    window(c, c.wide * 0.08, 90, 220, 240, SKY)
    shelf(c, c.wide * 0.66, 190, c.wide * 0.26, 320)
    bunting(c, 24)
    c.oval(c.wide / 2, 830, c.wide * 0.44, 150, (92, 142, 158))
    c.oval(c.wide / 2, 830, c.wide * 0.4, 130, (120, 170, 176))
    back = people // 2
    for row, count, foot in ((0, back, 700), (1, people - back, 850)):
        for x in c.spread(count, 0.1 - row * 0.04, 0.05):
            person(c, x, foot, 270 + row * 20, Look.any(c.rng), ("still", "reach")[row])
    for x in c.spread(people, 0.12, 0.1):
        c.glow(x, 925, 70, (255, 214, 120), 0.7)
        c.oval(x, 925, 26, 30, c.rng.choice(CLOTHES))
        c.box(x - 10, 890, 20, 8, INK)


def crafts(c: Canvas, people: int) -> None:
    """A table with paper, paint pots and scissors; those who work stand behind it."""
    room(c, CREAM, FLOOR)
    works(c, 120)
    window(c, c.wide * 0.36, 70, c.wide * 0.28, 260, SKY)
    children(c, people, 790, 520, "reach", "hold")
    table(c, 650)
    for x in c.spread(7, 0.04):
        y = c.rng.uniform(760, 920)
        sheet = [(x, y), (x + 120, y - 24), (x + 140, y + 46), (x + 16, y + 70)]
        c.shape(sheet, c.rng.choice(CLOTHES))
    for i, x in enumerate(c.spread(6, 0.08)):
        c.box(x - 26, 690, 52, 66, WHITE, 8)
        c.oval(x, 694, 26, 9, CLOTHES[i])
        c.stroke([(x, 694), (x + 26, 610)], 7, WOOD)
    scatter(c, 160, 720, 1000, CLOTHES, 8)


def reading(c: Canvas, people: int) -> None:
    """A corner full of books with a carpet and cushions; everybody holds a book."""
    room(c, (232, 206, 170), FLOOR, 640)
    for part in (0.03, 0.36, 0.69):
        shelf(c, c.wide * part, 120, c.wide * 0.28, 470)
    c.oval(c.wide / 2, 860, c.wide * 0.42, 120, (150, 96, 116))
    for x in c.spread(5, 0.05):
        c.oval(x, 800 + c.rng.uniform(-20, 90), 90, 44, c.rng.choice(CLOTHES))
    for x in c.spread(people, jitter=0.05):
        person(c, x, 900, 420, Look.any(c.rng), "reach")
        cover = c.rng.choice(CLOTHES)
        for side in (-1, 1):
            page = (x + side * 86, 690), (x + side * 86, 606)
            c.shape([(x, 712), *page, (x, 628)], cover)
        c.stroke([(x, 712), (x, 628)], 5, mixed(cover, INK, 0.4))


def shop(c: Canvas, people: int) -> None:
    """A little shop for sums: a striped awning, a counter with fruit, price cards."""
    room(c, (230, 214, 190), FLOOR)
    for stripe in range(10):
        fill: Colour = (206, 74, 64) if stripe % 2 else WHITE
        above, below = 0.2 + stripe * 0.06, 0.155 + stripe * 0.07
        corners = ((above, 130), (above + 0.06, 130), (below + 0.07, 270), (below, 270))
        c.shape([(c.wide * x, y) for x, y in corners], fill)
    for post in (0.2, 0.8):
        c.stroke([(c.wide * post, 260), (c.wide * post, 720)], 14, WOOD)
    children(c, people, 800, 430, "hold", "wave")
    c.box(c.wide * 0.14, 700, c.wide * 0.72, 300, mixed(WOOD, WHITE, 0.15), 8)
    c.box(c.wide * 0.12, 680, c.wide * 0.76, 34, mixed(WOOD, INK, 0.2), 8)
    for crate, colour in enumerate(((198, 48, 44), (240, 170, 50), (120, 160, 70), (246, 214, 90))):
        left = c.wide * (0.18 + crate * 0.17)
        c.box(left, 770, c.wide * 0.14, 150, mixed(WOOD, INK, 0.35), 6)
        for _ in range(22):
            x, y = left + c.rng.uniform(0.1, 0.9) * c.wide * 0.14, c.rng.uniform(760, 830)
            c.oval(x, y, 21, 20, mixed(colour, WHITE, c.rng.uniform(0, 0.25)))
        c.box(left + 30, 862, c.wide * 0.07, 44, WHITE, 5)


def science(c: Canvas, people: int) -> None:
    """A sand volcano that foams over on a table, watched by everybody behind it."""
    room(c, (206, 218, 226), FLOOR)
    board(c)
    back = people // 2
    children(c, back, 740, 400, "wave", "still")
    children(c, people - back, 830, 430, "reach", "wave")
    table(c, 700)
    x = c.wide / 2
    c.shape([(x - 230, 920), (x - 60, 660), (x + 60, 660), (x + 230, 920)], (134, 96, 70))
    for _ in range(130):
        fall = c.rng.random()
        foam = (x + c.rng.uniform(-1, 1) * (46 + fall * 130), 640 + fall * 260)
        c.oval(*foam, 26, 20, mixed((226, 80, 50), (250, 190, 120), c.rng.random()))
    for glass in (0.14, 0.24, 0.78, 0.88):
        c.box(c.wide * glass, 760, 60, 120, (220, 236, 240, 170), 10)
        c.box(c.wide * glass + 6, 810, 48, 64, (*c.rng.choice(CLOTHES)[:3], 200), 8)


def bridge(c: Canvas, people: int) -> None:
    """A bridge of wooden sticks between two tables, builders behind it if any."""
    room(c, (220, 224, 214), FLOOR)
    works(c, 110)
    window(c, c.wide * 0.34, 60, c.wide * 0.32, 250, SKY)
    children(c, people, 780, 480, "hold", "reach")
    table(c, 670, (190, 150, 106))
    for side in (0.06, 0.7):
        for block in range(4):
            c.box(c.wide * side, 636 + block * 40, c.wide * 0.24, 38, CLOTHES[block * 2], 8)
    left, w, bays = c.wide * 0.24, c.wide * 0.52, 12
    stick = (226, 190, 138)
    for bay in range(bays):
        a, b = left + w * bay / bays, left + w * (bay + 1) / bays
        c.stroke([(a, 632), ((a + b) / 2, 540), (b, 632)], 9, stick)
        c.stroke(
            [((a + b) / 2, 540), (min(b + w / bays / 2, left + w), 540)], 9, mixed(stick, INK, 0.15)
        )
    c.stroke([(left, 632), (left + w, 632)], 12, mixed(stick, INK, 0.25))
    for _ in range(60):
        x, y = c.somewhere(830, 980)
        c.stroke([(x, y), (x + c.rng.uniform(-70, 70), y + c.rng.uniform(-24, 24))], 8, stick)
