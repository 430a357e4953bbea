"""Does what a radiologist sees of a lesion reach the record, and only what was said?"""

from datetime import date
from decimal import Decimal

import pytest

from cases.domain.errors import Refused
from cases.domain.referral import LesionSeen
from cases.models import ImagingStudy
from cases.services import disease, specialist_input
from cases.vocabulary import Specialty
from tests import factories
from tests.factories.inputs import DETAILS, OPINION, an_input

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 10)


@pytest.fixture
def here():
    board = factories.board()
    case = factories.a_case(board)
    return case, factories.member(board, specialty=Specialty.RADIOLOGY)


def record(here, study=None, **seen):
    case, by = here
    looked = LesionSeen(measured_on=DAY, **seen)
    [lesion] = disease.record_lesions(case=case, lesions=[looked], study=study, by=by)
    return lesion


def test_a_new_lesion_comes_with_all_that_was_seen(here):
    case, by = here
    study = ImagingStudy.objects.create(case=case, modality="MRI", performed_on=DAY, created_by=by)

    lesion = record(
        here,
        study=study,
        segments=("8",),
        long_axis_mm=Decimal(22),
        viable_mm=Decimal(15),
        li_rads="LR-5",
        nonrim_aphe="YES",
        capsule="NO",
        vessels=["MIDDLE_HEPATIC_VEIN"],
        vessel_contact="ABUTMENT",
        is_target=True,
        cystic=False,
    )

    look = lesion.measurements.get()
    assert (look.study, look.viable_mm, look.li_rads) == (study, 15, "LR-5")
    assert (look.nonrim_aphe, look.capsule, look.washout) == ("YES", "NO", "")
    lesion.refresh_from_db()
    assert (lesion.vessels, lesion.vessel_contact) == (["MIDDLE_HEPATIC_VEIN"], "ABUTMENT")
    assert (lesion.is_target, lesion.cystic) == (True, False)


def test_what_was_not_looked_at_stays_and_no_is_said(here):
    record(here, segments=("8",), is_target=True, calcified=True, vessels=["IVC"], vessel_contact="ABUTMENT")

    lesion = record(here, number=1, calcified=False)

    assert (lesion.is_target, lesion.calcified, lesion.vessels) == (True, False, ["IVC"])


def test_the_same_look_said_again_takes_the_new_category(here):
    record(here, segments=("8",), long_axis_mm=Decimal(22), li_rads="LR-4", washout="YES")

    lesion = record(here, number=1, long_axis_mm=Decimal(22), li_rads="LR-5")

    look = lesion.measurements.get()
    assert (look.li_rads, look.washout) == ("LR-5", "YES")


def test_a_lesion_disappears_on_the_day_of_the_study_and_may_come_back(here):
    case, _ = here
    factories.a_lesion(case, 1, ["6"], 12, date(2026, 8, 1))

    gone = record(here, number=1, disappeared=True, long_axis_mm=Decimal(0))
    assert gone.disappeared_on == DAY
    assert [look.long_axis_mm for look in gone.measurements.order_by("measured_on")] == [12, 0]

    assert record(here, number=1, disappeared=False).disappeared_on is None


def test_a_reading_with_a_third_target_or_a_size_after_the_end_is_not_signed(here):
    case, by = here
    for number in (1, 2):
        factories.a_lesion(case, number, ["6"], 12, DAY, is_target=True)
    factories.a_lesion(case, 3, ["7"], 12, date(2026, 11, 20))
    one = an_input(case, by, Specialty.RADIOLOGY)

    for wrong in ({"is_target": True}, {"disappeared": True}):
        with pytest.raises(Refused, match="L3"):
            specialist_input.sign(
                specialist_input=one,
                version=1,
                fields=OPINION,
                details=DETAILS[Specialty.RADIOLOGY]
                | {"lesions": [LesionSeen(number=3, measured_on=DAY, **wrong)]},
                by=by,
            )
