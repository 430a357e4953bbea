"""Where one of fifty may: which danger, how it is laid, and what must stand afterwards."""

from datetime import timedelta

from django.utils import timezone

from cases.domain.errors import Refused, SomeoneWasFaster, StepNotAllowed
from cases.domain.referral import OpenCaseExists
from cases.models import (
    AgendaItem,
    Case,
    Letter,
    Meeting,
    Patient,
    Ratification,
    Recommendation,
    SpecialistInput,
    StatusChange,
)
from cases.services import case as case_room
from cases.services import disease, pathway, recommendation, specialist_input
from cases.services import letter as letters
from cases.services import meeting as meetings
from cases.services.meeting import series as all_series
from cases.vocabulary import CaseStatus, LetterKind, MeetingStatus, Role, Specialty
from tests.factories import a_case, agenda_item, board, lab, meeting, member
from tests.factories.decisions import a_room
from tests.factories.inputs import DETAILS, OPINION, a_signed_input, an_input
from tests.factories.referrals import a_referral
from tests.services.fifty.crowd import FIFTY, TWELVE, Danger, Laid, each, read
from tumorboard.notifications.models import Message

TOMORROW = timedelta(days=1)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def coordinators(here, many):
    return [member(here, Role.COORDINATOR) for _ in range(many)]


def chairs(room, many):
    return [member(room.board, Role.CHAIR, Specialty.SURGERY) for _ in range(many)]


def one_case_on_many_lists(many):
    here = board()
    case, people = a_case(here), coordinators(here, many)
    weeks = [meeting(here, starts_at=timezone.now() + n * 7 * TOMORROW) for n in range(1, many + 1)]

    def lists(week, by):
        mine = read(case)
        return lambda: meetings.list_case(case=mine, meeting=week, by=by)

    return Laid(
        [lists(week, by) for week, by in zip(weeks, people, strict=True)],
        holds=lambda _: AgendaItem.objects.filter(case=case).count() == 1,
    )


def one_date_scheduled(many):
    here, start = board(), timezone.now() + 3 * TOMORROW
    said = {"board": here, "starts_at": start, "ends_at": start + timedelta(hours=1), "place": ""}
    return Laid(
        each(meetings.schedule, coordinators(here, many), **said),
        told=(Refused,),
        holds=lambda _: Meeting.objects.count() == 1,
    )


def many_meetings_moved_to_one_hour(many):
    here, start = board(), timezone.now() + timedelta(days=700)
    days = [meeting(here, starts_at=timezone.now() + n * TOMORROW) for n in range(1, many + 1)]
    said = {"starts_at": start, "ends_at": start + timedelta(hours=1), "place": "", "version": 1}

    def moves(day, by):
        return lambda: meetings.move(meeting=day, **said, by=by)

    return Laid(
        [moves(day, by) for day, by in zip(days, coordinators(here, many), strict=True)],
        told=(Refused,),
        holds=lambda _: Meeting.objects.filter(starts_at=start).count() == 1,
    )


def one_list_put_in_order(many):
    here = board()
    coming = meeting(here)
    items = [agenda_item(coming, a_case(here)) for _ in range(3)]
    order = [(one.pk, one.lane) for one in reversed(items)]
    return Laid(
        each(meetings.reorder, coordinators(here, many), meeting=coming, version=1, order=order),
        holds=lambda _: read(coming).version == 2,
    )


def one_agenda_published(many):
    here = board()
    coming, people = meeting(here), coordinators(here, many)
    agenda_item(coming, a_case(here))
    return Laid(
        each(meetings.publish_agenda, people, meeting=coming, version=1),
        holds=lambda _: (read(coming).agenda_version, Message.objects.count()) == (1, many),
    )


def one_referral_judged(many):
    """Some take it in, some send it back, some withdraw it: one step is taken."""
    here = board()
    case, people = a_case(here, CaseStatus.REFERRED), coordinators(here, many)

    def judges(number, by):
        mine = read(case)
        return (
            lambda: pathway.accept(case=mine, by=by),
            lambda: case_room.return_to_referrer(case=mine, missing="The CT.", by=by),
            lambda: case_room.withdraw(case=mine, reason="Elsewhere.", by=by),
        )[number % 3]

    return Laid(
        [judges(number, by) for number, by in enumerate(people)],
        told=(SomeoneWasFaster, StepNotAllowed),
        holds=lambda _: StatusChange.objects.filter(case=case).count() == 1,
    )


def one_meeting_opened(many):
    here = board()
    today = meeting(here, timezone.now())
    return Laid(
        each(meetings.open_meeting, coordinators(here, many), meeting=today),
        holds=lambda _: read(today).version == 2,
    )


def one_meeting_closed(many):
    here = board()
    running = meeting(here, timezone.now(), status=MeetingStatus.RUNNING)
    return Laid(
        each(meetings.close_meeting, coordinators(here, many), meeting=running),
        told=(Refused,),
        holds=lambda _: read(running).version == 2,
    )


def one_decision_signed(many):
    room = a_room()
    kept, people = room.confirmed(), chairs(room, many)

    def holds(_):
        decided = StatusChange.objects.filter(case=room.case, step="decided").count()
        letter = Letter.objects.filter(kind=LetterKind.REFERRER).count()
        told = Message.objects.filter(kind="action.handed_over").count()
        return (read(kept).signed_by in people, decided, letter, told) == (True, 1, 1, 1)

    return Laid(each(pathway.sign_off, people, recommendation=kept, version=kept.version), holds=holds)


def one_amendment_begun(many):
    room = a_room()
    signed, people = room.decide(), chairs(room, many)
    return Laid(
        each(recommendation.begin_amendment, people, recommendation=signed, reason="New CT."),
        holds=lambda _: Recommendation.objects.being_made().count() == 1,
    )


def one_letter_approved(many):
    room = a_room()
    room.decide()
    letter = Letter.objects.get(kind=LetterKind.REFERRER)
    return Laid(
        each(letters.approve, chairs(room, many), letter=letter, version=1),
        told=(Refused, SomeoneWasFaster),
        holds=lambda _: bool(read(letter).pdf),
    )


def one_letter_sent(many):
    room = a_room()
    room.decide()
    letter = Letter.objects.get(kind=LetterKind.REFERRER)
    letters.approve(letter=letter, version=1, by=room.chair)
    people = coordinators(room.board, many)
    return Laid(
        each(letters.send, people, letter=letter),
        told=(Refused, SomeoneWasFaster),
        holds=lambda _: Message.objects.filter(kind="letter.sent").count() == 1,
    )


def one_input_signed(many):
    here = board(input_specialties=[Specialty.SURGERY])
    people = [member(here, specialty=Specialty.SURGERY) for _ in range(many)]
    wanted = an_input(a_case(here), people[0])
    said = {"version": 1, "fields": OPINION, "details": DETAILS[Specialty.SURGERY]}
    return Laid(
        each(specialist_input.sign, people, specialist_input=wanted, **said),
        holds=lambda _: SpecialistInput.objects.get().signed_by in people,
    )


def one_input_amended(many):
    here = board(input_specialties=[Specialty.SURGERY])
    people = [member(here, specialty=Specialty.SURGERY) for _ in range(many)]
    signed = a_signed_input(a_case(here), people[0])
    return Laid(
        each(specialist_input.amend, people, specialist_input=signed, reason="New CT."),
        told=(Refused,),
        holds=lambda _: SpecialistInput.objects.filter(revision=2).count() == 1,
    )


def one_patient_referred_twice(many):
    here = board()
    patient = {"record_number": "SAME-1", "given_name": "Marian"}
    people = [member(here, Role.REFERRER) for _ in range(many)]
    return Laid(
        [lambda by=by: pathway.refer(referral=a_referral(here, patient), by=by) for by in people],
        told=(OpenCaseExists,),
        holds=lambda _: (Patient.objects.count(), Case.objects.count()) == (1, 1),
    )


def one_item_waived(many):
    here = board()
    case, people = a_case(here), [member(here) for _ in range(many)]
    return Laid(
        each(disease.waive, people, case=case, item="afp", reason="Not asked."),
        told=(Refused,),
        holds=lambda _: case.waiver_set.count() == 1,
    )


def one_fact_withdrawn(many):
    here = board()
    fact, people = lab(a_case(here), "inr", "1.0", "1"), [member(here) for _ in range(many)]
    return Laid(each(disease.withdraw_fact, people, fact=fact, reason="Other patient."))


def one_absent_discipline_answers(many):
    room = a_room(present=(Specialty.SURGERY, Specialty.ONCOLOGY))
    people = [member(room.board, specialty=Specialty.RADIOLOGY) for _ in range(many)]
    room.decide()
    asked = Ratification.objects.select_related("recommendation__case__board").get()
    said = {"answer": "RATIFIED", "note": ""}
    return Laid(
        each(pathway.answer_ratification, people, ratification=asked, **said),
        holds=lambda _: read(asked).answered_by in people,
    )


def one_day_left_out_of_a_series(many):
    here = board()
    first = timezone.now().date() + 7 * TOMORROW
    weekly = {"rule": f"FREQ=WEEKLY;BYDAY={DAYS[first.weekday()]}", "minutes": 60, "on_holidays": "SKIP"}
    days = {"first_on": first, "last_on": first + 21 * TOMORROW, "starts_at": timezone.now().time()}
    [first_by, *people] = coordinators(here, many + 1)
    begun = all_series.begin(board=here, by=first_by, **weekly, **days)
    series = begun.series
    return Laid(
        each(all_series.leave_out, people, series=series, version=1, day=first),
        holds=lambda _: not Meeting.objects.filter(series_day=first).exists(),
    )


WINNERS = [
    Danger("one case put on as many lists", one_case_on_many_lists, usually=FIFTY),
    Danger("one date scheduled by all", one_date_scheduled, usually=FIFTY),
    Danger("as many meetings moved to one hour", many_meetings_moved_to_one_hour),
    Danger("one list put in order by all", one_list_put_in_order, usually=FIFTY),
    Danger("one agenda published by all", one_agenda_published),
    Danger("one referral accepted, returned, withdrawn", one_referral_judged, usually=FIFTY),
    Danger("one meeting opened by all", one_meeting_opened),
    Danger("one meeting closed by all", one_meeting_closed),
    Danger("one decision signed by all chairs", one_decision_signed, usually=TWELVE),
    Danger("one decision amended by all chairs", one_amendment_begun),
    Danger("one letter approved by all chairs", one_letter_approved),
    Danger("one letter sent by all", one_letter_sent),
    Danger("one input signed by all of a discipline", one_input_signed, usually=TWELVE),
    Danger("one signed input amended by all", one_input_amended),
    Danger("one patient referred by all to one board", one_patient_referred_twice, usually=TWELVE),
    Danger("one item waived by all", one_item_waived),
    Danger("one fact withdrawn by all", one_fact_withdrawn),
    Danger("one absent discipline answers, all of its members", one_absent_discipline_answers),
    Danger("one day left out of a series by all", one_day_left_out_of_a_series),
]
