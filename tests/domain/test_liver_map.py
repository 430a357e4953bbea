"""The map: every lesion inside the organ, to scale, apart from the others, with a mark told by shape."""

from itertools import combinations
from math import cos, dist, pi, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.domain.liver_drawing import LABELS, OUTLINES, UNITS_PER_CM
from cases.domain.liver_geometry import adjacent, inside, polygon
from cases.domain.liver_layout import SMALLEST, layout, region_of
from cases.domain.liver_map import MARKS, PLAN_WORDS, Lesion, Mark
from cases.vocabulary import ActionKind, Opinion, Segment

WHOLE = tuple(OUTLINES)


def rim(placed, share=0.98):
    """Points around a lesion's footprint; a little within, for the outline is drawn as straight pieces."""
    for step in range(24):
        angle = 2 * pi * step / 24
        reach = placed.footprint * share
        yield placed.x + reach * cos(angle), placed.y + reach * sin(angle)


def lies_in(placed, segments):
    return all(any(inside(point, polygon(s)) for s in segments) for point in rim(placed))


def overlapping(drawing):
    return [
        (a.lesion.number, b.lesion.number)
        for a, b in combinations(drawing.lesions, 2)
        if dist((a.x, a.y), (b.x, b.y)) < a.footprint + b.footprint - 0.01
    ]


@pytest.mark.parametrize("segment", OUTLINES)
def test_every_segment_has_a_place_for_a_lesion_of_one_centimetre(segment):
    (placed,) = layout([Lesion(1, (segment,), 10, ActionKind.ABLATION)]).lesions

    assert lies_in(placed, [segment])


@pytest.mark.parametrize("segment", OUTLINES)
def test_every_segment_holds_its_own_number(segment):
    assert inside(LABELS[segment], polygon(segment))


def test_diameters_are_drawn_to_scale():
    (placed,) = layout([Lesion(1, ("7",), 32)]).lesions

    assert placed.to_scale
    assert 2 * placed.radius == pytest.approx(3.2 * UNITS_PER_CM)


@pytest.mark.parametrize("size", [None, 1, 9.9])
def test_what_is_too_small_or_unmeasured_is_drawn_at_the_smallest_size(size):
    (placed,) = layout([Lesion(1, ("7",), size)]).lesions

    assert placed.radius == SMALLEST
    assert not placed.to_scale


@pytest.mark.parametrize(("segment", "most"), [("1", 2), *((s, 10) for s in OUTLINES if s != "1")])
def test_lesions_of_one_segment_stay_apart_and_inside(segment, most):
    for count in range(1, most + 1):
        drawing = layout([Lesion(n, (segment,), 10) for n in range(count)])

        assert overlapping(drawing) == []
        assert all(lies_in(placed, [segment]) for placed in drawing.lesions)


def test_thirty_lesions_over_the_liver_stay_apart():
    segments = [s for s in OUTLINES if s != "1"]
    lesions = [Lesion(n, (segments[n % 8],), (8, 12, 16)[n % 3]) for n in range(30)]

    assert overlapping(layout(lesions)) == []


def test_a_lesion_across_a_border_stands_on_it():
    (placed,) = layout([Lesion(1, ("5", "6"), 28)]).lesions

    assert lies_in(placed, ["5", "6"])
    assert not lies_in(placed, ["5"])
    assert not lies_in(placed, ["6"])


def test_the_whole_of_segment_four_is_both_halves():
    assert region_of(Lesion(1, ("4",))) == {"4a", "4b"}


def test_segments_that_do_not_touch_leave_the_lesion_in_the_first():
    assert region_of(Lesion(1, ("2", "7"))) == {"2"}


def test_a_lesion_larger_than_its_segment_stays_in_the_liver_and_to_scale():
    (placed,) = layout([Lesion(1, ("8",), 100)]).lesions

    assert placed.to_scale
    assert lies_in(placed, WHOLE)


def test_a_lesion_larger_than_the_liver_says_that_it_is_not_to_scale():
    (placed,) = layout([Lesion(1, ("3",), 240)]).lesions

    assert not placed.to_scale
    assert lies_in(placed, WHOLE)


def test_lesions_without_a_segment_stand_below_the_liver():
    drawing = layout([Lesion(n, (), 12) for n in range(20)])

    assert all(placed.on_shelf for placed in drawing.lesions)
    assert all(placed.y + placed.footprint < drawing.height for placed in drawing.lesions)
    assert overlapping(drawing) == []


def test_an_empty_liver_has_its_numbers():
    assert layout([]).labels == LABELS


def test_a_number_makes_way_for_a_lesion():
    drawing = layout([Lesion(n, ("4b",), 12) for n in range(6)])
    x, y = drawing.labels["4b"]

    assert all(dist((x, y - 7), (p.x, p.y)) > p.footprint for p in drawing.lesions)


def test_neighbours_share_a_border():
    assert adjacent("7", "8")
    assert not adjacent("7", "2")


@pytest.mark.parametrize(
    ("lesion", "mark"),
    [
        (Lesion(1), Mark.NONE),
        (Lesion(1, plan=ActionKind.RESECTION), Mark.RESECT),
        (Lesion(1, plan=Opinion.RESECT), Mark.RESECT),
        (Lesion(1, plan=ActionKind.ABLATION, treated=True), Mark.ABLATE),
        (Lesion(1, plan=ActionKind.RADIOEMBOLISATION), Mark.EMBOLISE),
        (Lesion(1, plan=ActionKind.SBRT), Mark.IRRADIATE),
        (Lesion(1, plan=ActionKind.SURVEILLANCE), Mark.WATCH),
        (Lesion(1, plan=ActionKind.SYSTEMIC), Mark.OTHER),
        (Lesion(1, plan="something new"), Mark.OTHER),
        (Lesion(1, plan=ActionKind.RESECTION, viable=False), Mark.TREATED),
    ],
)
def test_marks(lesion, mark):
    assert lesion.mark == mark


def test_every_mark_has_words_and_every_listed_plan_is_in_the_vocabulary():
    assert set(PLAN_WORDS) == set(Mark)
    assert {str(code) for code in MARKS} <= {*ActionKind.values, *Opinion.values}


def test_a_lesion_in_words():
    lesion = Lesion(3, ("5", "6"), 12.5, ActionKind.ABLATION, treated=True, new=True)

    assert lesion.sentence == "Lesion 3, segments 5 and 6, 12.5 mm, new, treated before, ablate"
    assert Lesion(4).sentence == "Lesion 4, segment not stated, size not stated, no plan"


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.builds(
            Lesion,
            number=st.integers(1, 40),
            segments=st.lists(st.sampled_from(Segment.values), max_size=3, unique=True).map(tuple),
            size_mm=st.none() | st.floats(0, 400),
            plan=st.sampled_from(["", *ActionKind.values]),
            viable=st.booleans(),
        ),
        max_size=12,
    )
)
def test_whatever_is_recorded_every_lesion_is_drawn_once_inside_the_liver(lesions):
    drawing = layout(lesions)

    assert sorted(p.lesion.number for p in drawing.lesions) == sorted(lesion.number for lesion in lesions)
    assert all(p.on_shelf or lies_in(p, WHOLE) for p in drawing.lesions)
    assert layout(lesions) == drawing
