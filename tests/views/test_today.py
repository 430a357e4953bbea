"""Does Today show each person what is theirs to do, and the frame what is owed?"""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Draft, StatusChange
from cases.vocabulary import CaseStatus, InputStatus, Role, Specialty
from tests.factories import a_case, agenda_item, board, meeting, member, person
from tests.factories.decisions import a_room
from tests.factories.inputs import an_input
from tumorboard.notifications import outbox
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

pytestmark = pytest.mark.django_db


def today(client, user):
    client.force_login(user)
    response = client.get(reverse("cases:today"))
    assert response.status_code == 200
    return response.context["page"], response.content.decode()


def nav(client, user):
    client.force_login(user)
    shell = client.get(reverse("cases:today")).context["shell"]
    return {label: count for label, _, _, count in shell.nav}


def test_owed_inputs_stand_under_their_meeting_the_next_first(client):
    liver = board()
    surgeon = member(liver)
    now = timezone.now()
    unlisted, later, sooner = (a_case(liver, CaseStatus.LISTED) for _ in range(3))
    agenda_item(meeting(liver, now + timedelta(days=9)), later)
    agenda_item(meeting(liver, now + timedelta(days=2)), sooner)
    for case, days in ((unlisted, 3), (later, 1), (sooner, -1)):
        an_input(case, surgeon, due_at=now + timedelta(days=days))
    page, html = today(client, surgeon)

    assert [group.inputs[0].input.case for group in page.owed] == [sooner, later, unlisted]
    assert (page.owed_count, page.late_count) == (3, 1)
    assert "On no list yet" in html


def test_what_is_signed_withdrawn_or_asked_of_others_is_not_owed(client):
    liver = board()
    surgeon = member(liver)
    an_input(a_case(liver, CaseStatus.WITHDRAWN), surgeon)
    an_input(a_case(liver), member(liver))
    an_input(a_case(liver), surgeon, status=InputStatus.NOT_NEEDED, not_needed_reason="No surgery.")
    an_input(a_case(liver, presentation=2), surgeon, presentation=1)

    assert today(client, surgeon)[0].owed == []


def test_an_input_asked_of_nobody_is_shown_to_its_discipline(client):
    liver = board()
    asked = an_input(a_case(liver), None, Specialty.RADIOLOGY)
    reader = member(liver, specialty=Specialty.RADIOLOGY)
    page, _ = today(client, reader)

    assert [(one.input, one.is_mine) for one in page.owed[0].inputs] == [(asked, False)]
    assert today(client, member(liver))[0].owed == []


def test_referrals_to_triage_are_for_who_triages(client):
    liver = board()
    waiting = a_case(liver, CaseStatus.REFERRED)
    a_case(status=CaseStatus.REFERRED)

    assert today(client, member(liver, Role.COORDINATOR))[0].triage == [waiting]
    assert "To triage" not in today(client, member(liver))[1]


def test_a_returned_referral_says_what_is_missing(client):
    case = a_case(status=CaseStatus.RETURNED)
    StatusChange.objects.create(
        case=case,
        step="returned",
        before=CaseStatus.REFERRED,
        after=CaseStatus.RETURNED,
        reason="Histology",
        at=timezone.now(),
        by=person(),
    )
    page, html = today(client, case.referred_by)

    assert page.returned == [case]
    assert "Missing: Histology" in html


def test_my_open_actions_with_those_overdue(client):
    room = a_room()
    room.decide(actions=[room.action(days=0), room.action(owner=room.oncologist)])
    page, _ = today(client, room.surgeon)

    assert [str(one.standing.due) for one in page.actions] == ["due"]


def test_drafts_lead_back_to_their_forms_and_are_nobody_elses(client):
    liver = board()
    surgeon = member(liver)
    asked, fresh = an_input(a_case(liver), surgeon), uuid.uuid4()
    for form, key in (("input", asked.pk), ("referral", fresh), ("referral", "nonsense-of-old")):
        Draft.objects.create(owner=surgeon, form=form, key=str(key), saved_at=timezone.now())
    page, _ = today(client, surgeon)

    assert {one.url for one in page.drafts} >= {
        reverse("cases:input", args=[asked.pk]),
        f"{reverse('cases:refer')}?draft={fresh}",
    }
    assert today(client, member(liver))[0].drafts == []


def test_nobody_is_told_of_what_is_never_theirs(client):
    liver = board()

    for role, owes, meets in [
        (Role.MEMBER, True, True),
        (Role.CHAIR, True, True),
        (Role.COORDINATOR, False, True),
        (Role.OBSERVER, False, True),
        (Role.REFERRER, False, False),
    ]:
        _, html = today(client, member(liver, role))
        assert ("Inputs I owe" in html, "Next meetings" in html) == (owes, meets), role
    assert "Nothing waits for you here." in html


def test_the_next_meetings_of_my_boards(client):
    liver = board()
    coming = meeting(liver)
    meeting(liver, timezone.now() - timedelta(days=9))
    meeting(board())
    agenda_item(coming, a_case(liver))
    page, _ = today(client, member(liver))

    assert [(one.pk, one.listed) for one in page.meetings] == [(coming.pk, 1)]


class TestFrame:
    @pytest.mark.parametrize(
        ("role", "entries"),
        [
            (Role.COORDINATOR, {"Today", "Cases", "Meetings", "Actions", "Chase", "Messages", "Import"}),
            (Role.CHAIR, {"Today", "Cases", "Meetings", "Actions", "Chase", "Messages"}),
            (Role.MEMBER, {"Today", "Cases", "Meetings", "Actions"}),
            (Role.OBSERVER, {"Today", "Cases", "Meetings", "Actions"}),
            (Role.REFERRER, {"Today", "Cases", "Actions"}),
        ],
    )
    def test_the_menu_holds_what_the_seat_may_open(self, client, role, entries):
        assert set(nav(client, member(board(), role))) == entries

    def test_numbers_say_what_is_owed(self, client):
        room = a_room()
        room.decide(actions=[room.action()])
        an_input(a_case(room.board), room.surgeon)

        assert nav(client, room.surgeon)["Today"] == 1
        assert nav(client, room.surgeon)["Actions"] == 1

    @pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CHAIR])
    def test_who_chases_is_led_to_the_list_with_its_number(self, client, role):
        room = a_room()
        for _ in range(2):
            an_input(a_case(room.board), room.surgeon)
        leads = member(room.board, role)

        assert "2 inputs owed" in today(client, leads)[1]
        assert reverse("cases:chase") in today(client, leads)[1]
        assert "To chase" not in today(client, room.surgeon)[1]

    def test_post_that_did_not_arrive_is_counted_for_who_looks_after_it(self, client):
        liver = board()
        coordinator = member(liver, Role.COORDINATOR)
        owed = outbox.put(kind="x", about="x", recipient=person(), title="x", text="x", scope=liver.scope)
        Message.objects.filter(pk=owed.pk).update(state=State.DEAD, last_error="No such mailbox.")

        assert nav(client, coordinator)["Messages"] == 1
        assert "E-mails that did not arrive" in today(client, coordinator)[1]

    def test_somebody_without_a_seat_gets_a_page(self, client):
        page, html = today(client, person())

        assert (page.owed, page.meetings) == ([], [])
        assert "Refer a patient" not in html


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_work(client, count, django_assert_num_queries):
    liver = board()
    surgeon = member(liver, Role.CHAIR, Specialty.SURGERY)
    sitting = meeting(liver)
    for _ in range(count):
        case = a_case(liver, CaseStatus.LISTED)
        agenda_item(sitting, case)
        asked = an_input(case, surgeon)
        a_case(liver, CaseStatus.REFERRED)
        Draft.objects.create(owner=surgeon, form="input", key=str(asked.pk), saved_at=timezone.now())
    client.force_login(surgeon)

    with django_assert_num_queries(13):
        client.get(reverse("cases:today"))
