"""The mark of each status. Every one has a shape of its own, so that a copy without colour says the same."""

from __future__ import annotations

from functools import cache

from PIL import Image, ImageDraw

from generator.rules.timeline import Status

MARK = 34
"""The width and height of a mark, in pixels."""

COLOURS = {
    Status.HAPPENED: "#1F5C61",
    Status.BOOKED: "#1F5C61",
    Status.MET: "#1B7A37",
    Status.MET_LATE: "#B35900",
    Status.DUE: "#5A3A9C",
    Status.OVERDUE: "#B3141D",
    Status.SET_ASIDE: "#4A4A4A",
}
_WHITE = "#FFFFFF"
_FINER = 8  # Pillow draws shapes with jagged edges; drawn so many times larger and then shrunk, they are smooth
_TICK = ((0.14, 0.5), (0.4, 0.74), (0.88, 0.2))


@cache
def draw_mark(status: Status) -> Image.Image:
    """The mark of a status, on a white disc that keeps the line behind it clear of its shape."""
    size = MARK * _FINER
    image = Image.new("RGBA", (size, size), (255, 255, 255, 0))
    pen = ImageDraw.Draw(image)
    colour = COLOURS[status]

    def box(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        return left * size, top * size, right * size, bottom * size

    pen.ellipse(box(0, 0, 1, 1), _WHITE)
    if status is Status.HAPPENED:
        pen.ellipse(box(0.2, 0.2, 0.8, 0.8), colour)
    elif status is Status.BOOKED:
        pen.ellipse(box(0.14, 0.14, 0.86, 0.86), _WHITE, colour, round(size * 0.13))
    elif status is Status.MET:
        _draw_tick(pen, size, colour, 0.0)
    elif status is Status.MET_LATE:
        # A bar under the tick: two ticks that differ in colour alone would be one on a grey copy.
        _draw_tick(pen, size, colour, -0.1)
        pen.rounded_rectangle(box(0.14, 0.82, 0.88, 0.95), size * 0.05, colour)
    elif status is Status.DUE:
        pen.rounded_rectangle(box(0.2, 0.06, 0.32, 0.96), size * 0.05, colour)
        pen.polygon([(0.28 * size, 0.08 * size), (0.94 * size, 0.32 * size), (0.28 * size, 0.58 * size)], colour)
    elif status is Status.SET_ASIDE:
        # A barred ring: asked for, and taken out by somebody's decision.
        pen.ellipse(box(0.1, 0.1, 0.9, 0.9), _WHITE, colour, round(size * 0.1))
        pen.line([(0.24 * size, 0.76 * size), (0.76 * size, 0.24 * size)], colour, round(size * 0.12))
    else:
        pen.rounded_rectangle(box(0.05, 0.05, 0.95, 0.95), size * 0.1, colour)
        pen.rounded_rectangle(box(0.43, 0.18, 0.57, 0.6), size * 0.06, _WHITE)
        pen.ellipse(box(0.42, 0.67, 0.58, 0.83), _WHITE)
    return image.resize((MARK, MARK), Image.Resampling.LANCZOS)


def _draw_tick(pen: ImageDraw.ImageDraw, size: int, colour: str, lift: float) -> None:
    points = [(x * size, (y + lift) * size) for x, y in _TICK]
    thickness = size * 0.15
    pen.line(points, colour, round(thickness))
    for x, y in points:
        pen.ellipse((x - thickness / 2, y - thickness / 2, x + thickness / 2, y + thickness / 2), colour)
