"""How is the liver map drawn on paper? One SVG that needs no style sheet: light tints, black marks."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from cases.domain import anatomy
from cases.domain import liver_strokes as strokes
from cases.domain.liver_drawing import OUTLINES
from cases.domain.liver_layout import LiverMap, PlacedLesion, layout
from cases.domain.liver_map import Lesion, Mark
from cases.domain.liver_strokes import short

LEFT, TOP, WIDTH = 14, 8, 612
INK, LINE, GREY = "#14202a", "#8a5748", "#5b6670"
TINTS = {
    "right posterior": "#ecd3ca",
    "right anterior": "#f3e0d6",
    "left medial": "#f9ece2",
    "left lateral": "#f3e1db",
}
CAUDATE = "#e2d3cb"
CAVA = (
    "M311 22 C311 17 349 17 349 22 C346 48 346 80 347 110 L313 110 C314 80 314 48 311 22 Z",
    "M304 300 L334 300 C333 330 333 362 336 398 C336 402 302 402 302 398 C305 362 305 330 304 300 Z",
)
DASHES = {Mark.NONE: "7 4", Mark.TREATED: "2 4", Mark.GONE: ".1 5", Mark.EMBOLISE: ".1 6"}
WIDTHS = {Mark.OTHER: 4.5, Mark.RESECT: 2.4}
FAINT = {Mark.TREATED, Mark.GONE}


def liver_svg(lesions: Iterable[Lesion]) -> str:
    """The same lesions give the same drawing as on the screen."""
    drawing = layout(lesions)
    parts = [
        *(_path(outline, fill="#dbe4ee", stroke=GREY) for outline in CAVA),
        *(_segment(code) for code in OUTLINES),
        *(part for one in drawing.lesions for part in _lesion(one)),
        *(_words(x, y, code, size=20, bold=True) for code, (x, y) in drawing.labels.items()),
        *_landmarks(drawing),
    ]
    box = f"{LEFT} {TOP} {WIDTH} {drawing.height - TOP}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{"".join(parts)}</svg>'


def alternative(lesions: Iterable[Lesion]) -> str:
    """The drawing in words."""
    return " ".join(["Liver map, seen from the front.", *(f"{one.sentence}." for one in lesions)])


def _segment(code: str) -> str:
    return _path(OUTLINES[code], fill=TINTS.get(anatomy.section_of(code), CAUDATE), stroke=LINE)


def _lesion(placed: PlacedLesion) -> Iterable[str]:
    """A ring to scale, the strokes of its mark, and its number on a plate."""
    mark, ink = placed.lesion.mark, GREY if placed.lesion.mark in FAINT else INK
    filled = INK if mark == Mark.ABLATE else "none" if mark in FAINT else "#ffffff"
    if placed.footprint != placed.radius:
        yield _circle(placed, placed.footprint, "#ffffff", ink, dash=DASHES.get(mark, ""))
    yield _circle(placed, placed.radius, filled, "none")
    if mark == Mark.RESECT:
        yield _path(strokes.hatch(placed), stroke=ink, width=1.6)
    if mark == Mark.ABLATE:
        yield _path(strokes.ticks(placed), stroke=ink, width=2.6)
    if mark == Mark.GONE:
        yield _path(strokes.strike(placed), stroke=ink, width=1.8)
    dash = "4 3.5" if placed.lesion.size_mm is None else DASHES.get(mark, "")
    yield _circle(placed, placed.radius, "none", ink, width=WIDTHS.get(mark, 2), dash=dash)
    if mark == Mark.RESECT:
        yield _circle(placed, strokes.plate(placed), "#ffffff", "none")
    if placed.lesion.new:
        yield _path(strokes.badge(placed), fill=INK, stroke="#ffffff")
    number, size = str(placed.lesion.number), 13 if len(str(placed.lesion.number)) > 1 else 16
    colour = "#ffffff" if mark == Mark.ABLATE else ink
    yield _words(placed.x, strokes.number_baseline(placed), number, size=size, bold=True, colour=colour)


def _landmarks(drawing: LiverMap) -> Iterable[str]:
    yield _words(30, 40, "R", size=20, bold=True, colour=GREY)
    yield _words(610, 40, "L", size=20, bold=True, colour=GREY)
    yield _path("M566 396 V404 M566 400 H610 M610 396 V404", stroke=GREY)
    yield _words(588, 389, "2 cm", size=17, colour=GREY)
    if any(one.on_shelf for one in drawing.lesions):
        yield _words(24, 426, "segment not stated", size=15, colour=GREY, anchor="start")


def _path(shape: str, *, fill: str = "none", stroke: str = "none", width: float = 1.4) -> str:
    return (
        f'<path d="{shape}" fill="{fill}" stroke="{stroke}" stroke-width="{width}"'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _circle(
    placed: PlacedLesion, radius: float, fill: str, stroke: str, *, width: float = 2, dash: str = ""
) -> str:
    dashed = f' stroke-dasharray="{dash}" stroke-linecap="round"' if dash else ""
    where = f'cx="{short(placed.x)}" cy="{short(placed.y)}" r="{short(radius)}"'
    return f'<circle {where} fill="{fill}" stroke="{stroke}" stroke-width="{width}"{dashed}/>'


def _words(
    x: float, y: float, text: str, *, size: int, bold: bool = False, colour: str = INK, anchor="middle"
) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{short(x)}" y="{short(y)}" font-family="Noto Sans" font-size="{size}"{weight}'
        f' fill="{colour}" text-anchor="{anchor}">{escape(text)}</text>'
    )
