"""The school's colour in both schemes: changed as little as it takes to be read (WCAG 2.2 AA)."""

import re
from dataclasses import dataclass

TEXT = 5.0  # WCAG 1.4.3 asks 4.5 (contrast, minimum); a little more, for what rounding takes
SEEN = 1.6  # of a line that only adorns: enough to be there
PLAIN = "#0b5a6b"  # of a school that names none
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_STEP = 0.04

RGB = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme's ground, as in reader.css: the sheet, and towards what a colour may go."""

    paper: str
    away: str
    tint: float


LIGHT = Scheme("#fffdf8", "#000000", 0.07)
DARK = Scheme("#1c1a17", "#ffffff", 0.16)


@dataclass(frozen=True, slots=True)
class Shades:
    """The colour as it is used on one ground: for links and controls, as a tint, for adornment."""

    link: str
    glow: str
    mark: str


def read_colour(text: str) -> str:
    """`#0b5a6b`, in small letters; ValueError for what is no such colour."""
    colour = text.strip().lower()
    if not _COLOUR.fullmatch(colour):
        raise ValueError(f"{text!r} is no colour")
    return colour


def shades(colour: str, scheme: Scheme) -> Shades:
    """How a colour is used in a scheme: its links can be read on the paper and on the tint."""
    glow = _mix(scheme.paper, colour, scheme.tint)
    link = _until(colour, scheme.away, TEXT, scheme.paper, glow)
    return Shades(link, glow, _until(colour, scheme.away, SEEN, scheme.paper))


def _until(colour: str, away: str, ratio: float, *grounds: str) -> str:
    """The colour, taken away from the grounds until it stands out from each by this ratio."""
    found, part = colour, 0.0
    while min(contrast(found, ground) for ground in grounds) < ratio:
        part = min(part + _STEP, 1.0)
        found = _mix(colour, away, part)
    return found


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def style_of(colour: str) -> str:
    """The style that follows the reader's: the school's colour, on screens; paper is grey."""
    light, dark = (_rule(shades(colour, scheme)) for scheme in (LIGHT, DARK))
    dark_screen = "@media screen and (prefers-color-scheme: dark)"
    return f"@media screen {{\n{light}\n}}\n{dark_screen} {{\n{dark}\n}}\n"


def _rule(found: Shades) -> str:
    return f":root {{ --link: {found.link}; --glow: {found.glow}; --mark: {found.mark}; }}"


def _rgb(colour: str) -> RGB:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _mix(colour: str, other: str, part: float) -> str:
    pairs = zip(_rgb(colour), _rgb(other), strict=True)
    return "#" + "".join(f"{round(255 * (one + (two - one) * part)):02x}" for one, two in pairs)


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in _rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
