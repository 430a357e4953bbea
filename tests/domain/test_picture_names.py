"""Has every input of every score words of its own and a place where it is recorded?"""

import pytest

from cases.domain import scores
from cases.domain.picture import NAMES, WAIVED, Gap, Item, assemble, name_for
from cases.vocabulary import Specialty
from tests.domain.picturing import ON, drawn

SHEETS = {"labs", "liver", "fitness", "diagnosis", "lesions", "comorbidity", "course", "imaging", "referral"}
PLACES = {*SHEETS, *(f"input:{one}" for one in Specialty.values)}
INPUTS = [(score, one.name) for score in scores.all_scores() for one in score.inputs]


@pytest.mark.parametrize(("score", "name"), INPUTS, ids=lambda one: getattr(one, "id", one))
def test_every_input_has_words_and_a_place(score, name):
    called = NAMES[name_for(score.id, name)]

    assert called.label
    assert called.place in PLACES or name == "formula"


def test_nothing_recorded_is_a_gap_for_every_input_and_never_a_value():
    bare = drawn()

    known = {name for _, name in INPUTS if not bare.missing(name)}
    assert known == {"formula"}
    assert bare.gap("bilirubin") == Gap("bilirubin")
    assert bare.gap("bilirubin").words == "not recorded"


@pytest.mark.parametrize("score", scores.all_scores(), ids=lambda one: one.id)
def test_a_score_can_be_computed_from_any_picture(score):
    result = scores.compute(score.id, drawn().inputs_of(score))

    assert result["status"] in {"incomplete", "ok"}
    assert set(result.get("missing", [])) <= {one.name for one in score.inputs}


def test_what_is_waived_is_no_value_and_does_not_block():
    picture = assemble(
        [
            Item("primary_site", "colorectal", "colon"),
            Gap("msi", WAIVED, "tissue used up"),
            Gap("braf", "pending"),
        ],
        on=ON,
    )
    blocking = scores.compute("blocking_missing", picture.inputs_of(scores.get("blocking_missing")))
    flag = picture.inputs_of(scores.get("flag_transplant_crlm"))

    assert "msi" not in blocking["blocking"]
    assert "braf" in blocking["blocking"]
    assert "msi" not in flag
    assert picture.gap("msi").words == "waived: tissue used up"
    assert picture.gap("braf").words == "pending"


def test_a_value_that_comes_later_ends_a_waiver_s_use():
    waived, known = (
        Gap("afp", WAIVED, "not made by this tumour"),
        Item("afp", {"value": 5, "unit": "ng/mL"}, "5 ng/mL"),
    )

    assert not assemble([known, waived], on=ON).missing("afp")
    assert assemble([Gap("afp", "pending"), waived], on=ON).gap("afp").state == WAIVED
    assert assemble([waived, Gap("afp", "pending")], on=ON).gap("afp").state == WAIVED
