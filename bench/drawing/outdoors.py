"""Scenes under the sky; each takes a canvas and the number of people in it."""

from bench.drawing.brush import Canvas, Colour, mixed
from bench.drawing.figures import CLOTHES, INK, WHITE, Look, children, person
from bench.drawing.things import (
    AUTUMN,
    BARK,
    BRICK,
    blades,
    bricks,
    cloud,
    house,
    lantern,
    scatter,
    tree,
    window,
)

GREENS: tuple[Colour, ...] = ((96, 140, 72), (124, 160, 84), (74, 118, 66))
ASPHALT: Colour = (168, 164, 160)


def _day(c: Canvas, horizon: float) -> None:
    c.gradient(0, horizon, (122, 178, 218), (226, 238, 240))
    for _ in range(3):
        cloud(c, c.rng.uniform(0, c.wide), c.rng.uniform(90, 240), c.rng.uniform(70, 130))


def _school(c: Canvas, foot: float) -> None:
    left, w = c.wide * 0.16, c.wide * 0.6
    c.box(left, foot - 330, w, 330, BRICK)
    bricks(c, left, foot - 330, w, 330, mixed(BRICK, WHITE, 0.25))
    c.box(left - 20, foot - 352, w + 40, 30, (96, 84, 88), 6)
    panes = max(3, round(w / 130))
    for i in range(panes):
        window(c, left + w * (i + 0.18) / panes, foot - 270, w / panes * 0.66, 120, (172, 210, 224))
    c.box(left + w * 0.42, foot - 130, w * 0.16, 130, (58, 110, 128), 6)
    c.box(left + w * 0.3, foot - 318, w * 0.4, 34, (246, 214, 110), 8)


def schoolyard(c: Canvas, people: int) -> None:
    """The school behind its yard, a tree, a climbing frame, a hopscotch on the ground."""
    _day(c, 570)
    _school(c, 570)
    c.gradient(560, 1000, mixed(ASPHALT, INK, 0.1), mixed(ASPHALT, WHITE, 0.2))
    scatter(c, 500, 580, 1000, (ASPHALT, (150, 146, 150), (190, 186, 180)), 7)
    tree(c, c.wide * 0.9, 640, 520, AUTUMN)
    for i in range(6):
        c.box(c.wide * 0.08 + i * 26, 880 - i * 44, 74 - i * 5, 36, (*CLOTHES[i], 170), 4)
    for leg in (0.1, 0.2, 0.3):
        c.stroke([(c.wide * leg, 660), (c.wide * 0.2, 470)], 11, (214, 88, 70))
    c.stroke([(c.wide * 0.135, 600), (c.wide * 0.265, 600)], 9, (236, 180, 70))
    scatter(c, 90, 620, 990, AUTUMN, 11)
    children(c, people, 860, 350, "run", "wave", "still", outdoors=True)


def football(c: Canvas, people: int) -> None:
    """A field with a goal and a ball."""
    _day(c, 490)
    for x in c.spread(7, 0.02):
        tree(c, x, 500, c.rng.uniform(220, 320), (*GREENS, *AUTUMN[:2]))
    c.gradient(480, 1000, (118, 158, 84), (142, 182, 92))
    blades(c, 1500, 500, 1000, (116, 156, 80))
    for line in ([(0, 700), (c.wide, 700)], [(0, 930), (c.wide, 960)]):
        c.stroke(line, 8, (250, 250, 240, 200))
    left, right = c.wide * 0.3, c.wide * 0.7
    for knot in range(12):
        net = left + (right - left) * knot / 11
        c.stroke([(net, 430), (net, 620)], 2, (255, 255, 255, 150))
        c.stroke([(left, 430 + knot * 17), (right, 430 + knot * 17)], 2, (255, 255, 255, 150))
    c.stroke([(left, 625), (left, 425), (right, 425), (right, 625)], 12, WHITE)
    children(c, people, 880, 360, "run", "wave", outdoors=True)
    c.oval(c.wide * 0.5, 900, 38, 38, WHITE)
    for dx, dy in ((0, 0), (-22, -18), (22, -16), (-14, 24), (16, 24)):
        c.oval(c.wide * 0.5 + dx, 900 + dy, 9, 9, INK)


def forest(c: Canvas, people: int) -> None:
    """A wood in autumn, light between the trunks, leaves all over the ground."""
    c.gradient(0, 620, (250, 224, 160), (214, 176, 104))
    c.glow(c.wide * 0.6, 300, 560, (255, 250, 220), 0.8)
    scatter(c, 600, 0, 560, [mixed(leaf, WHITE, 0.35) for leaf in AUTUMN], 20)
    for depth, pale in ((540, 0.5), (590, 0.28), (640, 0.05)):
        for x in c.spread(5, 0, 0.45):
            trunk = mixed(BARK, (240, 206, 140), pale)
            c.stroke([(x, depth), (x + c.rng.uniform(-20, 20), -20)], 54 - pale * 70, trunk)
            c.stroke([(x - 8, depth), (x - 6, 0)], 5, (*mixed(trunk, WHITE, 0.3), 120))
    c.gradient(620, 1000, (150, 92, 46), (176, 112, 52))
    scatter(c, 2000, 560, 1000, AUTUMN, 15)
    scatter(c, 500, 0, 240, AUTUMN, 16)
    children(c, people, 890, 400, "reach", "hold", "wave", outdoors=True)
    scatter(c, 160, 880, 1000, AUTUMN, 19)


def mushrooms(c: Canvas, people: int) -> None:
    """Red mushrooms with white dots, close by, among moss and leaves."""
    c.gradient(0, 620, (186, 170, 104), (112, 116, 70))
    for x in c.spread(6, 0, 0.4):
        c.stroke([(x, 640), (x, -20)], c.rng.uniform(40, 90), (*mixed(BARK, WHITE, 0.2), 150))
    c.glow(c.wide * 0.7, 200, 420, (255, 246, 200), 0.7)
    c.gradient(600, 1000, (92, 104, 52), (120, 96, 50))
    blades(c, 2200, 600, 1000, (110, 128, 60))
    scatter(c, 700, 640, 1000, AUTUMN, 20)
    for x, foot, size in ((0.3, 850, 190), (0.55, 920, 270), (0.76, 830, 150)):
        _mushroom(c, c.wide * x, foot, size * c.wide / 1050)
    scatter(c, 90, 880, 1000, AUTUMN, 30)
    children(c, people, 700, 300, "reach", outdoors=True)


def _mushroom(c: Canvas, x: float, foot: float, size: float) -> None:
    c.box(x - size * 0.14, foot - size * 0.9, size * 0.28, size * 0.95, (240, 228, 204), 30)
    c.oval(x, foot - size * 0.9, size * 0.56, size * 0.12, (222, 200, 168))
    c.dome(x, foot - size * 0.88, size * 0.62, size * 0.72, (196, 48, 40))
    for dx, dy, dot in (
        (-0.3, -1.1, 0.07),
        (0.05, -1.35, 0.09),
        (0.34, -1.08, 0.06),
        (0, -1.02, 0.06),
        (-0.14, -1.26, 0.05),
        (0.24, -1.28, 0.05),
    ):
        c.oval(x + dx * size, foot + dy * size, dot * size, dot * size * 0.8, WHITE)


def lanterns(c: Canvas, people: int) -> None:
    """A street in the evening; everybody carries a lantern."""
    c.gradient(0, 660, (22, 28, 66), (92, 70, 112))
    for _ in range(90):
        c.oval(*c.somewhere(0, 360), 2, 2, (255, 250, 220, 200))
    c.glow(c.wide * 0.82, 130, 130, (255, 246, 210), 0.7)
    c.oval(c.wide * 0.82, 130, 42, 42, (255, 246, 214))
    for x in c.spread(5, -0.05, 0.1):
        tall = c.rng.uniform(230, 320)
        house(c, x - 100, 650, c.wide * 0.19, tall, mixed(BRICK, (40, 34, 66), 0.6), lit=True)
    c.gradient(650, 1000, (50, 46, 74), (78, 66, 84))
    scatter(c, 900, 660, 1000, ((70, 62, 86), (96, 82, 94), (58, 52, 78)), 16)
    for i, x in enumerate(c.spread(people, jitter=0.08)):
        foot, tall = 880 + c.rng.uniform(-15, 25), 370 * c.rng.uniform(0.92, 1.05)
        person(c, x, foot, tall, Look.any(c.rng, outdoors=True), "hold")
        hand = (x + tall * 0.28, foot - tall * 0.6)
        c.stroke([hand, (hand[0] + 18, hand[1] - 60)], 6, (150, 112, 74))
        lantern(c, hand[0] + 18, hand[1] - 60, 52, CLOTHES[(i * 3 + 1) % len(CLOTHES)])


def lantern_close(c: Canvas, people: int) -> None:
    """One home-made lantern in the dark, from near by; nobody needs to carry it."""
    c.gradient(0, 1000, (20, 22, 54), (58, 40, 66))
    for _ in range(16):
        x, y = c.somewhere(100, 900)
        c.glow(x, y, c.rng.uniform(40, 110), c.rng.choice(CLOTHES), 0.35)
    c.stroke([(c.wide * 0.86, 60), (c.wide / 2, 150)], 14, (150, 112, 74))
    lantern(c, c.wide / 2, 150, 420, (236, 132, 58))
    for i in range(9):
        x = c.wide / 2 + (i % 3 - 1) * 120
        y = 440 + i // 3 * 110
        diamond = [(x, y - 40), (x + 34, y), (x, y + 40), (x - 34, y)]
        c.shape(diamond, (*CLOTHES[i][:3], 200))
    children(c, people, 960, 300, "hold", outdoors=True)


def sky(c: Canvas, people: int) -> None:
    """High clouds, geese in a row, flat land with a dike far below."""
    c.gradient(0, 820, (84, 152, 206), (232, 240, 236))
    for _ in range(7):
        cloud(c, c.rng.uniform(0, c.wide), c.rng.uniform(140, 640), c.rng.uniform(90, 220))
    for i in range(9):
        x, y = c.wide * 0.56 + abs(i - 3) * 46 - 80, 190 + i * 22
        c.stroke([(x - 20, y - 9), (x, y), (x + 20, y - 9)], 5, (60, 60, 76))
    c.gradient(820, 1000, (128, 160, 92), (104, 138, 70))
    blades(c, 1300, 840, 1000, (112, 146, 76))
    for x in c.spread(6, 0.02):
        tree(c, x, 845, c.rng.uniform(70, 120), GREENS)
    children(c, people, 950, 220, "wave", outdoors=True)


def rainbow(c: Canvas, people: int) -> None:
    """A rainbow over the school, after the rain."""
    c.gradient(0, 650, (116, 134, 156), (206, 214, 214))
    for _ in range(5):
        cloud(c, c.rng.uniform(0, c.wide), c.rng.uniform(60, 260), c.rng.uniform(100, 180))
    arc: tuple[Colour, ...] = (
        (214, 66, 60), (236, 150, 60), (246, 214, 90),
        (96, 172, 96), (70, 130, 190), (130, 90, 160),
    )  # fmt: skip  # a palette reads as a row
    for band, colour in enumerate(arc):
        r = 620 - band * 20
        c.bow(
            (c.wide * 0.5 - r, 640 - r, c.wide * 0.5 + r, 640 + r), 180, 360, 21, (*colour[:3], 150)
        )
    _school(c, 640)
    c.gradient(640, 1000, (132, 134, 140), (166, 166, 168))
    for _ in range(8):
        x, y = c.somewhere(700, 960)
        c.oval(x, y, c.rng.uniform(60, 130), c.rng.uniform(10, 22), (206, 222, 232, 150))
    scatter(c, 500, 650, 1000, (ASPHALT, (140, 140, 148)), 6)
    children(c, people, 880, 330, "wave", outdoors=True)


def bikes(c: Canvas, people: int) -> None:
    """A bicycle course with cones on the yard."""
    schoolyard(c, 0)
    for x in c.spread(6, 0.05, 0.1):
        foot = c.rng.uniform(820, 980)
        c.shape([(x - 26, foot), (x + 26, foot), (x, foot - 80)], (232, 112, 44))
        c.box(x - 12, foot - 54, 24, 18, WHITE)
    for x in c.spread(people, 0.12, 0.05):
        person(c, x, 860, 360, Look.any(c.rng, outdoors=True), "reach")
        for wheel in (-80, 80):
            c.bow((x + wheel - 62, 790, x + wheel + 62, 914), 0, 360, 9, INK)
        frame = c.rng.choice(CLOTHES)
        c.stroke([(x - 80, 852), (x - 30, 770), (x + 60, 770), (x + 80, 852)], 10, frame)
        c.stroke([(x - 30, 770), (x, 852), (x + 60, 770), (x + 54, 738), (x + 84, 732)], 10, frame)
