"""Does the record tell readiness the truth, in a number of queries that does not grow?"""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Fitness, ImagingStudy, LabResult, LiverStatus, RadiologyInput
from cases.queries.readiness import facts_of, readiness_of, readiness_of_all
from cases.vocabulary import InputStatus, Specialty
from tests.factories import a_case, a_diagnosis, a_lesion, lab, person
from tests.factories.inputs import an_input

pytestmark = pytest.mark.django_db


def facts(case):
    return facts_of([case.pk])[case.pk]


def test_the_newest_standing_value_counts():
    case, today = a_case(), timezone.now().date()
    lab(case, "albumin", 30, "g/L", taken_on=today - timedelta(days=9))
    wrong = lab(case, "albumin", 40, "g/L", taken_on=today - timedelta(days=2))
    LabResult.objects.filter(pk=wrong.pk).update(
        withdrawn_at=timezone.now(), withdrawn_by=case.referred_by, withdrawn_reason="Another patient's."
    )
    LabResult.objects.create(
        case=case, analyte="inr", value=1, unit="1", taken_on=None, created_by=case.referred_by
    )

    assert facts(case).taken_on == {"albumin": today - timedelta(days=9), "inr": None}


def test_what_was_recorded_last_is_what_is_known():
    case = a_case()
    for ecog, cirrhosis in ((0, "YES"), (2, "UNKNOWN")):
        Fitness.objects.create(case=case, ecog=ecog, created_by=case.referred_by)
        LiverStatus.objects.create(case=case, cirrhosis=cirrhosis, created_by=case.referred_by)

    assert (facts(case).ecog, facts(case).cirrhosis) == (2, "UNKNOWN")


def test_only_imaging_of_the_liver_counts():
    case, today = a_case(), timezone.now().date()
    for days, shows in ((30, True), (3, False)):
        ImagingStudy.objects.create(
            case=case,
            modality="CT",
            performed_on=today - timedelta(days=days),
            covers_liver=shows,
            created_by=case.referred_by,
        )

    assert facts(case).imaging_on == today - timedelta(days=30)


def test_lesions_come_from_the_list_else_from_the_radiologist_else_from_the_referral():
    case = a_case()
    diagnosis = a_diagnosis(case, stated_lesion_count=5, stated_count_is_minimum=True, stated_largest_mm=20)
    assert (facts(case).lesion_count, facts(case).segments_known) == (5, False)

    reader = person()
    read = an_input(case, reader, Specialty.RADIOLOGY)
    RadiologyInput.objects.create(
        input=read, lesion_count=3, lesion_segments=["6"], largest_lesion_mm=25, studied_on="2026-11-10"
    )
    assert facts(case).lesion_count == 5
    type(read).objects.filter(pk=read.pk).update(
        status=InputStatus.SIGNED,
        signed_at=timezone.now(),
        signed_by=reader,
        opinion="RESECT",
        confidence="HIGH",
        opinion_reason="Two segments.",
    )
    assert (facts(case).lesion_count, facts(case).largest_mm, facts(case).segments_known) == (3, 25, True)
    assert str(facts(case).imaging_on) == "2026-11-10"

    a_lesion(case, mm=31)
    a_lesion(case, number=2, segments=())
    assert (facts(case).lesion_count, facts(case).largest_mm, facts(case).segments_known) == (2, 31, False)
    assert diagnosis.stated_lesion_count == 5


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
def test_two_queries_however_many_cases(count, django_assert_num_queries):
    cases = [a_case() for _ in range(count)]
    for case in cases:
        a_lesion(case, mm=10)
        an_input(case, person())

    with django_assert_num_queries(2):
        readiness_of_all(cases, days={})
