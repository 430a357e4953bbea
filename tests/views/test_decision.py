"""What does a signed decision show, to whom, and how are its versions told apart?"""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import AgendaItem, Recommendation
from cases.services.recommendation import DissentSaid, PlannedCondition, PlannedPlanB
from cases.vocabulary import Role, Specialty
from tests.factories import a_lesion, member, person
from tests.factories.decisions import a_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room()


@pytest.fixture
def chair(room, client):
    client.force_login(room.chair)
    return client


def page_of(signed):
    return reverse("cases:decision", args=[signed.pk])


def body(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def with_condition(room, lesions=()):
    later = room.today + timedelta(days=30)
    condition = PlannedCondition("remnant over 30 %", room.oncologist, later)
    return room.action(
        lesions=lesions, condition=condition, plan_b=PlannedPlanB("SYSTEMIC", "", room.oncologist, later)
    )


def test_it_shows_the_whole_decision_and_how_each_action_stands(room, chair):
    lesion = a_lesion(room.case, 2)
    signed = room.decide([with_condition(room, [lesion])], [DissentSaid("Two more cycles.", room.oncologist)])
    text = body(chair.get(page_of(signed)))

    for said in (
        "L2 resect Resect",
        "Resection right hepatectomy",
        "Waits for its condition",
        "only if remnant over 30 %",
        "otherwise Systemic treatment",
        "Only if the first plan fails",
        "K. Adeyemi: Two more cycles.",
        "not Comorbidity, The patient’s wish, Trial, Palliative and supportive need, Genetics",
        f"Sealed in the audit trail: {signed.seal[:12]}",
    ):
        assert said in text, said


def test_it_says_whether_the_decision_moved_from_where_the_board_stood(room, chair):
    stood = {one: {"opinion": "ABLATE", "confidence": "HIGH"} for one in ("SURGERY", "ONCOLOGY")}
    AgendaItem.objects.update(stood_before=stood)
    signed = room.decide()

    assert "moved: 2 of 2 preferred ablation; decided resection" in body(chair.get(page_of(signed)))


def test_a_decision_without_quorum_is_provisional_and_says_who_is_asked(client):
    room = a_room(present=[Specialty.SURGERY, Specialty.ONCOLOGY])
    radiologist = member(room.board, specialty=Specialty.RADIOLOGY, given_name="Nils", family_name="Sorensen")
    signed = room.decide()
    client.force_login(room.chair)
    text = body(client.get(page_of(signed)))

    assert "Provisional: diagnostic radiology has not answered yet." in text
    assert f"Asked Diagnostic radiology , {radiologist}" in text


def test_the_chair_begins_a_new_version_with_a_reason(room, chair):
    signed = room.decide()
    amend = reverse("cases:amend-decision", args=[signed.pk])
    assert chair.post(amend, {"reason": ""}).status_code == 422
    assert Recommendation.objects.count() == 1

    making = reverse("cases:make-decision", args=[room.item.pk])
    assert chair.post(amend, {"reason": "New CT."}).url == making
    assert "Version 2, because: New CT." in body(chair.get(making))
    text = body(chair.get(page_of(signed)))
    assert "Version 2 is being written. This one stands until it is signed." in text
    assert "Write a new version" not in text


def test_versions_stand_side_by_side_with_the_reason(room, chair):
    first = room.decide()
    second = room.amend(first, reason="The CT shows a third lesion.", rationale="Now three lesions.")
    text = body(chair.get(reverse("cases:decision-versions", args=[first.pk])))

    assert "Why it was changed: The CT shows a third lesion." in text
    assert "Why Two lesions, none elsewhere, enough liver will be left. Now three lesions." in text
    assert "This version was replaced by version 2" in body(chair.get(page_of(first)))
    assert "Version 2, compare with the one before" in body(chair.get(page_of(second)))


def test_the_referrer_reads_it_once_it_is_signed(room, client):
    written = room.confirmed()
    client.force_login(room.referrer)
    assert client.get(page_of(written)).status_code == 404
    room.sign(written)
    response = client.get(page_of(written))

    assert room.fields["rationale"] in body(response)
    assert "Write a new version" not in body(response)
    assert client.get(reverse("cases:decision-versions", args=[written.pk])).status_code == 200


def test_an_observer_reads_what_is_not_signed_and_may_not_write(room, client):
    written = room.written()
    client.force_login(member(room.board, Role.OBSERVER))

    assert "Not signed yet." in body(client.get(page_of(written)))
    assert client.post(reverse("cases:amend-decision", args=[written.pk]), {"reason": "x"}).status_code == 403


def test_strangers_find_nothing(room, client):
    signed = room.decide()
    for stranger in (person(), a_room().chair):
        client.force_login(stranger)
        for name in ("decision", "decision-versions"):
            assert client.get(reverse(f"cases:{name}", args=[signed.pk])).status_code == 404


def asked_with(number, client):
    room = a_room()
    lesions = [a_lesion(room.case, n) for n in range(1, number + 1)]
    said = [DissentSaid("No.", room.oncologist)] * number
    signed = room.amend(room.decide([with_condition(room, lesions)] * number, said))
    client.force_login(room.chair)
    client.get(page_of(signed))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page_of(signed)).status_code == 200
    return len(asked)


def test_more_rows_ask_no_more_questions(client):
    assert asked_with(1, client) == asked_with(3, client)
