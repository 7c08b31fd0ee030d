"""Friendly little people, seen from some distance."""

import random
from dataclasses import dataclass
from typing import Literal, Self

from bench.drawing.brush import Canvas, Colour, mixed

Pose = Literal["still", "wave", "hold", "reach", "run"]

SKINS: tuple[Colour, ...] = (
    (246, 212, 186), (236, 190, 158), (214, 162, 122), (176, 120, 84), (126, 82, 58),
)  # fmt: skip  # a palette reads as a row
HAIRS: tuple[Colour, ...] = (
    (58, 38, 28), (30, 26, 28), (112, 70, 38), (204, 160, 88), (226, 190, 120), (168, 84, 44),
)  # fmt: skip  # a palette reads as a row
CLOTHES: tuple[Colour, ...] = (
    (204, 72, 62), (236, 168, 58), (66, 128, 150), (88, 148, 98), (140, 96, 156),
    (232, 120, 110), (58, 84, 132), (246, 200, 92), (94, 170, 170), (214, 98, 138),
)  # fmt: skip  # a palette reads as a row
TROUSERS: tuple[Colour, ...] = ((62, 78, 112), (84, 72, 66), (70, 94, 88), (104, 84, 110))
WHITE: Colour = (250, 248, 240)
INK: Colour = (54, 44, 44)


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody looks like; `head` is the kind of hair or hat."""

    skin: Colour
    hair: Colour
    top: Colour
    legs: Colour
    head: Literal["short", "long", "bun", "hat", "scarf"]

    @classmethod
    def any(cls, rng: random.Random, *, outdoors: bool = False, grown: bool = False) -> Self:
        """Somebody at random; outdoors many wear a hat, among grown-ups some a head scarf."""
        heads: list[Literal["short", "long", "bun", "hat", "scarf"]] = ["short", "long", "bun"]
        heads += ["hat", "hat"] if outdoors else []
        heads += ["scarf"] if grown else []
        skin = rng.choice(SKINS)
        hair = rng.choice(HAIRS if skin in SKINS[:3] else HAIRS[:3])
        return cls(skin, hair, rng.choice(CLOTHES), rng.choice(TROUSERS), rng.choice(heads))


def person(
    c: Canvas,
    x: float,
    foot: float,
    tall: float,
    look: Look,
    pose: Pose = "still",
    *,
    behind: bool = False,
    grown: bool = False,
) -> None:
    """Somebody standing at (x, foot), `tall` units high, seen from the front or from behind."""
    c.oval(x, foot, tall * 0.2, tall * 0.035, (30, 26, 40, 70))
    stride = tall * (0.13 if pose == "run" else 0.06)
    hip, shoulder = foot - tall * 0.3, foot - tall * 0.66
    for side in (-1, 1):
        shoe = foot - tall * (0.06 if pose == "run" and side > 0 else 0.015)
        c.stroke(
            [(x + side * tall * 0.055, hip), (x + side * stride, shoe)], tall * 0.09, look.legs
        )
        c.oval(x + side * (stride + tall * 0.02), shoe, tall * 0.06, tall * 0.03, INK)
    _arms(c, x, shoulder, tall, look, pose)
    width = tall * (0.12 if grown else 0.125)
    c.box(x - width, shoulder - tall * 0.03, 2 * width, tall * 0.42, look.top, tall * 0.07)
    c.box(x - width * 1.15, hip - tall * 0.1, 2.3 * width, tall * 0.13, look.top, tall * 0.05)
    c.box(
        x - width * 0.35,
        shoulder - tall * 0.03,
        width * 0.7,
        tall * 0.05,
        mixed(look.top, WHITE, 0.4),
    )
    size = tall * (0.11 if grown else 0.145)
    _head(c, x, shoulder - tall * 0.02 - size, size, look, behind=behind)


def children(
    c: Canvas,
    count: int,
    foot: float,
    tall: float,
    *poses: Pose,
    outdoors: bool = False,
    behind: bool = False,
) -> None:
    """A row of children at about one distance, taking the poses in turn."""
    for i, x in enumerate(c.spread(count, jitter=0.1)):
        size = tall * c.rng.uniform(0.93, 1.05)
        place = foot + c.rng.uniform(-16, 16)
        look = Look.any(c.rng, outdoors=outdoors)
        person(c, x, place, size, look, poses[i % len(poses)], behind=behind)


def _arms(c: Canvas, x: float, shoulder: float, tall: float, look: Look, pose: Pose) -> None:
    hands = {
        "still": ((-0.2, 0.3), (0.2, 0.3)),
        "wave": ((-0.2, 0.28), (0.24, -0.2)),
        "hold": ((-0.2, 0.28), (0.28, 0.06)),
        "reach": ((-0.25, 0.2), (0.25, 0.2)),
        "run": ((-0.26, 0.1), (0.24, 0.2)),
    }[pose]
    sleeve = mixed(look.top, INK, 0.14)
    for side, (dx, dy) in zip((-1, 1), hands, strict=True):
        start = (x + side * tall * 0.09, shoulder + tall * 0.04)
        hand = (x + dx * tall, shoulder + dy * tall)
        c.stroke([start, hand], tall * 0.075, sleeve)
        c.oval(*hand, tall * 0.04, tall * 0.04, look.skin)


def _head(c: Canvas, x: float, y: float, r: float, look: Look, *, behind: bool) -> None:
    if look.head == "long":
        c.box(x - r * 1.08, y - r * 0.5, r * 2.16, r * 1.75, look.hair, r * 0.5)
    if look.head == "bun":
        c.oval(x, y - r * 1.12, r * 0.4, r * 0.4, look.hair)
    if look.head == "scarf":
        c.box(x - r * 0.9, y + r * 0.3, r * 1.8, r * 1.1, mixed(look.top, WHITE, 0.12), r * 0.5)
        c.oval(x, y - r * 0.06, r * 1.1, r * 1.12, look.top)
    elif behind:
        c.oval(x, y, r * 1.02, r * 1.05, look.hair)
    if not behind:
        _face(c, x, y, r, look)
    if look.head == "hat":
        wool = mixed(look.top, (250, 220, 120), 0.5)
        c.dome(x, y - r * 0.3, r * 1.14, r, wool)
        c.box(x - r * 1.18, y - r * 0.48, r * 2.36, r * 0.34, mixed(wool, WHITE, 0.4), r * 0.15)
        c.oval(x, y - r * 1.34, r * 0.26, r * 0.26, WHITE)


def _face(c: Canvas, x: float, y: float, r: float, look: Look) -> None:
    if look.head == "scarf":
        c.oval(x, y + r * 0.12, r * 0.88, r * 0.88, look.skin)
    else:
        c.oval(x, y + r * 0.04, r * 0.96, r * 0.98, look.skin)
        c.dome(x, y - r * 0.2, r * 1.04, r * 0.9, look.hair)
    for side in (-1, 1):
        c.oval(x + side * r * 0.34, y + r * 0.08, r * 0.09, r * 0.12, INK)
        c.oval(x + side * r * 0.55, y + r * 0.38, r * 0.17, r * 0.12, (226, 96, 88, 90))
    c.bow((x - r * 0.32, y + r * 0.1, x + r * 0.32, y + r * 0.64), 25, 155, r * 0.1, (150, 60, 56))
