"""Does a question show what others said of it, with author and day, and only what counts?"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cases.models import Case, Fitness, LiverStatus, NursingInput
from cases.models.specialist_input import DETAILS
from cases.queries.input_known import SOURCES, known_answers
from cases.queries.recorded import recorded_of
from cases.vocabulary import InputStatus, Specialty
from tests import factories
from tests.factories.inputs import an_input

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return factories.board()


@pytest.fixture
def case(board):
    return factories.a_case(board)


def signed(case, specialty, at=datetime(2026, 11, 11, 23, 30, tzinfo=UTC), **details):
    author = factories.member(case.board, specialty=specialty, given_name="Ann", family_name="Other")
    one = an_input(case, author, specialty)
    DETAILS[specialty].objects.create(input=one, **details)
    type(one).objects.filter(pk=one.pk).update(
        status=InputStatus.SIGNED,
        signed_at=at,
        signed_by=author,
        opinion="RESECT",
        confidence="HIGH",
        opinion_reason="So it is.",
    )
    return author


def known(case, specialty):
    return known_answers(an_input(case, specialty=specialty), found=recorded_of(Case.objects.get(pk=case.pk)))


def test_what_another_discipline_signed_stands_under_the_question(case):
    author = signed(case, Specialty.NURSING, frailty=4)
    Fitness.objects.create(case=case, ecog=1, assessed_on=date(2026, 11, 2), created_by=case.referred_by)

    assert known(case, Specialty.SURGERY)["frailty"] == (
        f"Recorded: clinical frailty scale: 4 ({author}, 11-Nov-2026);"
        f" ECOG: 1 ({case.referred_by}, 02-Nov-2026)."
    )


def test_the_day_is_the_day_where_the_board_sits():
    case = factories.a_case(factories.board(time_zone="Asia/Tokyo"))
    author = signed(case, Specialty.ONCOLOGY, weeks_of_chemotherapy=Decimal("12.0"))

    known_here = known(case, Specialty.SURGERY)["liver_background"]

    assert known_here == f"Recorded: chemotherapy: 12 weeks ({author}, 12-Nov-2026)."


def test_a_draft_is_nobodys_word(case):
    NursingInput.objects.create(input=an_input(case, specialty=Specialty.NURSING), frailty=4)

    assert known(case, Specialty.SURGERY) == {}


def test_a_withdrawn_fact_is_not_shown(case):
    wrong = LiverStatus.objects.create(case=case, cirrhosis="YES", created_by=case.referred_by)
    LiverStatus.objects.filter(pk=wrong.pk).update(
        withdrawn_at=wrong.created_at, withdrawn_by=case.referred_by, withdrawn_reason="Another patient."
    )

    assert "liver_background" not in known(case, Specialty.SURGERY)


def test_a_marker_is_shown_with_the_values_that_say_where_it_goes(case):
    for month, value in ((2, 900), (5, 700), (8, 130), (11, 412)):
        factories.lab(case, "afp", value, "ng/mL", date(2026, month, 16))

    assert known(case, Specialty.TRANSPLANT)["afp_trend"] == (
        "Recorded: AFP 700 ng/mL, 16-May-2026, AFP 130 ng/mL, 16-Aug-2026, AFP 412 ng/mL, 16-Nov-2026."
    )


@pytest.mark.parametrize("specialty", list(SOURCES))
def test_each_source_is_a_column_and_each_question_is_the_forms(specialty, case):
    """Whatever is named is asked of the record without an error, though nothing stands there."""
    columns = {f.name for f in DETAILS[specialty]._meta.concrete_fields}
    for other in Specialty:
        if other != specialty:
            signed(case, other)
    factories.a_diagnosis(case)

    assert set(SOURCES[specialty]) <= columns
    assert set(known(case, specialty)) <= columns
