"""Can all that an input says be read, under the headings under which it was asked?"""

from datetime import date
from decimal import Decimal

import pytest

from cases.forms.specialist_input import InputForms
from cases.models import SurgicalInput, SystemicLine
from cases.models.specialist_input import DETAILS, OncologyInput
from cases.queries.input_sheet import sheet
from cases.queries.input_stands import stands
from cases.vocabulary import Specialty
from tests import factories
from tests.factories.inputs import an_input

pytestmark = pytest.mark.django_db


def read(one):
    cards = InputForms(specialty=one.specialty, stands=stands(one)).details.questions
    return {part.title: dict(part.answers) for part in sheet(one, cards)}


def test_answers_stand_under_their_cards_with_units_and_words():
    one = an_input(factories.a_case())
    SurgicalInput.objects.create(
        input=one,
        resectable="YES",
        r0_possible="NOT_ASSESSED",
        flr_volume_ml=Decimal(400),
        volumetry_on=date(2026, 11, 10),
        segments_to_resect=["6", "7"],
        contact_ivc="NONE",
        asa_emergency=True,
        cpet_at=Decimal(0),
    )

    assert read(one) == {
        "Resectability": {"Resectable, in your judgement": "Yes", "R0 possible": "Not assessed"},
        "Contact of the tumour with vessels": {"Inferior vena cava": "None"},
        "Operation": {"Segments to resect": "6, 7"},
        "Remnant": {"Future liver remnant": "400 mL", "Volumes measured on": "10-Nov-2026"},
        "Risk": {"Emergency operation (E)": "yes", "CPET anaerobic threshold": "0 mL/kg/min"},
    }


def test_what_this_disease_is_no_longer_asked_stays_readable():
    case = factories.a_case()
    factories.a_diagnosis(case, primary_site="HCC")
    one = an_input(case)
    SurgicalInput.objects.create(input=one, synchronous_strategy="LIVER_FIRST")

    assert read(one) == {"Also answered": {"Synchronous strategy": "Liver first"}}


def test_rows_are_read_each_by_its_name():
    one = an_input(factories.a_case(), specialty=Specialty.ONCOLOGY)
    row = OncologyInput.objects.create(input=one, lines_given=1)
    SystemicLine.objects.create(
        details=row,
        position=1,
        regimen="FOLFOX",
        started_on=date(2026, 2, 3),
        created_by=one.created_by,
    )

    assert read(one)["Lines of treatment"]["FOLFOX"].startswith("started on: 03-Feb-2026")


@pytest.mark.parametrize("specialty", list(Specialty))
def test_nothing_said_is_nothing_to_read(specialty):
    one = an_input(factories.a_case(), specialty=specialty)
    assert read(one) == {}
    DETAILS[specialty].objects.create(input=one)
    assert read(one) == {}
