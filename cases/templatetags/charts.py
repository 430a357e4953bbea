"""How is a trend drawn on a page?

{% load charts %}
{% sparkline series %}      a small curve for a list, with its numbers for a screen reader
{% trend_chart series %}    axes, reference band, every point, and a table of the numbers
"""

from dataclasses import dataclass

from django import template

from cases.domain import trends
from cases.domain.trends import Curve, Frame, PlacedReading, Series

register = template.Library()

SPARK = Frame(3, 4, 85, 22)
CHART = Frame(76, 14, 628, 176)


@dataclass(frozen=True)
class Point:
    """A reading as the attributes of a dot."""

    placed: PlacedReading
    inside: bool

    @property
    def x(self) -> str:
        return _short(self.placed.x)

    @property
    def y(self) -> str:
        return _short(self.placed.y)

    @property
    def words(self) -> str:
        reading = self.placed.reading
        note = f", {reading.note}" if reading.note else ""
        return f"{reading.on:%d-%b-%Y}: {trends.spoken(reading)}{note}"


@register.inclusion_tag("components/charts/sparkline.html")
def sparkline(series: Series):
    """The last point is marked; the rest is shape. The numbers are in the label."""
    curve = trends.plot(series, SPARK)
    points = _points(series, curve)
    alone = {piece[0] for piece in curve.pieces if len(piece) == 1}
    return {
        "paths": _paths(curve),
        "alone": [point for point in points if point.placed in alone],
        "last": points[-1:],
        "label": _label(series),
    }


@register.inclusion_tag("components/charts/trend.html")
def trend_chart(series: Series, id="trend", table=True):
    """`table`: the numbers for a screen reader, unless the page shows them beside the drawing."""
    curve = trends.plot(series, CHART)
    return {
        "id": id,
        "table": table,
        "series": series,
        "frame": CHART,
        "curve": curve,
        "band": _rectangle(curve),
        "paths": _paths(curve),
        "points": _points(series, curve),
        "value_ticks": [(_short(t.at), _short(t.at + 4), t.words) for t in curve.value_ticks],
        "date_ticks": _date_ticks(curve),
        "label": _label(series),
        "change": trends.change(series),
        "rows": [(one, trends.spoken(one), _against_band(series, one.value)) for one in series.in_order],
    }


def _label(series: Series) -> str:
    known = series.known
    if not known:
        return f"{series.name}: no value"
    span = f"{known[0].on:%d-%b-%Y}"
    if known[-1].on != known[0].on:
        span += f" to {known[-1].on:%d-%b-%Y}"
    return f"{series.name}, {span}: {trends.change(series)}"


def _points(series: Series, curve: Curve) -> list[Point]:
    return [Point(point, not _against_band(series, point.reading.value)) for point in curve.points]


def _against_band(series: Series, value: float | None) -> str:
    if value is not None and series.low is not None and value < series.low:
        return "below the reference range"
    if value is not None and series.high is not None and value > series.high:
        return "above the reference range"
    return ""


def _paths(curve: Curve) -> list[str]:
    """One path for each stretch without a gap; a lone point is only its dot."""
    stretches = (piece for piece in curve.pieces if len(piece) > 1)
    return ["M" + " L".join(f"{_short(p.x)} {_short(p.y)}" for p in piece) for piece in stretches]


def _rectangle(curve: Curve) -> dict[str, str] | None:
    if curve.band is None:
        return None
    top, bottom = curve.band
    width = CHART.right - CHART.left
    return {"x": _short(CHART.left), "y": _short(top), "width": _short(width), "height": _short(bottom - top)}


def _date_ticks(curve: Curve) -> list[tuple[str, str, str]]:
    """The outer words are kept inside the drawing."""
    last = len(curve.date_ticks) - 1
    ends = {0: "start", last: "end"} if last else {0: "only"}
    return [(_short(t.at), ends.get(n, "between"), t.words) for n, t in enumerate(curve.date_ticks)]


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
