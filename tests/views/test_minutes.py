"""The minutes: who was there, what stands, what was postponed and what came back; a draft until the end."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from cases.models import Attendance, Guest, Matter, Meeting
from cases.queries.minutes import minutes_of
from cases.vocabulary import CaseStatus, ItemStatus, Lane, MeetingStatus, Specialty
from tests.factories import a_lesion, person
from tests.factories.boards import board as make_board
from tests.factories.cases import a_case, agenda_item
from tests.factories.decisions import a_room
from tumorboard.audit import trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room(present=[Specialty.SURGERY, Specialty.RADIOLOGY])


def words(content):
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def minutes(room, user=None):
    return words(minutes_of(Meeting.objects.get(pk=room.meeting.pk), user=user or room.chair))


def clock(at, room):
    return f"{at.astimezone(room.board.zone):%H:%M}"


def test_who_was_there_and_when(room):
    stretch = Attendance.objects.get(user=room.surgeon)
    Attendance.objects.filter(pk=stretch.pk).update(left_at=room.item.opened_at, deputy_for=room.oncologist)
    Attendance.objects.create(
        meeting=room.meeting,
        user=room.surgeon,
        specialty="SURGERY",
        joined_at=room.item.opened_at,
        created_by=room.coordinator,
    )
    from_start = clock(room.meeting.starts_at, room)
    opened = clock(room.item.opened_at, room)

    told = f"Mr Ivo Duarte Hepatobiliary surgery, for Kofi Adeyemi {from_start}–{opened}, {opened}–"
    assert told in minutes(room)


def test_what_was_decided_with_its_actions_dissent_and_quorum(room):
    lesion = a_lesion(room.case, mm=31)
    room.item.discussion = "The remnant was measured again."
    room.item.save()
    Guest.objects.create(
        item=room.item,
        name="Dr Olive Green",
        comes_as="family doctor",
        joined_at=room.item.opened_at,
        created_by=room.coordinator,
    )
    decided = room.decide([room.action(lesions=[lesion])])
    decided.ratifications.all().delete()
    decided.ratifications.create(
        specialty=Specialty.ONCOLOGY, asked_of=room.oncologist, due_on=room.today, created_by=room.chair
    )
    text = minutes(room)

    for said in (
        f"1. {room.case.number} · Decided",
        room.case.question,
        "Dr Olive Green, family doctor",
        "The remnant was measured again.",
        "Version 1, signed by June Arkwright.",
        "1 Resection, right hepatectomy, for L1 Mr Ivo Duarte",
        "Not quorate: medical oncology absent.",
        f"Medical oncology, Kofi Adeyemi, is asked by {room.today:%d-%b-%Y}.",
    ):
        assert said in text
    assert " ".join(decided.read_back.split()) in text


def test_the_version_that_stands_is_minuted(room):
    room.amend(room.decide(), reason="New CT.", rationale="Three lesions.")

    assert "Version 2, signed by June Arkwright. Amended: New CT." in minutes(room)


def test_what_was_postponed_and_what_nobody_reached(room):
    later = a_case(room.board, CaseStatus.LISTED)
    agenda_item(
        room.meeting, later, position=2, status=ItemStatus.DEFERRED, defer_reason="The scan is missing."
    )
    third = a_case(room.board, CaseStatus.LISTED)
    agenda_item(room.meeting, third, position=3, lane=Lane.STANDARD, audit_sample=True)
    text = minutes(room)

    assert f"{later.number} · Postponed: The scan is missing." in text
    assert f"{third.number} · Not discussed" in text
    assert "Standard of care · drawn to be checked" in text


def test_matters_arising_with_what_was_said(room):
    decided = room.decide()
    Matter.objects.create(
        meeting=room.meeting,
        case=room.case,
        kind="OVERDUE",
        action=decided.actions.first(),
        said="Duarte operates next week.",
        settled_at=decided.signed_at,
        settled_by=room.chair,
        created_by=room.chair,
    )
    text = minutes(room)

    assert "Overdue, nothing heard: Resection, right hepatectomy, Mr Ivo Duarte" in text
    assert "Duarte operates next week. June Arkwright" in text


@pytest.mark.parametrize("named", [False, True])
def test_patients_are_named_only_where_the_board_says_so(named):
    room = a_room(make_board(identifies_patients_on_agenda=named))
    patient = room.case.patient
    text = minutes(room)

    assert (patient.name in text) is named
    assert (patient.record_number in text) is named


def test_a_draft_until_the_meeting_is_closed(room, client):
    address = reverse("cases:minutes-pdf", args=[room.meeting.pk])
    client.force_login(room.surgeon)
    running = client.get(address)
    assert "DRAFT" in words(running.content)
    assert running["Cache-Control"] == "no-store"

    Meeting.objects.filter(pk=room.meeting.pk).update(status=MeetingStatus.PLANNED)
    assert client.get(address).status_code == 404
    Meeting.objects.filter(pk=room.meeting.pk).update(status=MeetingStatus.CLOSED)
    assert "DRAFT" not in words(client.get(address).content)
    assert trail.of(room.meeting.about).filter(verb="minutes.read", actor=room.surgeon).count() == 2


def test_strangers_and_referrers_find_no_minutes(room, client):
    for stranger in (person(), room.referrer, a_room().chair):
        client.force_login(stranger)
        assert client.get(reverse("cases:minutes-pdf", args=[room.meeting.pk])).status_code == 404


def test_more_cases_need_no_more_questions_to_the_database(room, django_assert_max_num_queries):
    for position in (2, 3, 4):
        agenda_item(room.meeting, a_case(room.board, CaseStatus.LISTED), position=position)
    meeting = Meeting.objects.select_related("board").get(pk=room.meeting.pk)

    with django_assert_max_num_queries(10):
        minutes_of(meeting, user=room.chair)
