"""The map on paper: the same lesions in the same places as on the screen, each mark told by its shape."""

from xml.etree import ElementTree

from cases.domain.liver_drawing import OUTLINES
from cases.domain.liver_layout import layout
from cases.domain.liver_map import Lesion
from cases.domain.liver_strokes import short
from cases.exchange.liver_svg import liver_svg
from cases.vocabulary import ActionKind

SVG = "{http://www.w3.org/2000/svg}"
LESIONS = [
    Lesion(1, ("7",), 31, ActionKind.RESECTION),
    Lesion(2, ("8",), 18, ActionKind.ABLATION, new=True),
    Lesion(3, ("5",), 20, viable=False),
    Lesion(4, ("3",), 14, gone=True),
    Lesion(12, (), None, note="<b>seen & lost</b>"),
]


def test_every_segment_and_every_lesion_is_drawn_where_the_screen_has_it():
    tree = ElementTree.fromstring(liver_svg(LESIONS))
    circles = {(c.get("cx"), c.get("cy"), c.get("r")) for c in tree.iter(f"{SVG}circle")}
    texts = ["".join(t.itertext()) for t in tree.iter(f"{SVG}text")]

    assert set(OUTLINES.values()) <= {path.get("d") for path in tree.iter(f"{SVG}path")}
    assert {(short(p.x), short(p.y), short(p.radius)) for p in layout(LESIONS).lesions} <= circles
    assert {"1", "2", "3", "4", "12", "R", "L", "segment not stated"} <= set(texts)


def test_marks_differ_without_colour():
    plans = ("", ActionKind.RESECTION, ActionKind.ABLATION, ActionKind.EMBOLISATION, ActionKind.SURVEILLANCE)
    lesions = [Lesion(1, ("7",), 31, plan) for plan in plans]
    lesions += [Lesion(1, ("7",), 31, viable=False), Lesion(1, ("7",), 31, gone=True)]
    looks = {shapes(lesion) for lesion in lesions}

    assert len(looks) == 7


def shapes(lesion):
    """Everything of the drawing but its colours."""
    tree = ElementTree.fromstring(liver_svg([lesion]))
    return tuple((e.tag, e.get("d"), e.get("r"), e.get("stroke-dasharray")) for e in tree.iter())
