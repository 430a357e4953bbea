"""Is a score answered as agreed, and described well enough to be checked by a reader?"""

import json
from decimal import Decimal

import pytest

from cases.domain import scores
from cases.domain.scores.inputs import Truth, Whole, between
from cases.domain.scores.registry import _SCORES, Contradiction, Output, StillMissing, score

ALBI = {"bilirubin": {"value": 32, "unit": "umol/L"}, "albumin": {"value": 28, "unit": "g/L"}}


def test_missing_is_told_before_invalid_and_every_name_is_listed():
    given = {"bilirubin": {"value": 40, "unit": "mmol/L"}, "inr": None, "ascites": "none"}

    result = scores.compute("child_pugh", given)

    assert result == {"status": "incomplete", "missing": ["albumin", "encephalopathy", "inr"]}


@pytest.mark.parametrize(
    "bilirubin",
    [
        {"value": 40, "unit": "mmol/L"},
        {"value": 40},
        {"value": True, "unit": "mg/dL"},
        {"value": "2", "unit": "mg/dL"},
        {"value": 0, "unit": "mg/dL"},
        {"value": 100.1, "unit": "mg/dL"},
        40,
    ],
    ids=str,
)
def test_a_bilirubin_that_cannot_be_is_invalid(bilirubin):
    assert scores.compute("albi", ALBI | {"bilirubin": bilirubin}) == {
        "status": "invalid",
        "field": "bilirubin",
    }


def test_the_upper_bound_itself_is_possible_in_either_unit():
    for highest in ({"value": 100, "unit": "mg/dL"}, {"value": 1710, "unit": "umol/L"}):
        assert scores.compute("albi", ALBI | {"bilirubin": highest})["status"] == "ok"


def test_an_empty_quantity_is_missing_not_invalid():
    result = scores.compute("albi", ALBI | {"albumin": {"value": None, "unit": "g/L"}})

    assert result == {"status": "incomplete", "missing": ["albumin"]}


def test_what_is_displayed_can_look_like_the_cut_off_while_the_grade_is_past_it():
    albi = scores.get("albi")
    result = scores.compute("albi", ALBI)

    assert albi.display(result) == {"score": "−1.387", "grade": "3", "malbi": "3"}


def test_an_unknown_score_has_a_clear_error():
    with pytest.raises(scores.UnknownScore, match="apache"):
        scores.compute("apache", {})


def test_every_score_is_described_as_plain_data():
    for one in scores.all_scores():
        description = one.describe()
        assert json.loads(json.dumps(description)) == description
        assert description["source"]
        assert description["version"]


def test_a_score_knows_the_unit_its_formula_needs_and_the_units_it_accepts():
    albumin = next(one for one in scores.get("meld3").describe()["inputs"] if one["name"] == "albumin")

    assert albumin == {
        "name": "albumin",
        "kind": "quantity",
        "required": True,
        "unit": "g/dL",
        "accepts": ["g/L", "g/dL"],
        "range": "above 0.5, up to 7",
    }


@pytest.fixture
def trial_score():
    """A score with an optional input, registered for one test."""

    @score(
        id="trial",
        title="Trial",
        version="1",
        source="none",
        inputs=(Whole("count", range=between(0, 9)), Truth("seen", optional=True)),
        outputs=(Output("twice", decimals=1),),
    )
    def trial(*, count, seen):
        if count == 9:
            raise Contradiction("count")
        if count == 8 and seen is None:
            raise StillMissing("seen")
        return {"twice": 2.0 * count}

    yield "trial"
    del _SCORES["trial"]


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({"count": 3}, {"status": "ok", "twice": 6.0}),
        ({"count": 3.0}, {"status": "ok", "twice": 6.0}),
        ({"count": Decimal(3)}, {"status": "ok", "twice": 6.0}),
        ({"count": 3.5}, {"status": "invalid", "field": "count"}),
        ({"count": 3, "seen": "no"}, {"status": "invalid", "field": "seen"}),
        ({"count": 8}, {"status": "incomplete", "missing": ["seen"]}),
        ({"count": 9}, {"status": "invalid", "field": "count"}),
    ],
    ids=str,
)
def test_optional_inputs_conditions_and_contradictions(trial_score, given, answer):
    assert scores.compute(trial_score, given) == answer


def test_two_scores_cannot_share_an_id(trial_score):
    with pytest.raises(ValueError, match="trial"):
        score(id="trial", title="", version="", source="", inputs=(), outputs=())(lambda: {})
