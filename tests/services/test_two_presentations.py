"""A case comes back: is it told what differs from its last decision?"""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from cases.models import AgendaItem, Diagnosis, LesionMeasurement, LiverStatus
from cases.queries.snapshot import since_now
from cases.services import disease, pathway
from cases.vocabulary import ItemStatus, Specialty
from tests.factories import a_diagnosis, a_lesion, agenda_item, lab, meeting, member
from tests.factories.decisions import a_room
from tests.factories.inputs import a_signed_pathology

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    """Hepatocellular carcinoma in a cirrhotic liver, Child-Pugh A, one lesion, the pathologist undecided."""
    room = a_room()
    case, before = room.case, room.today - timedelta(days=40)
    a_diagnosis(case, primary_site="HCC", macrovascular_invasion="PENDING")
    for analyte, value, unit in BLOOD:
        lab(case, analyte, value, unit, taken_on=before)
    LiverStatus.objects.create(
        case=case, cirrhosis="YES", ascites="none", encephalopathy="none", created_by=room.surgeon
    )
    a_lesion(case, mm=23, measured_on=before)
    a_lesion(case, number=2, segments=("8",), mm=12, measured_on=before)
    return room


BLOOD = (("bilirubin", 30, "umol/L"), ("albumin", 36, "g/L"), ("inr", "1.1", "1"), ("afp", 40, "ug/L"))


def since(room):
    found = since_now(room.case, user=room.surgeon, on=room.today)
    return {one.what: one.words for _, group in found.groups for one in group}


def brought_again(room):
    room.decide()
    room.case.refresh_from_db()
    pathway.re_present(
        case=room.case, question="Still for transplant?", why_now="It grows.", by=room.coordinator
    )
    room.case.refresh_from_db()
    return room


def a_month_later(room):
    case, today = room.case, room.today
    first, second = case.lesion_set.order_by("number")
    LesionMeasurement.objects.create(
        lesion=first, long_axis_mm=Decimal(31), measured_on=today, created_by=room.surgeon
    )
    type(second).objects.filter(pk=second.pk).update(disappeared_on=today)
    a_lesion(case, number=3, segments=("4a",), mm=9, measured_on=today)
    for analyte, value, unit in (("afp", 120, "ug/L"), ("bilirubin", 60, "umol/L"), ("albumin", 27, "g/L")):
        lab(case, analyte, value, unit, taken_on=today)
    Diagnosis.objects.filter(case=case).update(macrovascular_invasion="NO")


def test_nothing_has_changed_right_after_a_decision(room):
    room.decide()

    assert since(room) == {}


def test_before_the_first_decision_there_is_nothing_to_compare(room):
    assert since_now(room.case, user=room.surgeon, on=room.today) is None


def test_every_kind_of_difference_is_told(room):
    brought_again(room)
    a_month_later(room)
    found = since(room)

    assert found["L1"] == "L1: 23 mm, now 31 mm (+8 mm, +35 %)"
    assert found["L2"] == "L2: 12 mm, segment 8, now no longer seen"
    assert found["L3"] == "L3 is new: 9 mm, segment 4a"
    assert found["AFP"] == "AFP: 40 µg/L, now 120 µg/L (3.0 times)"
    assert found["Macrovascular invasion"] == "Macrovascular invasion: pending, now no"
    assert "INR" not in found
    # 30 umol/L = 1.8 mg/dL: 1, 36 g/L: 1, INR 1.1: 1, none, none: 5; then 60 = 3.5: 3 and 27 g/L: 3, so 9
    assert found["Child-Pugh"].startswith("Child-Pugh: 5, class A, now 9, class B")


def test_a_value_taken_back_and_a_marker_that_came_in(room):
    pathologist = member(room.board, specialty=Specialty.PATHOLOGY)
    Diagnosis.objects.filter(case=room.case).update(primary_site="COLORECTAL")
    a_signed_pathology(room.case, pathologist, {"KRAS": "PENDING"})
    brought_again(room)
    disease.withdraw_fact(
        fact=room.case.labresult_set.get(analyte="afp"), reason="Of another patient.", by=room.coordinator
    )
    a_signed_pathology(room.case, pathologist, {"KRAS": "mutated"})
    found = since(room)

    assert found["AFP"] == "AFP: 40 µg/L, now no longer recorded"
    assert found["RAS"] == "RAS: pending, now mutated"


def test_the_case_page_and_the_form_that_brings_it_again_tell_it(client, room):
    room.decide()
    a_month_later(room)
    client.force_login(room.coordinator)
    pages = [
        client.get(reverse(f"cases:{name}", args=[room.case.pk])).text for name in ("case", "re-present")
    ]

    for page in pages:
        assert "Since the last decision" in page
        assert "+8 mm, +35 %" in page


def test_a_referrer_from_outside_is_not_told(client, room):
    room.decide()
    a_month_later(room)
    client.force_login(room.referrer)

    assert "Since the last decision" not in client.get(reverse("cases:case", args=[room.case.pk])).text


def test_the_live_screen_tells_it_in_a_line(client, room):
    brought_again(room)
    a_month_later(room)
    AgendaItem.objects.filter(meeting=room.meeting).update(status=ItemStatus.DISCUSSED)
    again = agenda_item(meeting(room.board), room.case, presentation=2)
    client.force_login(room.coordinator)
    page = client.get(reverse("cases:hold-meeting", args=[again.meeting_id])).text

    assert "Since then:</b> L1: 23 mm, now 31 mm (+8 mm, +35 %)" in page
    assert "more." in page
