"""What holds for every score and every patient, not only for the worked cases?"""

import json

from hypothesis import given
from hypothesis import strategies as st

from cases.domain import scores
from tests.domain.scores.generated import anything, complete, every_score, in_other_units


@given(every_score, st.data())
def test_the_unit_makes_no_difference(score, data):
    patient = data.draw(complete(score))
    converted = in_other_units(score, patient, lambda units: data.draw(st.sampled_from(units)))

    assert scores.compute(score.id, converted) == scores.compute(score.id, patient)


@given(every_score, st.data())
def test_what_can_be_read_is_answered_as_plain_finite_data_with_every_output_declared(score, data):
    result = scores.compute(score.id, data.draw(complete(score)))

    assert json.loads(json.dumps(result, allow_nan=False)) == result
    if result["status"] == "ok":
        assert result.keys() - {"status"} <= {one.name for one in score.outputs}
        assert all(isinstance(text, str) for text in score.display(result).values())


amounts = anything | st.fixed_dictionaries(
    {"value": anything, "unit": anything | st.sampled_from(["mg/dL", "cm"])}
)


@given(every_score, st.data())
def test_any_json_is_answered(score, data):
    typed = data.draw(st.dictionaries(st.sampled_from([one.name for one in score.inputs]), amounts))
    for inputs in (data.draw(complete(score)) | typed, typed, data.draw(anything)):
        result = scores.compute(score.id, inputs)

        assert result["status"] in {"ok", "incomplete", "invalid"}
        json.dumps(result, allow_nan=False)


@given(every_score, st.data())
def test_one_absurd_value_is_blamed_by_name(score, data):
    particular = [one.name for one in score.inputs if one.describe()["kind"] != "anything"]
    name = data.draw(st.sampled_from(particular))
    absurd = data.draw(st.sampled_from(["", "no", float("nan"), float("inf"), 10**400, {"value": 1}]))

    result = scores.compute(score.id, data.draw(complete(score)) | {name: absurd})

    assert result == {"status": "invalid", "field": name}
