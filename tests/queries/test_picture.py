"""Is what is recorded of a case found under the names that scores use, in a constant number of queries?"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.domain import scores
from cases.domain.picture import NAMES
from cases.models import (
    BiomarkerResult,
    ComorbidityReview,
    Diagnosis,
    Fitness,
    ImagingStudy,
    InterventionalInput,
    LesionMeasurement,
    LiverStatus,
    PathologyInput,
    RadiologyInput,
    SpecialistInput,
    SurgicalInput,
    Waiver,
)
from cases.queries.picture import link, picture_of, pictures_of
from cases.vocabulary import InputStatus, Specialty
from tests.factories import a_case, a_diagnosis, a_lesion, a_patient, lab, person
from tests.factories.inputs import OPINION, an_input

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
SIGNED = datetime(2026, 11, 12, 23, 30, tzinfo=UTC)


def signed(case, specialty, model, *, at=SIGNED, below=(), **details):
    """An input with its details, and rows below it as (model, fields); signed last, as it stays from then."""
    by = person(title="Dr", given_name="Ivo", family_name="Duarte")
    found = an_input(case, asked_of=by, specialty=specialty)
    row = model.objects.create(input=found, **details)
    for kind, fields in below:
        kind.objects.create(details=row, created_by=by, **fields)
    stamp = {"status": InputStatus.SIGNED, "signed_at": at, "signed_by": by}
    SpecialistInput.objects.filter(pk=found.pk).update(**stamp, **OPINION)
    return found


def everything(case):
    by = {"case": case, "created_by": case.referred_by}
    a_diagnosis(case, extrahepatic_disease="NONE", primary_diagnosed_on=date(2025, 5, 24))
    lab(case, "inr", "1.1", "1")
    a_lesion(case, mm=31, measured_on=TODAY)
    Fitness.objects.create(ecog=0, assessed_on=TODAY, height_cm=D(175), weight_kg=D(80), **by)
    LiverStatus.objects.create(cirrhosis="NO", **by)
    ComorbidityReview.objects.create(liver_disease="none", diabetes="none", other_tumour="none", **by)
    ImagingStudy.objects.create(modality="MRI", performed_on=TODAY, **by)
    Waiver.objects.create(item="msi", reason="No tissue left.", **by)
    surgeon = {"resectable": "YES", "flr_volume_ml": D(500), "liver_background": "normal"}
    signed(case, Specialty.SURGERY, SurgicalInput, **surgeon)
    marker = {"marker": "KRAS", "result": "mutated", "tested_on": date(2026, 3, 1)}
    signed(case, Specialty.PATHOLOGY, PathologyInput, below=[(BiomarkerResult, marker)])
    return case


def test_facts_of_every_kind_with_their_days_and_authors():
    case = everything(a_case(patient=a_patient(birth_date=date(1958, 3, 7))))
    picture = picture_of(case, on=TODAY)

    known = {"ecog": 0, "age_years": 68, "cirrhosis": False, "child_pugh_class": "not_applicable"}
    known |= {
        "primary_site": "colorectal",
        "largest_cm": D("3.1"),
        "liver_met_count": 1,
        "kras_mutated": True,
    }
    known |= {
        "kras_mutated": True,
        "resectable": True,
        "flr_adequate": True,
        "solid_tumour": "metastatic",
        "imaging_age_days": 0,
    }
    assert {name: picture.raw(name) for name in known} == known
    assert picture.primary_site == "colorectal"
    assert (picture.item("kras_mutated").on, picture.item("kras_mutated").by) == (
        date(2026, 3, 1),
        "Dr I. Duarte",
    )
    assert picture.item("ecog").by == case.referred_by.display_name
    assert picture.item("months_from_crc_diagnosis").words == "18 months, to the meeting on 24-Nov-2026"
    waived = picture.gap("msi")
    assert (waived.state, waived.reason, waived.by) == (
        "waived",
        "No tissue left.",
        case.referred_by.display_name,
    )


def test_an_answer_is_as_old_as_its_signature_in_the_time_of_the_board():
    """23:30 UTC on 12 November is past midnight in Bucharest."""
    case = a_case()
    type(case.board).objects.filter(pk=case.board.pk).update(time_zone="Europe/Bucharest")
    signed(case, Specialty.SURGERY, SurgicalInput, resectable="NO")

    assert picture_of(case, on=TODAY).item("resectable").on == date(2026, 11, 13)


def test_of_two_disciplines_on_one_day_the_one_that_signed_later_is_believed():
    """Tumour in the portal vein: seen by one in the morning, not by the other in the afternoon."""
    case = a_case()
    morning, afternoon = datetime(2026, 11, 12, 8, tzinfo=UTC), datetime(2026, 11, 12, 15, tzinfo=UTC)
    thrombus = {"portal_vein": "TUMOUR_THROMBUS"}
    signed(case, Specialty.INTERVENTIONAL, InterventionalInput, at=morning, **thrombus)
    signed(case, Specialty.RADIOLOGY, RadiologyInput, at=afternoon, vascular_invasion=["NONE"])

    assert picture_of(case, on=TODAY).raw("macrovascular_invasion") is False


def test_nodes_corrected_since_the_pathologist_signed_are_believed():
    case = a_case()
    long_ago = datetime(2024, 11, 12, 8, tzinfo=UTC)
    signed(case, Specialty.PATHOLOGY, PathologyInput, at=long_ago, primary_node_positive="NO")
    a_diagnosis(case, primary_node_positive="YES")

    assert picture_of(case, on=TODAY).raw("primary_node_positive") is True


def test_the_newest_value_counts_and_a_withdrawn_one_does_not():
    case = a_case()
    lab(case, "bilirubin", 60, "umol/L", TODAY - timedelta(days=9))
    lab(case, "bilirubin", 42, "umol/L", TODAY - timedelta(days=2))
    wrong = {"withdrawn_at": SIGNED, "withdrawn_by": case.referred_by, "withdrawn_reason": "Another patient."}
    lab(case, "bilirubin", 9, "umol/L", TODAY, **wrong)
    found = picture_of(case, on=TODAY).item("bilirubin")

    assert (found.words, found.on, found.place) == ("42 µmol/L", TODAY - timedelta(days=2), "labs")


def test_a_bound_is_a_gap_and_never_a_value():
    case = a_case()
    lab(case, "afp", 5, "ng/mL", comparator="<")
    picture = picture_of(case, on=TODAY)

    assert picture.missing("afp")
    assert (picture.gap("afp").state, picture.gap("afp").reason) == ("bound", "<5 ng/mL")
    assert picture.gap("albumin").state == ""


def test_only_what_is_signed_counts_and_while_it_is_amended_the_signed_one_stands():
    case = a_case()
    first = signed(case, Specialty.SURGERY, SurgicalInput, resectable="YES")
    amended = an_input(case, revision=2, amendment_reason="Seen again.", status=InputStatus.DRAFT)
    SurgicalInput.objects.create(input=amended, resectable="NO")
    picture = picture_of(case, on=TODAY)

    assert picture.raw("resectable") is True
    assert link("input:SURGERY", case, picture) == f"/inputs/{amended.pk}/"
    assert link("input:ONCOLOGY", case, picture) == f"/cases/{case.pk}/"
    SpecialistInput.objects.filter(pk=first.pk).update(superseded_at=SIGNED)
    assert picture_of(case, on=TODAY).missing("resectable")


def test_what_was_signed_for_the_last_presentation_counts_until_it_is_signed_anew():
    case = a_case()
    signed(case, Specialty.SURGERY, SurgicalInput, resectable="NO")
    type(case).objects.filter(pk=case.pk).update(presentation=2)
    case.refresh_from_db()
    assert picture_of(case, on=TODAY).raw("resectable") is False

    signed(case, Specialty.SURGERY, SurgicalInput, at=SIGNED + timedelta(days=1), resectable="YES")
    assert picture_of(case, on=TODAY).raw("resectable") is True


@pytest.mark.parametrize(("days", "invaded"), [(-1, False), (1, True)])
def test_of_diagnosis_and_radiologist_whoever_looked_last_is_believed(days, invaded):
    """The diagnosis is written now, and rewritten: what counts is when it last spoke of the vessels."""
    case = a_case()
    a_diagnosis(case, primary_site="HCC", macrovascular_invasion="YES")
    Diagnosis.objects.filter(case=case).update(macrovascular_invasion="NO")
    at = datetime.now(tz=UTC) + timedelta(days=days)
    signed(case, Specialty.RADIOLOGY, RadiologyInput, at=at, vascular_invasion=["PORTAL"])

    assert picture_of(case, on=TODAY).raw("macrovascular_invasion") is invaded


def test_lesions_with_their_newest_sizes():
    case = a_case()
    a_diagnosis(case, primary_site="HCC")
    lesion = a_lesion(case, 1, mm=20, measured_on=TODAY - timedelta(days=60), is_target=True)
    newest = {"measured_on": TODAY, "long_axis_mm": D(25), "washout": "YES", "capsule": "PENDING"}
    LesionMeasurement.objects.create(lesion=lesion, created_by=case.referred_by, **newest)
    a_lesion(case, 2, mm=12, measured_on=TODAY, treatments=["TACE"])
    picture = picture_of(case, on=TODAY)

    assert (picture.raw("baseline_sum_mm"), picture.raw("current_sum_mm")) == (20, 25)
    assert picture.gap("tumour_sizes_cm").reason == "the viable part of L2 is not measured"
    assert picture.lirads[0].inputs == {"washout": True, "size_mm": 25}
    assert picture.lirads[0].states == {"capsule": "pending"}


def test_every_place_has_an_address():
    case = a_case()
    picture = picture_of(case, on=TODAY)

    for name, one in NAMES.items():
        address = link(one.place, case, picture)
        assert address.startswith(f"/cases/{case.pk}/"), name
    assert link("labs", case, picture) == f"/cases/{case.pk}/record/labs/"


def test_as_many_queries_for_one_case_as_for_three():
    cases = [everything(a_case()) for _ in range(3)]

    def asked(some):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = pictures_of(some, days=dict.fromkeys((one.pk for one in some), TODAY))
        assert all(not one.missing("flr_adequate") for one in found.values())
        return len(queries)

    assert asked(cases[:1]) == asked(cases) <= 13


def test_every_score_can_be_computed_from_what_stands_in_the_tables():
    picture = picture_of(everything(a_case()), on=TODAY)

    for score in scores.all_scores():
        assert scores.compute(score.id, picture.inputs_of(score))["status"] in {"ok", "incomplete"}, score.id


def test_two_patients_who_are_read_together_are_read_as_if_alone():
    first = everything(a_case(patient=a_patient(birth_date=date(1958, 3, 7))))
    second = a_case(patient=a_patient(birth_date=date(1990, 1, 2)))
    a_diagnosis(second, primary_site="HCC", macrovascular_invasion="YES")
    lab(second, "afp", 900, "ng/mL")
    a_lesion(second, mm=12)
    elsewhere = a_case(patient=first.patient)  # the same patient before another board

    alone = {case.pk: picture_of(case, on=TODAY) for case in (first, second, elsewhere)}
    together = pictures_of([second, elsewhere, first], days=dict.fromkeys(alone, TODAY))
    assert together == alone
    assert together[first.pk].missing("afp")
    assert together[second.pk].missing("ecog")
    assert set(together[elsewhere.pk].items) == {"formula", "question_for_board", "age_years", "sex_for_meld"}
