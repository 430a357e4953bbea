"""Drawings on a page: valid SVG, no inline style or script, and the same facts as text."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from cases.domain.liver_drawing import OUTLINES
from cases.domain.liver_map import Lesion, Mark
from cases.domain.trends import Reading, Series
from cases.vocabulary import ActionKind

LESIONS = [
    Lesion(1, ("7",), 31, ActionKind.RESECTION),
    Lesion(2, ("8",), 18, ActionKind.ABLATION, new=True),
    Lesion(3, ("5",), 20, viable=False),
    Lesion(4, (), None, note="<b>seen & lost</b>"),
]
CEA = Series(
    "CEA",
    "µg/L",
    (
        Reading(date(2026, 6, 24), 142),
        Reading(date(2026, 8, 1), None),
        Reading(date(2026, 10, 26), 4, note="after FOLFOX"),
    ),
    high=5,
)


def draw(tag, **context):
    html = Template("{% load liver charts %}{% " + tag + " %}").render(
        Context({"lesions": LESIONS, "cea": CEA, **context})
    )
    return ElementTree.fromstring(f"<div>{html}</div>"), html


def find(tree, name):
    return [element for element in tree.iter() if name in element.get("class", "").split()]


def cells(tree):
    return [["".join(cell.itertext()).strip() for cell in row] for row in tree.iter("tr")]


@pytest.mark.parametrize(
    "tag",
    [
        "liver_map lesions",
        "liver_map lesions interactive=True fills='id_segments'",
        "liver_map lesions link='?segment=' lesion_link='#lesion-'",
        "trend_chart cea",
        "sparkline cea",
    ],
)
def test_drawings_are_well_formed_and_keep_to_the_content_policy(tag):
    _, html = draw(tag)

    assert not re.search(r"\sstyle=|<style|<script|\son\w+=", html)


def test_the_picture_says_in_words_what_it_shows():
    tree, _ = draw("liver_map lesions")
    (picture,) = [e for e in tree.iter("svg") if e.get("id") == "liver"]

    assert picture.get("role") == "img"
    assert "Lesion 1, segment 7, 31 mm, resect." in picture.find("desc").text


def test_every_lesion_is_a_row_of_the_hidden_table():
    tree, _ = draw("liver_map lesions")

    assert cells(tree)[1:] == [
        ["1", "7", "31 mm", "resect", ""],
        ["2", "8", "18 mm", "ablate", "new"],
        ["3", "5", "20 mm", "treated, no longer viable", ""],
        ["4", "not stated", "not stated", "no plan", "not drawn to scale, <b>seen & lost</b>"],
    ]


def test_the_legend_explains_only_what_is_drawn():
    tree, _ = draw("liver_map lesions")
    words = ["".join(key.itertext()).strip() for key in find(tree, "liver-key")]

    assert words == ["resect", "ablate", "no plan", "treated, no longer viable", "new", "size not stated"]


def test_segments_can_be_links_that_work_without_a_script():
    tree, _ = draw("liver_map lesions link='?segment=' chosen=chosen", chosen=["4a"])
    links = find(tree, "seg-link")

    assert {link.get("href") for link in links} == {f"?segment={segment}" for segment in OUTLINES}
    assert [link.get("data-segment") for link in links if link.get("aria-current")] == ["4a"]
    assert "Segment 7, right posterior superior, 1 lesion" in {link.get("aria-label") for link in links}


def test_segments_can_be_buttons_that_say_whether_they_are_pressed():
    tree, _ = draw("liver_map lesions interactive=True chosen=chosen", chosen=["4a"])
    buttons = [e for e in tree.iter("path") if e.get("role") == "button"]

    assert len(buttons) == len(OUTLINES)
    assert [b.get("data-segment") for b in buttons if b.get("aria-pressed") == "true"] == ["4a"]


def test_lesions_can_be_links():
    tree, _ = draw("liver_map lesions lesion_link='#lesion-'")

    assert {link.get("href") for link in find(tree, "lesion-link")} == {f"#lesion-{n}" for n in (1, 2, 3, 4)}


def test_each_mark_has_its_own_look():
    lesions = [
        Lesion(1, ("2",), 12, ActionKind.RESECTION),
        Lesion(2, ("3",), 12, ActionKind.ABLATION),
        Lesion(3, ("4a",), 12, ActionKind.EMBOLISATION),
        Lesion(4, ("5",), 12, ActionKind.SBRT),
        Lesion(5, ("6",), 12, ActionKind.SURVEILLANCE),
        Lesion(6, ("7",), 12, ActionKind.SYSTEMIC),
        Lesion(7, ("8",), 12),
        Lesion(8, ("4b",), 12, viable=False),
        Lesion(9, ("1",), 12, gone=True),
    ]
    tree, _ = draw("liver_map lesions legend=False twin=False", lesions=lesions)
    looks = {name for drawn in find(tree, "lesion") for name in drawn.get("class").split()[1:]}

    assert looks == {f"lesion-{mark}" for mark in Mark}


def test_a_chart_says_every_number():
    tree, _ = draw("trend_chart cea")

    assert cells(tree)[1:] == [
        ["24-Jun-2026", "142", "above the reference range"],
        ["01-Aug-2026", "not known", ""],
        ["26-Oct-2026", "4", "after FOLFOX"],
    ]
    assert len(find(tree, "trend-point")) == 2
    assert len(find(tree, "is-outside")) == 1


def test_a_sparkline_has_its_change_as_its_name():
    tree, _ = draw("sparkline cea")

    assert tree.find("svg").get("aria-label") == "CEA, 24-Jun-2026 to 26-Oct-2026: 142 → 4 µg/L, −97 %"


def test_without_values_there_are_words_instead_of_an_empty_box():
    _, html = draw("trend_chart empty", empty=Series("INR", "", ()))

    assert "No value yet." in html
    assert "<svg" not in html
