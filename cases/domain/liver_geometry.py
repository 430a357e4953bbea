"""How much room is there inside a segment's outline, and where?"""

import re
from dataclasses import dataclass
from functools import lru_cache
from math import dist, hypot

from cases.domain.liver_drawing import LABELS, OUTLINES

Point = tuple[float, float]

GRID = 5  # units between candidate places: a good 2 mm on the drawing’s scale
STEPS = 4  # straight pieces that stand for one curve of an outline
_NUMBER = re.compile(r"-?\d+\.?\d*")


@dataclass(frozen=True)
class Place:
    """A place for a centre; how far to the border, the farthest segment asked for, the nearest number."""

    x: float
    y: float
    clearance: float
    reach: float
    number: float


@lru_cache(maxsize=16)
def polygon(segment: str) -> tuple[Point, ...]:
    """A segment's outline as straight pieces, never leaving the drawn curve by a visible amount."""
    numbers = [float(n) for n in _NUMBER.findall(OUTLINES[segment])]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    outline = [points[0]]
    for start, a, b, end in zip(points[:-3:3], points[1:-2:3], points[2:-1:3], points[3::3], strict=True):
        outline += [_on_curve(start, a, b, end, step / STEPS) for step in range(1, STEPS + 1)]
    return tuple(outline[:-1])


@lru_cache(maxsize=128)
def border(region: frozenset[str]) -> tuple[tuple[Point, Point], ...]:
    """The outer edges of several segments together: an edge that two of them share is inside."""
    seen: dict[frozenset[Point], tuple[Point, Point]] = {}
    for segment in sorted(region):
        outline = polygon(segment)
        for edge in zip(outline, outline[1:] + outline[:1], strict=True):
            key = frozenset(_rounded(point) for point in edge)
            if key in seen:
                del seen[key]
            else:
                seen[key] = edge
    return tuple(seen.values())


@lru_cache(maxsize=128)
def places(region: frozenset[str]) -> tuple[Place, ...]:
    """Every grid point inside the region, with the room it has."""
    edges = border(region)
    outlines = [polygon(segment) for segment in sorted(region)]
    found = []
    for x, y in _grid(edges):
        if any(inside((x, y), outline) for outline in outlines):
            clearance = distance_to((x, y), edges)
            reach = max(_to_outline((x, y), outline) for outline in outlines)
            number = min(dist((x, y), label) for label in LABELS.values())
            found.append(Place(x, y, clearance, reach, number))
    return tuple(found)


def inside(point: Point, outline: tuple[Point, ...]) -> bool:
    """Even-odd rule."""
    x, y = point
    crossings = 0
    for (ax, ay), (bx, by) in zip(outline, outline[1:] + outline[:1], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            crossings += 1
    return crossings % 2 == 1


def distance_to(point: Point, edges: tuple[tuple[Point, Point], ...]) -> float:
    """From a point to the nearest of the edges."""
    return min(_to_edge(point, edge) for edge in edges)


@lru_cache(maxsize=128)
def adjacent(first: str, second: str) -> bool:
    """Do two segments share a border on the drawing?"""
    both = {_rounded(p) for p in polygon(first)} & {_rounded(p) for p in polygon(second)}
    return len(both) > 1


def _grid(edges) -> list[Point]:
    xs = [point[0] for edge in edges for point in edge]
    ys = [point[1] for edge in edges for point in edge]
    across = range(int(min(xs)), int(max(xs)) + 1, GRID)
    down = range(int(min(ys)), int(max(ys)) + 1, GRID)
    return [(float(x), float(y)) for y in down for x in across]


def _on_curve(start: Point, a: Point, b: Point, end: Point, t: float) -> Point:
    u = 1 - t
    weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
    x, y = (sum(w * p[axis] for w, p in zip(weights, (start, a, b, end), strict=True)) for axis in (0, 1))
    return x, y


def _to_edge(point: Point, edge: tuple[Point, Point]) -> float:
    (x, y), ((ax, ay), (bx, by)) = point, edge
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = 0.0 if not length else max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
    return hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay))


def _to_outline(point: Point, outline: tuple[Point, ...]) -> float:
    return 0.0 if inside(point, outline) else min(dist(point, corner) for corner in outline)


def _rounded(point: Point) -> Point:
    return round(point[0], 3), round(point[1], 3)
