"""Where on the drawing does each lesion stand, and how large?

A position says which segment, not where inside it: nobody measured that. Sizes are to scale unless a lesion
is too small to be seen, has no size, or is too large for the liver as drawn; then `to_scale` is False.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import dist, inf

from cases.domain.liver_drawing import HEIGHT, LABELS, OUTLINES, UNITS_PER_CM
from cases.domain.liver_geometry import Place, adjacent, border, distance_to, places
from cases.domain.liver_map import Lesion, Mark

SMALLEST = 11.0  # the radius that still carries a readable number
GAP = 2.0
AIR = 30.0  # more room than this around a lesion is no better
LABEL_ROOM = 14.0
SHELF_LEFT, SHELF_TOP, SHELF_STEP, SHELF_SLOTS = 48, HEIGHT + 32, 36, 16
BRIM = {Mark.ABLATE: 5.0, Mark.IRRADIATE: 4.0, Mark.EMBOLISE: 4.5}  # what a mark draws around the lesion


@dataclass(frozen=True)
class PlacedLesion:
    """A lesion with its circle in drawing units."""

    lesion: Lesion
    x: float
    y: float
    radius: float
    to_scale: bool
    on_shelf: bool = False

    @property
    def footprint(self) -> float:
        """The radius of the circle with all that its mark draws around it."""
        return self.radius + BRIM.get(self.lesion.mark, 0.0)


@dataclass(frozen=True)
class LiverMap:
    """What the drawing needs. Its height grows by a shelf when a lesion's segment is not known."""

    lesions: tuple[PlacedLesion, ...]
    labels: dict[str, tuple[float, float]]
    height: int


def layout(lesions: Iterable[Lesion]) -> LiverMap:
    """Place every lesion, the largest first. The same lesions always give the same map, which is kept."""
    return _laid_out(tuple(lesions))


@lru_cache(maxsize=512)
def _laid_out(everything: tuple[Lesion, ...]) -> LiverMap:
    located = sorted((one for one in everything if region_of(one)), key=lambda one: -_radius(one))
    homeless = [one for one in everything if not region_of(one)]
    airy = _place_all(located, tight=False)
    placed = airy if not _overlap(airy) else min(airy, _place_all(located, tight=True), key=_overlap)
    shelf = [_on_shelf(one, slot) for slot, one in enumerate(homeless)]
    rows = -(-len(homeless) // SHELF_SLOTS)
    labels = {segment: _label_place(segment, placed) for segment in OUTLINES}
    readable = {segment: place for segment, place in labels.items() if place}
    return LiverMap((*placed, *shelf), readable, HEIGHT + rows * SHELF_STEP + (16 if rows else 0))


def region_of(lesion: Lesion) -> frozenset[str]:
    """The drawn segments a lesion may stand in: the first named, and those named that touch it in turn."""
    named = [
        half for s in lesion.segments for half in (("4a", "4b") if s == "4" else (s,)) if half in OUTLINES
    ]
    region = set(named[:1])
    joining = region
    while joining:
        joining = {s for s in named if s not in region and any(adjacent(s, member) for member in region)}
        region |= joining
    return frozenset(region)


def _place_all(lesions: Sequence[Lesion], *, tight: bool) -> list[PlacedLesion]:
    placed: list[PlacedLesion] = []
    for lesion in lesions:
        placed.append(_place(lesion, placed, tight=tight))
    return placed


def _place(lesion: Lesion, placed: Sequence[PlacedLesion], *, tight: bool) -> PlacedLesion:
    """In its own segments where it fits there; else over their borders; else as large as the liver allows."""
    radius, brim = _radius(lesion), BRIM.get(lesion.mark, 0.0)
    room = [(place, place.clearance) for place in places(region_of(lesion))]
    if max(clear for _, clear in room) < radius + brim:
        edges = border(frozenset(OUTLINES))
        room = [(place, distance_to((place.x, place.y), edges)) for place, _ in room[::4]]
        radius = min(radius, max(clear for _, clear in room) - brim)
    fitting = [(place, clear) for place, clear in room if clear >= radius + brim]
    spot = _best(fitting, radius + brim, placed, tight=tight)
    return PlacedLesion(lesion, spot.x, spot.y, radius, to_scale=radius == _true_radius(lesion))


def _best(
    room: Sequence[tuple[Place, float]], needed: float, placed: Sequence[PlacedLesion], *, tight: bool
) -> Place:
    """No overlap first; then near a border its segments share; then airy, or packed when space is short."""

    near = _near(room, placed, needed)

    def worth(candidate: tuple[Place, float]) -> tuple[float, float, float]:
        place, clear = candidate
        here = (place.x, place.y)
        air = min((dist(here, (other.x, other.y)) - other.footprint for other in near), default=inf)
        spare = min(air - GAP, clear) - needed
        number = place.number - needed - LABEL_ROOM
        taste = -spare - place.y / 1000 if tight else min(spare, AIR) + 2 * min(number, 0.0)
        return min(air - GAP - needed, 0.0), -place.reach, taste

    return max(room, key=worth)[0]


def _near(
    room: Sequence[tuple[Place, float]], placed: Sequence[PlacedLesion], needed: float
) -> list[PlacedLesion]:
    """Those whose air can matter to a lesion in this room."""
    xs, ys = [place.x for place, _ in room], [place.y for place, _ in room]

    def matters(other: PlacedLesion) -> bool:
        reach = other.footprint + needed + GAP + AIR
        across = min(xs) - reach <= other.x <= max(xs) + reach
        return across and min(ys) - reach <= other.y <= max(ys) + reach

    return [other for other in placed if matters(other)]


def _overlap(placed: Sequence[PlacedLesion]) -> float:
    """How deep circles lie in one another, in all."""
    pairs = ((a, b) for i, a in enumerate(placed) for b in placed[:i])
    return sum(max(0.0, a.footprint + b.footprint - dist((a.x, a.y), (b.x, b.y))) for a, b in pairs)


def _label_place(segment: str, placed: Sequence[PlacedLesion]) -> tuple[float, float] | None:
    """Where the segment's number can be read: its usual place, else the nearest free one, else nowhere."""

    def free(x: float, y: float) -> float:
        centre = (x, y - 7)  # the baseline lies under the middle of the figure
        return min((dist(centre, (one.x, one.y)) - one.footprint for one in placed), default=inf) - LABEL_ROOM

    usual = LABELS[segment]
    if free(*usual) >= 0:
        return usual
    room = [(p.x, p.y + 7) for p in places(frozenset({segment})) if p.clearance >= LABEL_ROOM]
    clear = [point for point in room if free(*point) >= 0]
    if clear:
        return min(clear, key=lambda point: dist(point, usual))
    freest = max([usual, *room], key=lambda point: free(*point))
    return freest if free(*freest) > -LABEL_ROOM / 2 else None


def _on_shelf(lesion: Lesion, slot: int) -> PlacedLesion:
    """Below the liver, all at one size: without a segment there is nothing to draw to scale."""
    row, column = divmod(slot, SHELF_SLOTS)
    x, y = SHELF_LEFT + column * SHELF_STEP, SHELF_TOP + row * SHELF_STEP
    return PlacedLesion(lesion, x, y, SMALLEST, to_scale=False, on_shelf=True)


def _true_radius(lesion: Lesion) -> float | None:
    return None if lesion.size_mm is None else float(lesion.size_mm) / 20 * UNITS_PER_CM


def _radius(lesion: Lesion) -> float:
    return max(_true_radius(lesion) or 0.0, SMALLEST)
