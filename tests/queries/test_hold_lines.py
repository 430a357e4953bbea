"""Is what nobody has recorded of a patient said, and never taken for nothing being there?"""

from datetime import date
from decimal import Decimal

import pytest

from cases.models import SymptomReport
from cases.queries.hold_lines import lines_of
from cases.queries.lesion_rows import in_rows
from cases.queries.picture import drawn
from cases.queries.recorded import recorded_of
from tests.factories import a_case, a_comorbidity_review, a_fitness

pytestmark = pytest.mark.django_db
DAY = "16\N{NON-BREAKING HYPHEN}Nov\N{NON-BREAKING HYPHEN}2026"


def patient(case):
    found = recorded_of(case)
    picture = drawn(found, on=date(2026, 11, 24))
    return lines_of(found, lesions=in_rows(found.lesions, plans={}), picture=picture)[-1]


def test_nothing_recorded_is_said_of_each():
    line = patient(a_case())

    assert (line.words, line.more) == ("", "")
    assert line.lacking == ("ECOG, comorbidity, weight, symptoms not recorded",)


def test_one_thing_that_is_lacking_is_named():
    case = a_case()
    a_fitness(case, ecog=1, no_comorbidity=True)
    SymptomReport.objects.create(case=case, none_reported=True, created_by=case.referred_by)

    line = patient(case)

    assert line.words == f"ECOG 1 ({DAY}). No relevant comorbidity."
    assert line.lacking == ("Weight not recorded",)


def test_everything_recorded_lacks_nothing():
    case = a_case()
    a_fitness(case, ecog=2, comorbidities=["DIABETES"], comorbidity_note="Metformin", weight_kg=Decimal(71))
    SymptomReport.objects.create(case=case, none_reported=True, created_by=case.referred_by)

    line = patient(case)

    assert line.words == f"ECOG 2 ({DAY}). Diabetes."
    assert line.more == "Metformin. Weight 71 kg. No symptoms."
    assert line.lacking == ()


def test_the_list_of_charlson_counts_where_nothing_else_was_said():
    case = a_case()
    a_fitness(case, ecog=1)
    a_comorbidity_review(case, ["copd"])

    assert "Chronic obstructive lung disease" in patient(case).words
