"""Does any form, fact or marker become a value by being left empty, or by saying why there is no answer?"""

import pytest

from cases.domain.biomarkers import MARKERS
from cases.domain.picture import Gap, from_facts, items_of
from cases.models import Diagnosis, Fitness, LiverStatus
from cases.models.specialist_input import DETAILS
from cases.vocabulary import Absent, Specialty
from tests.domain.picturing import LATER

FACTS = {
    LiverStatus: from_facts.of_liver,
    Fitness: from_facts.of_fitness,
    Diagnosis: from_facts.of_diagnosis,
}
INPUTS = {model: specialty for specialty, model in DETAILS.items()}


def values(model, said):
    read = FACTS.get(model) or (lambda said: items_of(INPUTS[model], said, on=LATER))
    return [one for one in read(said) if not isinstance(one, Gap)]


def asked(model):
    return [field for field in model._meta.concrete_fields if not field.is_relation]


@pytest.mark.parametrize("model", [*FACTS, *INPUTS])
@pytest.mark.parametrize("code", Absent.values)
def test_why_there_is_no_answer_is_never_a_value(model, code):
    said = {one.attname: code for one in asked(model) if code in dict(one.flatchoices or ())}

    assert values(model, said) == []


@pytest.mark.parametrize("model", [*FACTS, *INPUTS])
def test_what_was_left_empty_is_never_a_value(model):
    said = {one.attname: one.get_default() if one.has_default() else None for one in asked(model)}

    assert values(model, said | {"version": 1}) == []


@pytest.mark.parametrize("marker", MARKERS)
def test_a_marker_without_a_result_is_never_a_value(marker):
    for code in Absent.values:
        row = {"marker": marker, "result": code}
        found = items_of(Specialty.PATHOLOGY, {"biomarkers": [row]}, on=LATER)

        assert all(isinstance(one, Gap) for one in found)
