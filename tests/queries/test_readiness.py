"""Does the record tell readiness the truth, in a number of queries that does not grow?"""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Fitness, ImagingStudy, Waiver
from cases.queries.readiness import readiness_of, readiness_of_all
from cases.vocabulary import InputStatus, Specialty
from tests.factories import a_case, a_diagnosis, a_lesion, board, lab, member, person
from tests.factories.inputs import a_signed_pathology, an_input

pytestmark = pytest.mark.django_db

QUERIES = 16  # two for the cases and their inputs, the others for their pictures


def judged(case):
    return readiness_of(case, on=timezone.localdate())


def blocking(case):
    return {lack.item: lack for lack in judged(case).blocking}


def test_a_marker_that_is_pending_blocks_and_is_owed_by_the_pathologist():
    sits = board()
    case, pathologist = a_case(sits), member(sits, specialty=Specialty.PATHOLOGY, family_name="Okafor")
    a_diagnosis(case)
    asked = a_signed_pathology(
        case, pathologist, {"KRAS": "PENDING", "NRAS": "wild_type", "BRAF": "wild_type"}
    )
    found = blocking(case)

    assert found["ras"].detail.startswith("pending")
    assert found["ras"].who_owes == pathologist.display_name
    assert found["ras"].link == f"/inputs/{asked.pk}/"
    assert "braf" not in found
    assert found["msi"].detail == "not recorded"


def test_what_is_waived_is_told_until_the_waiver_is_withdrawn():
    case = a_case()
    a_diagnosis(case)
    waiver = Waiver.objects.create(
        case=case, item="ras", reason="No tissue left.", created_by=case.referred_by
    )
    assert [(one.item, one.detail) for one in judged(case).waived] == [("ras", "No tissue left.")]
    assert "ras" not in blocking(case)

    Waiver.objects.filter(pk=waiver.pk).update(
        withdrawn_at=timezone.now(), withdrawn_by=case.referred_by, withdrawn_reason="Tissue was found."
    )
    assert judged(case).waived == ()
    assert "ras" in blocking(case)


def test_the_settings_of_the_board_hold():
    case = a_case(board(items_not_required=["ras", "msi"], imaging_days=90, blood_days=60))
    a_diagnosis(case)
    old = timezone.localdate() - timedelta(days=60)
    ImagingStudy.objects.create(case=case, modality="CT", performed_on=old, created_by=case.referred_by)
    lab(case, "albumin", 40, "g/L", taken_on=old)
    lab(case, "cea", 4, "ug/L", taken_on=old)

    assert not {"ras", "msi"} & set(blocking(case))
    assert [one.item for one in judged(case).stale] == ["cea"]


def test_zero_is_an_answer_and_an_absent_one_is_none():
    case = a_case()
    a_diagnosis(case, primary_site="HCC", macrovascular_invasion="NOT_ASSESSED")
    Fitness.objects.create(case=case, ecog=0, created_by=case.referred_by)

    assert "ecog" not in blocking(case)
    assert blocking(case)["macrovascular_invasion"].detail.startswith("recorded as not assessed")


def test_links_lead_to_where_it_is_put_right():
    case = a_case()
    asked = an_input(case, person(), Specialty.SURGERY)
    told = readiness_of(case, on=timezone.now().date())
    links = {lack.what: lack.link for lack in told.lacks}

    assert links["albumin"] == f"/cases/{case.pk}/record/labs/"
    assert links["primary site"] == f"/cases/{case.pk}/record/diagnosis/"
    assert links["Hepatobiliary surgery"] == f"/inputs/{asked.pk}/"


def test_nobody_waits_for_an_amendment_or_for_an_earlier_presentation():
    case = a_case(presentation=2)
    surgeon = person()
    an_input(case, surgeon, presentation=1)
    said = {"opinion": "RESECT", "confidence": "HIGH", "opinion_reason": "Small."}
    an_input(case, surgeon, status=InputStatus.SIGNED, signed_at=timezone.now(), signed_by=surgeon, **said)
    an_input(case, surgeon, revision=2, amendment_reason="New scan.", status=InputStatus.DRAFT)

    assert readiness_of(case, on=timezone.now().date()).waiting == ()


def test_each_case_is_judged_on_its_own_day():
    today = timezone.now().date()
    soon, late = a_case(), a_case()
    for case in (soon, late):
        a_diagnosis(case, primary_site="BREAST")
        lab(case, "albumin", 40, "g/L", taken_on=today)

    told = readiness_of_all([soon, late], days={soon.pk: today, late.pk: today + timedelta(days=15)})

    assert [lack.what for lack in told[soon.pk].stale] == []
    assert [lack.what for lack in told[late.pk].stale] == ["albumin"]


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_however_many_cases(count, django_assert_max_num_queries):
    cases = [a_case() for _ in range(count)]
    for case in cases:
        a_diagnosis(case)
        a_lesion(case, mm=10)
        an_input(case, person())

    with django_assert_max_num_queries(QUERIES):
        readiness_of_all(cases, days={})
