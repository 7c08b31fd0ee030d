"""Scenes elsewhere in the school: gym, stage, kitchen; as those of the classroom."""

from bench.drawing.brush import Canvas, mixed
from bench.drawing.figures import CLOTHES, INK, WHITE, Look, children, person
from bench.drawing.rooms import CREAM, FLOOR, MINT, SKY
from bench.drawing.things import AUTUMN, WOOD, bunting, room, scatter, shelf, table, window


def gym(c: Canvas, people: int) -> None:
    """A gym: wall bars, mats, a bench, a box to climb, lines on the floor."""
    room(c, (214, 220, 214), (206, 158, 96), 560)
    for part in (0.06, 0.74):
        c.box(c.wide * part, 90, c.wide * 0.2, 470, mixed(WOOD, WHITE, 0.1))
        for bar in range(11):
            c.box(c.wide * part, 112 + bar * 41, c.wide * 0.2, 15, mixed(WOOD, WHITE, 0.45), 6)
    for x in (0.42, 0.58):
        c.stroke([(c.wide * x, 0), (c.wide * x, 420)], 7, (206, 186, 140))
        c.bow((c.wide * x - 34, 410, c.wide * x + 34, 478), 0, 360, 12, WOOD)
    c.bow((c.wide * 0.2, 700, c.wide * 0.8, 1160), 180, 360, 9, (200, 60, 52))
    c.stroke([(0, 690), (c.wide, 690)], 8, (60, 100, 150))
    c.box(c.wide * 0.06, 800, c.wide * 0.34, 60, (58, 110, 150), 14)
    box = ((0.68, 820), (0.72, 600), (0.86, 600), (0.9, 820))
    c.shape([(c.wide * x, y) for x, y in box], WOOD)
    c.box(c.wide * 0.71, 580, c.wide * 0.16, 40, (150, 92, 60), 16)
    children(c, people, 860, 380, "wave", "run", "reach")
    for x in c.spread(4, 0.1, 0.4):
        c.oval(x, 945, 34, 34, c.rng.choice(CLOTHES))


def stage(c: Canvas, people: int) -> None:
    """A stage with red curtains, a spot and stars; a play of paper crowns."""
    c.gradient(0, 700, (44, 40, 78), (86, 72, 118))
    for _ in range(30):
        x, y = c.somewhere(60, 520)
        c.oval(x, y, 7, 7, (250, 224, 130))
    c.gradient(690, 1000, (150, 106, 70), (112, 76, 54))
    c.glow(c.wide / 2, 760, c.wide * 0.42, (255, 240, 200), 0.7)
    for i, x in enumerate(c.spread(people, 0.22, 0.08)):
        person(c, x, 850, 420, Look.any(c.rng), ("wave", "hold", "reach")[i % 3])
        points = [(x + (k - 2) * 29, 418 + k % 2 * 34) for k in range(5)]
        c.shape([(x - 58, 482), *points, (x + 58, 482)], (246, 204, 76))
    for side, edge in ((0.0, 0.2), (1.0, 0.8)):
        for fold in range(7):
            x = c.wide * (side + (edge - side) * fold / 7)
            c.box(
                x - c.wide * 0.03,
                0,
                c.wide * 0.06,
                900,
                mixed((176, 44, 48), INK, fold % 2 * 0.3),
                30,
            )
    c.box(0, 0, c.wide, 90, (150, 36, 42))


def baking(c: Canvas, people: int) -> None:
    """A table with dough, a bowl and a tray of biscuits; bakers in aprons behind it."""
    room(c, MINT, FLOOR)
    window(c, c.wide * 0.1, 80, 220, 230, SKY)
    shelf(c, c.wide * 0.7, 110, c.wide * 0.24, 200, 1)
    for x in c.spread(people):
        person(c, x, 830, 560, Look.any(c.rng), "reach")
        c.box(x - 48, 520, 96, 200, WHITE, 16)
    table(c, 660, (206, 170, 124))
    left, w = c.wide * 0.36, c.wide * 0.48
    c.shape(
        [(left, 960), (left + w * 0.08, 760), (left + w * 0.92, 760), (left + w, 960)], (92, 92, 98)
    )
    for row in range(4):
        for column in range(9):
            x = left + w * (0.1 + column * 0.1) + c.rng.uniform(-6, 6)
            c.oval(x, 792 + row * 44, 21, 15, mixed((176, 116, 62), INK, c.rng.uniform(0, 0.3)))
            c.oval(x - 5, 788 + row * 44, 8, 4, (214, 160, 100))
    bowl = c.wide * 0.18
    c.shape(
        [(bowl - 130, 760), (bowl + 130, 760), (bowl + 80, 900), (bowl - 80, 900)], (216, 96, 84)
    )
    c.oval(bowl, 760, 130, 30, (240, 222, 186))
    c.stroke([(bowl + 20, 760), (bowl + 110, 620)], 16, WOOD)
    scatter(c, 240, 690, 1000, ((250, 246, 236), (240, 230, 212)), 6)


def autumn_table(c: Canvas, people: int) -> None:
    """A table with pumpkins, leaves, and chestnuts, before a window."""
    room(c, CREAM, FLOOR)
    window(c, c.wide * 0.3, 40, c.wide * 0.4, 420, (206, 214, 196))
    children(c, people, 800, 480, "reach")
    table(c, 620)
    scatter(c, 420, 660, 1000, AUTUMN, 26)
    for place, foot, size in ((0.24, 700, 120), (0.5, 670, 170), (0.74, 720, 105)):
        _pumpkin(c, c.wide * place, foot, size)
    for _ in range(40):
        x, y = c.somewhere(790, 980)
        c.oval(x, y, 24, 20, (96, 48, 30))
        c.oval(x - 6, y - 5, 8, 5, (206, 160, 120))


def _pumpkin(c: Canvas, x: float, y: float, size: float) -> None:
    for rib, shade in ((0.55, 0.2), (-0.55, 0.2), (0.28, 0.08), (-0.28, 0.08), (0, 0)):
        c.oval(x + rib * size, y, size * 0.5, size * 0.74, mixed((226, 122, 42), INK, shade))
    c.stroke(
        [(x, y - size * 0.66), (x + size * 0.16, y - size * 1.02)], size * 0.16, (108, 112, 58)
    )


def coats(c: Canvas, people: int) -> None:
    """A row of pegs with coats and scarves, a bench with boots and caps under it."""
    room(c, (226, 208, 166), (176, 132, 96))
    c.box(0, 210, c.wide, 34, WOOD, 6)
    for i, x in enumerate(c.spread(7, 0.03, 0.06)):
        colour = CLOTHES[i % len(CLOTHES)]
        for side in (-1, 1):
            c.stroke([(x + side * 30, 300), (x + side * 74, 470)], 40, mixed(colour, INK, 0.15))
        c.box(x - 62, 262, 124, 290, colour, 34)
        c.stroke([(x, 290), (x, 545)], 5, mixed(colour, INK, 0.4))
        c.oval(x, 240, 14, 14, INK)
        c.stroke([(x - 34, 276), (x + 30, 296), (x + 36, 420)], 24, CLOTHES[(i + 3) % len(CLOTHES)])
    c.box(0, 700, c.wide, 40, mixed(WOOD, WHITE, 0.15), 8)
    for i, x in enumerate(c.spread(8, 0.02, 0.1)):
        boot = CLOTHES[(i * 3) % len(CLOTHES)]
        c.box(x - 26, 790, 50, 110, boot, 14)
        c.box(x - 26, 862, 92, 44, boot, 20)
        c.dome(x, 700, 46, 56, CLOTHES[(i * 7 + 2) % len(CLOTHES)])
    children(c, people, 940, 420, "still")


def music(c: Canvas, people: int) -> None:
    """A music lesson: drums in front, notes on the wall."""
    room(c, (222, 204, 220), FLOOR)
    for line in range(5):
        c.stroke([(c.wide * 0.1, 150 + line * 34), (c.wide * 0.9, 150 + line * 34)], 4, WHITE)
    for x in c.spread(9, 0.12):
        y = 150 + c.rng.randrange(9) * 17
        c.oval(x, y, 24, 18, INK)
        c.stroke([(x + 20, y), (x + 20, y - 96)], 6, INK)
    bunting(c, 10)
    for x in c.spread(people, jitter=0.05):
        person(c, x, 860, 440, Look.any(c.rng), "reach")
        drum = c.rng.choice(CLOTHES)
        c.box(x - 92, 740, 184, 170, drum, 24)
        for zig in range(4):
            c.stroke(
                [(x - 84 + zig * 44, 760), (x - 62 + zig * 44, 890), (x - 40 + zig * 44, 760)],
                5,
                WHITE,
            )
        c.oval(x, 744, 94, 28, (246, 234, 210))
