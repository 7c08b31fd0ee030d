"""The logo of De Lichtbron, `theme/logo.png`: a lantern with its light, drawn large and scaled."""

from pathlib import Path

from PIL import Image, ImageDraw

LOGO = Path(__file__).parents[2] / "theme" / "logo.png"
SIZE = 896  # eight times what a letter carries
INK, LIGHT, GLASS = "#0b5a6b", "#ffc73a", "#fff3cf"


def draw() -> Image.Image:
    """A lantern of glass between two caps, a flame in it, a handle above, on nothing."""
    picture = Image.new("RGBA", (SIZE, SIZE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((28, 28, 868, 868), fill=LIGHT)
    pen.arc((318, 90, 578, 350), 180, 360, fill=INK, width=40)
    pen.rounded_rectangle((268, 226, 628, 300), 30, fill=INK)
    pen.rounded_rectangle((290, 280, 606, 690), 60, fill=GLASS, outline=INK, width=36)
    pen.rounded_rectangle((248, 664, 648, 756), 40, fill=INK)
    pen.polygon([(448, 370), (520, 500), (376, 500)], fill=INK)
    pen.ellipse((366, 436, 530, 600), fill=INK)
    pen.polygon([(448, 450), (490, 530), (406, 530)], fill=LIGHT)
    pen.ellipse((402, 496, 494, 586), fill=LIGHT)
    return picture


def main() -> None:
    """Write the file."""
    draw().resize((224, 224), Image.Resampling.LANCZOS).save(LOGO, optimize=True)


if __name__ == "__main__":
    main()
