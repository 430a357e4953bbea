"""How has a measured value moved, and where does each point stand on a drawing?

Missing values are gaps, never zero and never a straight line across. A value known only as “below” or “above”
a limit stands at the limit and says so.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil, floor, log10

LOG_FROM = 50  # a range this many times its smallest value is told apart only on a logarithmic scale
END_ROOM, MONTH_ROOM = 116.0, 62.0  # units that the words under the axis need
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Reading:
    """One value at one date; None when it was due and is not known. `limit` is "<", ">" or nothing."""

    on: date
    value: float | None
    limit: str = ""
    note: str = ""


@dataclass(frozen=True)
class Series:
    """Readings of one quantity in one unit, with the reference band where there is one."""

    name: str
    unit: str
    readings: tuple[Reading, ...]
    low: float | None = None
    high: float | None = None

    @property
    def in_order(self) -> tuple[Reading, ...]:
        return tuple(sorted(self.readings, key=lambda one: one.on))

    @property
    def known(self) -> tuple[Reading, ...]:
        return tuple(one for one in self.in_order if one.value is not None)

    @property
    def values(self) -> tuple[float, ...]:
        """The known values, oldest first."""
        return tuple(one.value for one in self.in_order if one.value is not None)


@dataclass(frozen=True)
class Frame:
    """The box that a curve is drawn in: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class PlacedReading:
    reading: Reading
    x: float
    y: float


@dataclass(frozen=True)
class Tick:
    at: float
    words: str


@dataclass(frozen=True)
class Curve:
    """What a chart draws: pieces of line between gaps, every point, ticks, and the reference band."""

    pieces: tuple[tuple[PlacedReading, ...], ...]
    value_ticks: tuple[Tick, ...]
    date_ticks: tuple[Tick, ...]
    band: tuple[float, float] | None  # its top and bottom
    logarithmic: bool

    @property
    def points(self) -> tuple[PlacedReading, ...]:
        return tuple(point for piece in self.pieces for point in piece)


def plot(series: Series, frame: Frame) -> Curve:
    """Place a series in a box. Without a known value there is nothing to draw."""
    if not series.values:
        return Curve((), (), (), None, logarithmic=False)
    logarithmic = needs_log(series.values)
    height = _value_scale(series, frame, logarithmic=logarithmic)
    across = _date_scale(series, frame)
    pieces = tuple(
        tuple(PlacedReading(one, across(one.on), height(value)) for one, value in piece)
        for piece in _between_gaps(series.in_order)
    )
    ticks = _value_ticks(series, logarithmic=logarithmic)
    return Curve(
        pieces=pieces,
        value_ticks=tuple(Tick(height(value), number(value)) for value in ticks),
        date_ticks=_date_ticks(series, across),
        band=_band(series, frame, height),
        logarithmic=logarithmic,
    )


def needs_log(values: Iterable[float]) -> bool:
    """Tumour markers run over powers of ten; nothing that touches zero can."""
    known = list(values)
    return min(known) > 0 and max(known) / min(known) >= LOG_FROM


def change(series: Series) -> str:
    """ "142 → 38 µg/L, −73 %": the first and the last known value, and by how much they differ."""
    known = series.known
    if not known:
        return "no value"
    first, last = known[0], known[-1]
    unit = f" {series.unit}" if series.unit else ""
    if len(known) == 1:
        return f"{spoken(last)}{unit}"
    words = f"{spoken(first)} → {spoken(last)}{unit}"
    before, after = series.values[0], series.values[-1]
    if first.limit or last.limit or before <= 0:
        return words
    return f"{words}, {signed((after / before - 1) * 100)} %"


def spoken(reading: Reading) -> str:
    """A reading's number with its limit, or that it is not known."""
    return "not known" if reading.value is None else f"{reading.limit}{number(reading.value)}"


def number(value: float) -> str:
    """As few digits as tell the value, with a true minus and a thin grouping of large numbers."""
    size = abs(value)
    decimals = 0 if size >= 100 else (1 if size >= 10 else 2)
    text = f"{size:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return ("" if value >= 0 or text == "0" else MINUS) + text.replace(",", "\N{NARROW NO-BREAK SPACE}")


def signed(value: float) -> str:
    """A whole number with its sign; nothing has none."""
    rounded = floor(abs(value) + 0.5)
    if not rounded:
        return "0"
    return ("+" if value > 0 else MINUS) + number(rounded)


def nice_ticks(low: float, high: float, wanted: int = 4) -> tuple[float, ...]:
    """Round steps of 1, 2 or 5 that cover a range."""
    if low == high:
        low, high = (low - abs(low) / 2, high + abs(high) / 2) if low else (0.0, 1.0)
    rough = (high - low) / wanted
    power = 10 ** floor(log10(rough))
    step = next(multiple * power for multiple in (1, 2, 5, 10) if multiple * power >= rough * (1 - 1e-9))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return tuple(round(index * step, 10) for index in range(first, last + 1))


def _between_gaps(readings: Sequence[Reading]) -> list[list[tuple[Reading, float]]]:
    pieces: list[list[tuple[Reading, float]]] = [[]]
    for one in readings:
        if one.value is None:
            pieces.append([])
        else:
            pieces[-1].append((one, one.value))
    return [piece for piece in pieces if piece]


def _shown_range(series: Series) -> tuple[float, float]:
    """The values, and so much of the band as lies near them: the curve must not be squashed by its band."""
    low, high = min(series.values), max(series.values)
    span = high - low or abs(high) or 1.0
    limits = [limit for limit in (series.low, series.high) if limit is not None]
    near = [limit for limit in limits if low - span <= limit <= high + span]
    return min([low, *near]), max([high, *near])


def _value_ticks(series: Series, *, logarithmic: bool) -> tuple[float, ...]:
    low, high = _shown_range(series)
    if not logarithmic:
        return nice_ticks(low, high)
    low = low if low > 0 else min(series.values)
    return tuple(10.0**power for power in range(floor(log10(low)), ceil(log10(high)) + 1))


def _value_scale(series: Series, frame: Frame, *, logarithmic: bool) -> Callable[[float], float]:
    ticks = _value_ticks(series, logarithmic=logarithmic)
    measure: Callable[[float], float] = log10 if logarithmic else float
    low, high = measure(ticks[0]), measure(ticks[-1])

    def height(value: float) -> float:
        return frame.bottom - (measure(value) - low) / (high - low) * (frame.bottom - frame.top)

    return height


def _date_scale(series: Series, frame: Frame) -> Callable[[date], float]:
    first, last = series.in_order[0].on, series.in_order[-1].on
    days = (last - first).days

    def across(on: date) -> float:
        if not days:
            return (frame.left + frame.right) / 2
        return frame.left + (on - first).days / days * (frame.right - frame.left)

    return across


def _date_ticks(series: Series, across: Callable[[date], float]) -> tuple[Tick, ...]:
    """The first and the last date always; between them as many month starts as can be read."""
    first, last = series.in_order[0].on, series.in_order[-1].on
    ends = [Tick(across(first), first.strftime("%d-%b-%Y"))]
    if first == last:
        return tuple(ends)
    ends.append(Tick(across(last), last.strftime("%d-%b-%Y")))
    for step in (1, 2, 3, 6, 12, 24, 60, 120):
        months = [Tick(across(on), on.strftime("%b %Y")) for on in _month_starts(first, last, step)]
        clear = [t for t in months if ends[0].at + END_ROOM < t.at < ends[1].at - END_ROOM]
        if all(b.at - a.at >= MONTH_ROOM for a, b in pairwise(clear)):
            return (ends[0], *clear, ends[1])
    return tuple(ends)


def _month_starts(first: date, last: date, step: int) -> list[date]:
    months = range(first.year * 12 + first.month, last.year * 12 + last.month)
    return [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]


def _band(series: Series, frame: Frame, height: Callable[[float], float]) -> tuple[float, float] | None:
    """Top and bottom of the reference band, cut at the box; None when there is none in sight."""
    if series.low is None and series.high is None:
        return None
    top = frame.top if series.high is None else _clamped(height, series.high, frame)
    bottom = frame.bottom if series.low is None else _clamped(height, series.low, frame)
    return (top, bottom) if bottom - top > 1 else None


def _clamped(height: Callable[[float], float], value: float, frame: Frame) -> float:
    try:
        return min(max(height(value), frame.top), frame.bottom)
    except ValueError:  # a limit of zero on a logarithmic scale
        return frame.bottom
