"""Which strokes tell one mark from another? Paths around a placed lesion, for the screen and for paper."""

from math import sqrt

from cases.domain.liver_layout import PlacedLesion

PLATE = 11.5  # the radius behind a number


def short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def plate(placed: PlacedLesion) -> float:
    return min(PLATE, placed.radius)


def hatch(placed: PlacedLesion, step: float = 7.0) -> str:
    """Diagonal strokes, cut at the circle."""
    lines, radius = [], placed.radius - 1.0
    offset = -int(radius / step) * step
    while offset < radius:
        half = sqrt(radius**2 - offset**2)
        a, b = (offset - half) / sqrt(2), (offset + half) / sqrt(2)
        x1, y1, x2, y2 = placed.x + a, placed.y + b, placed.x + b, placed.y + a
        lines.append(f"M{short(x1)} {short(y1)} L{short(x2)} {short(y2)}")
        offset += step
    return " ".join(lines)


def ticks(placed: PlacedLesion) -> str:
    """Four strokes of a cross-hair through the outer ring."""
    near, far = placed.footprint - 3, placed.footprint + 4
    strokes = []
    for dx, dy in ((0, -1), (1, 0), (0, 1), (-1, 0)):
        start = f"M{short(placed.x + dx * near)} {short(placed.y + dy * near)}"
        strokes.append(f"{start} L{short(placed.x + dx * far)} {short(placed.y + dy * far)}")
    return " ".join(strokes)


def strike(placed: PlacedLesion) -> str:
    """A line that runs out of the circle on both sides: no longer there."""
    near, far = plate(placed) / sqrt(2), (placed.radius + 6) / sqrt(2)
    x, y = placed.x, placed.y
    up = f"M{short(x + near)} {short(y - near)} L{short(x + far)} {short(y - far)}"
    return f"{up} M{short(x - near)} {short(y + near)} L{short(x - far)} {short(y + far)}"


def badge(placed: PlacedLesion) -> str:
    """A small triangle at the upper right: new since the last imaging."""
    reach = placed.footprint / sqrt(2) + 2
    x, y = placed.x + reach, placed.y - reach
    base = f"M{short(x - 6)} {short(y + 5)} L{short(x + 6)} {short(y + 5)}"
    return f"{base} L{short(x)} {short(y - 6)} Z"


def number_baseline(placed: PlacedLesion) -> float:
    """Long numbers are set smaller."""
    return placed.y + (4.4 if len(str(placed.lesion.number)) > 1 else 5.4)
