"""Facts are recorded on their own pages; a lost race shows both versions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import (
    ComorbidityReview,
    Diagnosis,
    Fitness,
    ImagingStudy,
    LabResult,
    Lesion,
    LiverStatus,
    PatientWish,
    SymptomReport,
    TreatmentCourse,
)
from cases.vocabulary import Role
from tests.factories import a_case, a_diagnosis, a_lesion, board, lab, member

pytestmark = pytest.mark.django_db

ROWS = {
    "labs-TOTAL_FORMS": "9",
    "labs-INITIAL_FORMS": "6",
    "lesions-TOTAL_FORMS": "3",
    "lesions-INITIAL_FORMS": "0",
}
BILIRUBIN = {"labs-0-analyte": "bilirubin", "labs-0-value": "11", "labs-0-unit": "umol/L"}
TYPED = {
    "labs": (
        LabResult,
        ROWS | BILIRUBIN,
    ),
    "lesion": (Lesion, ROWS | {"lesions-0-segments": ["6"], "lesions-0-long_axis_mm": "23"}),
    "imaging": (ImagingStudy, {"fact-modality": "MRI", "fact-performed_on": "2026-11-10"}),
    "fitness": (Fitness, {"fact-ecog": "0", "fact-no_comorbidity": "on"}),
    "liver": (LiverStatus, {"fact-cirrhosis": "YES", "fact-aetiologies": ["HCV"], "fact-ascites": "none"}),
    "symptoms": (SymptomReport, {"fact-none_reported": "on"}),
    "wish": (PatientWish, {"fact-words": "No more chemotherapy."}),
    "comorbidity": (
        ComorbidityReview,
        {
            "fact-items": ["copd"],
            "fact-liver_disease": "none",
            "fact-diabetes": "uncomplicated",
            "fact-other_tumour": "none",
            "fact-whole_list": "on",
        },
    ),
    "course": (
        TreatmentCourse,
        {"fact-procedure": "Right hemihepatectomy", "fact-performed_on": "2026-10-01"},
    ),
}


@pytest.fixture
def liver():
    return board()


@pytest.fixture
def case(liver):
    return a_case(board=liver)


@pytest.fixture
def surgeon(liver, client):
    user = member(liver, Role.MEMBER)
    client.force_login(user)
    return user


@pytest.mark.parametrize("what", list(TYPED))
def test_each_kind_of_fact_is_shown_recorded_and_withdrawn(client, case, surgeon, what):
    model, data = TYPED[what]
    url = reverse(f"cases:record-{what}", args=[case.pk])
    assert client.get(url).status_code == 200

    assert client.post(url, data).status_code == 302
    fact = model.objects.get(case=case)
    assert fact.created_by == surgeon

    wrong = reverse("cases:withdraw-fact", args=[case.pk, what, fact.pk])
    assert wrong in client.get(url).text
    assert client.get(wrong).status_code == 200
    assert client.post(wrong, {"reason": ""}).status_code == 422
    assert client.post(wrong, {"reason": "Another patient."}).status_code == 302
    assert not model.objects.standing().filter(case=case).exists()


@pytest.mark.parametrize("what", list(TYPED))
def test_nothing_typed_is_not_a_fact(client, case, surgeon, what):
    model, _ = TYPED[what]
    response = client.post(reverse(f"cases:record-{what}", args=[case.pk]), ROWS)
    assert response.status_code == 422
    assert not model.objects.filter(case=case).exists()


def test_what_was_typed_stays_when_it_is_refused(client, case, surgeon):
    lab(case, "bilirubin", 11, "umol/L", "2026-11-16")
    _, data = TYPED["labs"]
    response = client.post(
        reverse("cases:record-labs", args=[case.pk]),
        data | {"labs-day-taken_on": "2026-11-16", "labs-0-value": "17"},
    )
    assert response.status_code == 422
    assert "recorded already as 11 µmol/L" in response.text
    assert 'value="17"' in response.text


def test_a_known_lesion_gets_another_size(client, case, surgeon):
    lesion = a_lesion(case, 1, ("6",), mm=23, measured_on="2026-11-10")
    again = ROWS | {
        "lesions-TOTAL_FORMS": "4",
        "lesions-INITIAL_FORMS": "1",
        "lesions-day-measured_on": "2026-11-20",
        "lesions-0-number": "1",
        "lesions-0-segments": ["6"],
        "lesions-0-long_axis_mm": "19",
    }
    assert client.post(reverse("cases:record-lesion", args=[case.pk]), again).status_code == 302
    assert [int(one.long_axis_mm) for one in lesion.measurements.order_by("measured_on")] == [23, 19]


def test_the_diagnosis_page_shows_both_versions_to_whoever_came_second(client, case, surgeon):
    known = a_diagnosis(case, site_detail="sigmoid")
    url = reverse("cases:record-diagnosis", args=[case.pk])
    assert 'name="version" value="1"' in client.get(url).text
    mine = {"diagnosis-primary_site": "COLORECTAL", "diagnosis-site_detail": "caecum", "version": "1"}
    Diagnosis.objects.filter(pk=known.pk).update(site_detail="rectum", version=2)

    lost = client.post(url, mine)

    assert lost.status_code == 422
    for shown in ("<td>rectum</td>", "<td>caecum</td>", 'name="version" value="2"'):
        assert shown in lost.text
    assert client.post(url, mine | {"version": "2"}).status_code == 302
    assert Diagnosis.objects.get(case=case).site_detail == "caecum"


def test_a_first_diagnosis_and_hostile_versions(client, case, surgeon):
    url = reverse("cases:record-diagnosis", args=[case.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"diagnosis-primary_site": "HCC", "version": "1; drop"}).status_code == 302
    assert Diagnosis.objects.get(case=case).primary_control == "NOT_APPLICABLE"
    assert client.post(url, {"diagnosis-primary_site": "HCC", "version": "99999999999"}).status_code == 422


@pytest.mark.parametrize("what", [*TYPED, "diagnosis"])
def test_who_may_not_record_finds_nothing_or_is_told(client, case, liver, what):
    url = reverse(f"cases:record-{what}", args=[case.pk])
    client.force_login(member(board(), Role.MEMBER))
    assert client.get(url).status_code == 404
    client.force_login(member(liver, Role.OBSERVER))
    assert client.get(url).status_code == 403
    client.force_login(case.referred_by)
    assert client.post(url, {}).status_code == 403


def test_a_fact_of_another_case_is_not_withdrawn_through_this_one(client, case, liver, surgeon):
    other = a_case(board=liver)
    fact = lab(other, "bilirubin", 11, "umol/L")
    url = reverse("cases:withdraw-fact", args=[case.pk, "labs", fact.pk])
    assert client.post(url, {"reason": "x"}).status_code == 404
    assert client.get(reverse("cases:withdraw-fact", args=[case.pk, "nothing", fact.pk])).status_code == 404


def test_the_sheet_costs_the_same_however_many_facts(client, case, surgeon):
    url = reverse("cases:record-lesion", args=[case.pk])
    counts = []
    for number in (1, 2, 3):
        a_lesion(case, number, mm=10 + number)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[2] <= 14
