"""How is a liver map drawn on a page?

{% load liver %}
{% liver_map lesions %}                                            a picture with its legend and hidden table
{% liver_map lesions link="?segment=" lesion_link="#lesion-" %}    segments and lesions are links
{% liver_map lesions interactive=True fills="id_segments" %}       segments are buttons that fill a field
"""

from dataclasses import dataclass

from django import template

from cases.domain import anatomy
from cases.domain import liver_strokes as strokes
from cases.domain.liver_drawing import OUTLINES
from cases.domain.liver_layout import LiverMap, PlacedLesion, layout
from cases.domain.liver_map import PLAN_WORDS, Lesion, Mark
from cases.domain.liver_strokes import short

register = template.Library()

# The order that the arrow keys follow: the two rows as drawn, then the caudate above them.
READING_ORDER = ("7", "8", "4a", "2", "6", "5", "4b", "3", "1")
TINTS = {"left lateral": "ll", "left medial": "lm", "right anterior": "ra", "right posterior": "rp"}
LOWER = {"3", "4b", "5", "6"}
HIT = 20.0
LEFT, TOP, WIDTH = 14, 8, 612


@dataclass(frozen=True)
class DrawnSegment:
    code: str
    title: str
    classes: str
    outline: str
    href: str
    chosen: bool


@dataclass(frozen=True)
class DrawnLesion:
    """A placed lesion as attributes of SVG shapes."""

    placed: PlacedLesion
    href: str

    @property
    def lesion(self) -> Lesion:
        return self.placed.lesion

    @property
    def classes(self) -> str:
        flags = {"is-unsized": self.lesion.size_mm is None, "is-new": self.lesion.new}
        return " ".join([f"lesion-{self.lesion.mark}", *(name for name, on in flags.items() if on)])

    @property
    def x(self) -> str:
        return short(self.placed.x)

    @property
    def y(self) -> str:
        return short(self.placed.y)

    @property
    def r(self) -> str:
        return short(self.placed.radius)

    @property
    def number_y(self) -> str:
        return short(strokes.number_baseline(self.placed))

    @property
    def number_class(self) -> str:
        return "lesion-num lesion-num-long" if len(str(self.lesion.number)) > 1 else "lesion-num"

    @property
    def plate(self) -> str:
        return short(strokes.plate(self.placed))

    @property
    def brim(self) -> str:
        return short(self.placed.footprint)

    @property
    def hit(self) -> str:
        return short(max(HIT, self.placed.radius))

    @property
    def remarks(self) -> str:
        facts = {
            "new": self.lesion.new,
            "treated before": self.lesion.treated and self.lesion.viable,
            "not drawn to scale": not self.placed.to_scale,
            self.lesion.note: bool(self.lesion.note),
        }
        return ", ".join(words for words, holds in facts.items() if holds)

    @property
    def hatch(self) -> str:
        return strokes.hatch(self.placed)

    @property
    def ticks(self) -> str:
        return strokes.ticks(self.placed)

    @property
    def strike(self) -> str:
        return strokes.strike(self.placed)

    @property
    def badge(self) -> str:
        return strokes.badge(self.placed)


@register.inclusion_tag("components/liver/map.html")
def liver_map(
    lesions=(),
    *,
    interactive=False,
    link="",
    lesion_link="",
    chosen=(),
    fills="",
    id="liver",
    twin=True,
    legend=True,
):
    """`link` and `lesion_link` are addresses to which the segment's code or lesion's number is added."""
    drawing = layout(lesions)
    drawn = [
        DrawnLesion(one, f"{lesion_link}{one.lesion.number}" if lesion_link else "")
        for one in drawing.lesions
    ]
    chosen = set(chosen)
    return {
        "id": id,
        "role": "group" if interactive or link or lesion_link else "img",
        "buttons": interactive and not link,
        "fills": fills,
        "box": f"{LEFT} {TOP} {WIDTH} {drawing.height - TOP}",
        "segments": [_segment(code, drawing, link, code in chosen) for code in READING_ORDER],
        "labels": [(code, short(x), short(y)) for code, (x, y) in drawing.labels.items()],
        "lesions": drawn,
        "in_order": sorted(drawn, key=lambda one: _by_number(one.lesion)),
        "shelf": any(one.on_shelf for one in drawing.lesions),
        "description": _description(drawing),
        "legend": _legend(drawing) if legend else [],
        "twin": twin,
    }


def _segment(code: str, drawing: LiverMap, link: str, chosen: bool) -> DrawnSegment:
    section = anatomy.section_of(code)
    row = "seg-inf" if code in LOWER else "seg-sup"
    here = sum(anatomy.lies_in(one.lesion.segments, code) for one in drawing.lesions)
    count = f", {here} lesion{'s' if here > 1 else ''}" if here else ""
    return DrawnSegment(
        code=code,
        title=f"Segment {code}, {anatomy.NAMES[code]}{count}",
        classes=f"seg-{TINTS.get(section, 'cd')} {row}",
        outline=OUTLINES[code],
        href=f"{link}{code}" if link else "",
        chosen=chosen,
    )


def _description(drawing: LiverMap) -> str:
    told = sorted((one.lesion for one in drawing.lesions), key=_by_number)
    sentences = " ".join(f"{one.sentence}." for one in told) or "No lesion recorded."
    return f"Liver seen from the front, the patient’s right on the viewer’s left. {sentences}"


def _legend(drawing: LiverMap) -> list[tuple[str, str]]:
    """Only the marks that this map shows, in the order of the vocabulary."""
    used = {one.lesion.mark for one in drawing.lesions}
    rows = [(str(mark), PLAN_WORDS[mark]) for mark in Mark if mark in used]
    rows += [("new", "new")] if any(one.lesion.new for one in drawing.lesions) else []
    rows += [("unsized", "size not stated")] if any(_unsized(one) for one in drawing.lesions) else []
    return rows


def _unsized(one: PlacedLesion) -> bool:
    return one.lesion.size_mm is None


def _by_number(lesion: Lesion) -> tuple[int, str]:
    text = str(lesion.number)
    return (int(text) if text.isdigit() else 10**6, text)
