"""What a lesion is now, and what cannot be said of it together."""

from datetime import date
from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from cases.domain import lesions as rules
from cases.domain.errors import Refused
from cases.domain.lesions import State

JULY, SEPTEMBER = date(2026, 7, 4), date(2026, 9, 4)


def a_lesion(**said):
    nothing = {
        "withdrawn_at": None,
        "disappeared_on": None,
        "viable": "YES",
        "treated": False,
        "treatments": [],
        "cystic": False,
    }
    return SimpleNamespace(**(nothing | said))


@pytest.mark.parametrize(
    ("said", "is_new", "state"),
    [
        ({}, False, State.VIABLE),
        ({}, True, State.NEW),
        ({"viable": "UNKNOWN"}, True, State.UNSURE),
        ({"treatments": ["TACE"]}, True, State.TREATED),
        ({"treated": True, "viable": "NO"}, False, State.DEAD),
        ({"viable": "NO"}, False, State.NOT_VIABLE),
        ({"treated": True, "disappeared_on": JULY}, False, State.GONE),
        ({"withdrawn_at": JULY, "disappeared_on": JULY}, True, State.WITHDRAWN),
    ],
)
def test_a_lesion_is_in_one_state(said, is_new, state):
    assert rules.state_of(a_lesion(**said), is_new=is_new) == state


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({}, set()),
        ({"vessel_contact": "NONE"}, set()),
        ({"vessel_contact": "UNKNOWN"}, set()),
        ({"vessels": ["IVC"], "vessel_contact": "ABUTMENT"}, set()),
        ({"vessels": ["IVC"], "vessel_contact": "NONE"}, {"vessel_contact"}),
        ({"vessel_contact": "INVASION"}, {"vessels"}),
        ({"treated_on": JULY}, {"treatments"}),
        ({"treated_on": JULY, "treatments": ["Y90"], "first_seen_on": SEPTEMBER}, {"treated_on"}),
        ({"disappeared_on": JULY, "first_seen_on": SEPTEMBER}, {"disappeared_on"}),
        ({"disappeared_on": JULY, "first_seen_on": JULY}, set()),
    ],
)
def test_what_contradicts_itself_is_said_at_its_field(said, fields):
    assert set(rules.contradictions(said)) == fields


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({"long_axis_mm": D(20), "viable_mm": D(20)}, set()),
        ({"long_axis_mm": D(20), "viable_mm": D("20.1")}, {"viable_mm"}),
        ({"viable_mm": D(5)}, {"long_axis_mm"}),
    ],
)
def test_the_viable_part_lies_within_a_size_that_is_given(said, fields):
    assert set(rules.size_contradictions(said)) == fields


def test_a_third_target_is_refused_with_what_to_do():
    rules.check_targets(["L1", "L4"])
    with pytest.raises(Refused, match=r"L1, L2 and L4 .* untick the others first"):
        rules.check_targets(["L1", "L2", "L4"])


def test_what_is_gone_has_no_size_any_more():
    before, after = rules.Look(JULY, D(9)), rules.Look(SEPTEMBER, D("4.0"))

    rules.check_gone("L2", SEPTEMBER, [before, rules.Look(SEPTEMBER, D(0)), rules.Look(None, D(9))])
    rules.check_gone("L2", None, [before, after])
    with pytest.raises(Refused, match="04-Sep-2026, yet it measures 4 mm"):
        rules.check_gone("L2", SEPTEMBER, [before, after])


def test_doubts_about_a_target():
    doubts = rules.doubts_about_target(a_lesion(treated=True, cystic=True), baseline_mm=D("9.9"))

    assert [words.partition(":")[0] for words in doubts] == [
        "under 10 mm at baseline",
        "treated locally",
        "cystic",
    ]
    assert rules.doubts_about_target(a_lesion(), baseline_mm=D(10)) == []
