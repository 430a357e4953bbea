"""Where all of fifty may, or as many as there are places: nothing is lost, and nothing is there twice."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from django.utils import timezone

from cases.domain import emergency as emergency_rules
from cases.domain import recommendation as rules
from cases.domain.errors import Refused
from cases.domain.referral import Lab
from cases.models import (
    ActionUpdate,
    AgendaItem,
    Attendance,
    Case,
    EmergencyAccess,
    Guest,
    LabResult,
    Lesion,
    Patient,
    Recommendation,
    RoomSession,
    SpecialistInput,
    StatusChange,
)
from cases.services import (
    disease,
    emergency,
    follow_up,
    pathway,
    recommendation,
    room_screen,
    specialist_input,
)
from cases.services import meeting as meetings
from cases.vocabulary import CaseStatus, ItemStatus, MeetingStatus, Role, Specialty
from tests.factories import a_case, a_lesion, agenda_item, board, meeting, member
from tests.factories.decisions import a_room
from tests.factories.referrals import a_referral
from tests.services.fifty.crowd import FIFTY, TWELVE, Danger, Laid, each
from tests.services.fifty.winners import coordinators
from tumorboard.notifications import outbox
from tumorboard.notifications.models import Message


def all_listed_get_a_place(many):
    here = board()
    coming, cases = meeting(here), [a_case(here) for _ in range(many)]

    def lists(case, by):
        return lambda: meetings.list_case(case=case, meeting=coming, by=by)

    return Laid(
        [lists(case, by) for case, by in zip(cases, coordinators(here, many), strict=True)],
        kept=many,
        holds=lambda _: sorted(coming.items.values_list("position", flat=True)) == [*range(1, many + 1)],
    )


def one_person_opens_many_in_an_emergency(many):
    hospital = "North Riding University Hospital"
    here, reader = board(hospital=hospital), member(board(hospital=hospital))
    said = {"reason_kind": "OPERATION", "reason": "Bleeding from the liver, in theatre now."}
    return Laid(
        [partial(emergency.begin, case=a_case(here), by=reader, **said) for _ in range(many)],
        kept=emergency_rules.AT_ONCE,
        told=(Refused,),
        holds=lambda _: EmergencyAccess.objects.count() == emergency_rules.AT_ONCE,
    )


def many_targets_of_one_liver(many):
    here = board()
    case, people = a_case(here), [member(here) for _ in range(many)]
    for number in range(1, many + 1):
        a_lesion(case, number)

    def aims(number, by):
        return lambda: disease.describe_lesion(case=case, number=number, by=by, is_target=True)

    return Laid(
        [aims(number, by) for number, by in enumerate(people, start=1)],
        kept=2,
        told=(Refused,),
        holds=lambda _: Lesion.objects.filter(is_target=True).count() == 2,
    )


def many_actions_of_one_decision(many):
    room = a_room()
    begun, people = recommendation.begin(item=room.item, by=room.surgeon), coordinators(room.board, many)
    said = {"action": None, "version": 0, "said": room.action()}
    return Laid(
        each(recommendation.save_action, people, recommendation=begun, **said),
        kept=min(many, rules.MOST_ACTIONS),
        told=(Refused,),
        holds=lambda _: (
            sorted(begun.actions.values_list("position", flat=True))
            == [*range(1, min(many, rules.MOST_ACTIONS) + 1)]
        ),
    )


def many_dissents_from_one_decision(many):
    room = a_room()
    begun, people = recommendation.begin(item=room.item, by=room.surgeon), coordinators(room.board, many)
    said = {"dissent": None, "version": 0}

    def says(by):
        return lambda: recommendation.save_dissent(
            recommendation=begun, reason=f"Later, says {by.pk}.", by=by, **said
        )

    return Laid(
        [says(by) for by in people],
        kept=rules.MOST_DISSENTS,
        told=(Refused,),
        holds=lambda _: begun.dissents.count() == rules.MOST_DISSENTS,
    )


def many_new_lesions(many):
    here = board()
    case, people = a_case(here), [member(here) for _ in range(many)]
    return Laid(
        each(disease.describe_lesion, people, case=case, number=None, segments=["6"]),
        kept=many,
        holds=lambda _: sorted(Lesion.objects.values_list("number", flat=True)) == [*range(1, many + 1)],
    )


def one_value_typed_by_all(many):
    here = board()
    case, people = a_case(here), [member(here) for _ in range(many)]
    results = [Lab(analyte="inr", value=Decimal("1.1"), unit="1", taken_on=date(2026, 11, 16))]
    return Laid(
        each(disease.record_labs, people, case=case, results=results),
        kept=many,
        holds=lambda _: LabResult.objects.count() == 1,
    )


def one_person_ticked_in_by_all(many):
    here = board()
    running, surgeon = meeting(here, status=MeetingStatus.RUNNING), member(here)
    return Laid(
        each(meetings.join, coordinators(here, many), meeting=running, user=surgeon),
        kept=many,
        holds=lambda _: Attendance.objects.get().user == surgeon,
    )


def one_guest_admitted_by_all(many):
    room = a_room()
    people = coordinators(room.board, many)
    return Laid(
        each(meetings.admit_guest, people, item=room.item, name="Una Reed"),
        kept=many,
        holds=lambda _: Guest.objects.count() == 1,
    )


def one_patient_on_many_boards(many):
    patient = {"record_number": "SAME-2", "given_name": "Marian"}
    boards = [board() for _ in range(many)]

    def refers(here):
        by = member(here, Role.REFERRER)
        return lambda: pathway.refer(referral=a_referral(here, patient), by=by)

    return Laid(
        [refers(here) for here in boards],
        kept=many,
        holds=lambda _: (Patient.objects.count(), Case.objects.count()) == (1, many),
    )


def many_patients_on_one_board(many):
    here = board()

    def refers():
        by = member(here, Role.REFERRER)
        return lambda: pathway.refer(referral=a_referral(here), by=by)

    def holds(_):
        numbers = Case.objects.values_list("number", flat=True)
        return sorted(int(one.rpartition("-")[2]) for one in numbers) == [*range(1, many + 1)]

    return Laid([refers() for _ in range(many)], kept=many, holds=holds)


def one_decision_begun_by_all(many):
    room = a_room()
    people = coordinators(room.board, many)
    return Laid(
        each(recommendation.begin, people, item=room.item),
        kept=many,
        holds=lambda outcomes: set(outcomes) == {Recommendation.objects.get()},
    )


def many_cases_called_at_once(many):
    """Each goes on to another case: the last to be called is before the board, and it alone."""
    here = board()
    running = meeting(here, timezone.now(), status=MeetingStatus.RUNNING)
    items = [agenda_item(running, a_case(here, CaseStatus.LISTED)) for _ in range(many)]

    def calls(item, by):
        mine = AgendaItem.objects.select_related("meeting__board").get(pk=item.pk)
        return lambda: meetings.open_case(item=mine, by=by)

    return Laid(
        [calls(item, by) for item, by in zip(items, coordinators(here, many), strict=True)],
        kept=many,
        holds=lambda _: running.items.filter(status=ItemStatus.OPEN).count() == 1,
    )


def all_disciplines_asked_by_all(many):
    here = board(input_specialties=[Specialty.SURGERY, Specialty.ONCOLOGY])
    case, people = a_case(here), coordinators(here, many)
    member(here, specialty=Specialty.SURGERY)
    return Laid(
        each(specialist_input.request_all, people, case=case),
        kept=many,
        holds=lambda _: (SpecialistInput.objects.count(), Message.objects.count()) == (2, 1),
    )


def all_that_was_left_to_do_reported(many):
    """As many actions as a decision has, each reported by somebody: the case is closed once."""
    many = min(many, rules.MOST_ACTIONS)
    room = a_room()
    signed = room.decide([room.action(days=14 + n) for n in range(many)])
    actions = signed.actions.select_related("recommendation__case__board")
    said = {"report": "NOT_DONE", "reason": "PROGRESSION", "note": "", "happened_on": None}

    def reports(action, by):
        return lambda: follow_up.report(action=action, by=by, **said)

    def holds(_):
        closed = StatusChange.objects.filter(step="closed").count()
        return (ActionUpdate.objects.count(), closed) == (many, 1)

    people = coordinators(room.board, many)
    return Laid([reports(*one) for one in zip(actions, people, strict=True)], kept=many, holds=holds)


def one_message_owed_by_all(many):
    to = member(board())
    said = {"kind": "agenda", "about": "meeting:1", "recipient": to, "title": "Agenda", "text": "-"}
    return Laid(
        [lambda: outbox.put(**said) for _ in range(many)],
        kept=many,
        holds=lambda outcomes: set(outcomes) == {Message.objects.get()},
    )


def one_code_typed_in_many_rooms(many):
    here = board()
    today, chair = meeting(here, timezone.now() - timedelta(minutes=1)), member(here, Role.CHAIR)
    _room, code = room_screen.open_room(meeting=today, pin="4711", by=chair)
    return Laid(
        [lambda: room_screen.enter(code=code) for _ in range(many)],
        told=(Refused,),
        holds=lambda _: RoomSession.objects.filter(entered_at__isnull=False).count() == 1,
    )


PLACES = [
    Danger("a list: each case has a place of its own", all_listed_get_a_place, usually=TWELVE),
    Danger("three cases at most in an emergency", one_person_opens_many_in_an_emergency, usually=TWELVE),
    Danger("two target lesions at most", many_targets_of_one_liver),
    Danger("twenty actions of a decision at most", many_actions_of_one_decision),
    Danger("ten dissents from a decision at most", many_dissents_from_one_decision, usually=TWELVE),
    Danger("each new lesion has a number of its own", many_new_lesions),
    Danger("one laboratory value typed by all", one_value_typed_by_all),
    Danger("one person ticked in by all", one_person_ticked_in_by_all),
    Danger("one guest admitted by all", one_guest_admitted_by_all),
    Danger("one new patient referred to as many boards", one_patient_on_many_boards),
    Danger("as many new patients on one board, a number each", many_patients_on_one_board, usually=TWELVE),
    Danger("one decision begun by all", one_decision_begun_by_all),
    Danger("as many cases called at once", many_cases_called_at_once),
    Danger("all disciplines asked by all", all_disciplines_asked_by_all),
    Danger("all that was left to do reported at once", all_that_was_left_to_do_reported),
    Danger("one message owed by all", one_message_owed_by_all, usually=FIFTY),
    Danger("one code of a room typed in as many browsers", one_code_typed_in_many_rooms, usually=FIFTY),
]
