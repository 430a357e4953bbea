"""A case that is not one's own is read for an hour, with a reason, and somebody looks at that afterwards."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from cases.domain.emergency import AT_ONCE, IN_A_DAY
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import Case, EmergencyAccess, LabResult, Letter, Recommendation, SpecialistInput
from cases.services import disease, emergency
from cases.vocabulary import CaseStatus, LetterStatus, Role
from tests.factories import a_case, board, lab, member, person
from tests.factories.decisions import a_room
from tumorboard.audit import trail
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db

REASON = "Bleeding from the liver, in theatre now."


@pytest.fixture
def here():
    return board(hospital="North Riding University Hospital")


@pytest.fixture
def case(here):
    return a_case(here)


@pytest.fixture
def officer(here):
    officer = person(given_name="Petra", family_name="Quist")
    here.hospital.privacy_officers.add(officer)
    return officer


@pytest.fixture
def surgeon(here):
    """Of the same hospital, on another board."""
    return member(board(hospital=here.hospital.name))


def begin(case, by, **more):
    said = {"reason_kind": "OPERATION", "reason": REASON} | more
    return emergency.begin(case=case, by=by, **said)


def sees(user, case) -> bool:
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


def test_it_opens_one_case_for_an_hour_and_no_other(case, surgeon, officer):
    other = a_case(case.board)
    before = sees(surgeon, case)
    access = begin(case, surgeon)

    assert (before, sees(surgeon, case), sees(surgeon, other)) == (False, True, False)
    assert access.ends_at - access.begun_at == timedelta(minutes=60)
    with time_machine.travel(access.begun_at + timedelta(minutes=59, seconds=59), tick=False):
        assert sees(surgeon, case)
    with time_machine.travel(access.begun_at + timedelta(minutes=60), tick=False):
        assert not sees(surgeon, case)


def test_what_hangs_on_the_case_is_read_as_far_as_it_has_left_the_board(officer):
    room = a_room()
    signed = room.decide()
    fact = lab(room.case, "inr", "1.0", "1")
    letter = Letter.objects.filter(case=room.case).first()
    reader = member(board(hospital=room.board.hospital.name))
    begin(room.case, reader)

    assert LabResult.objects.visible_to(reader).filter(pk=fact.pk).exists()
    assert Recommendation.objects.visible_to(reader).get() == signed
    assert not Letter.objects.visible_to(reader).exists(), "a draft"
    assert not SpecialistInput.objects.visible_to(reader).exists()
    Letter.objects.filter(pk=letter.pk).update(
        status=LetterStatus.SENT,
        pdf=b"%PDF",
        approved_at=timezone.now(),
        approved_by=room.chair,
        sent_at=timezone.now(),
        sent_by=room.chair,
    )
    assert Letter.objects.visible_to(reader).get() == letter


def test_nothing_is_written_by_who_only_reads(case, surgeon, officer):
    begin(case, surgeon)

    with pytest.raises(PermissionDenied):
        disease.record_wish(case=case, wish="Home.", by=surgeon)


@pytest.mark.parametrize(
    "said", [{"reason": ""}, {"reason": " x "}, {"reason_kind": ""}, {"reason_kind": "?"}]
)
def test_it_takes_a_reason(case, surgeon, said):
    with pytest.raises(Refused, match=r"why you need|kind of emergency"):
        begin(case, surgeon, **said)
    assert not EmergencyAccess.objects.exists()


def test_only_in_the_hospital_where_one_has_a_seat(case, officer):
    with pytest.raises(PermissionDenied):
        begin(case, member(board(hospital="Another Hospital")))
    with pytest.raises(PermissionDenied):
        begin(case, person())
    begin(case, member(board(hospital=case.board.hospital.name), Role.REFERRER))


def test_it_ends_with_the_seat_and_by_hand(case, surgeon, officer):
    access = begin(case, surgeon)
    with pytest.raises(PermissionDenied):
        emergency.end(access=access, by=officer)
    emergency.end(access=access, by=surgeon)

    assert not sees(surgeon, case)
    begin(case, surgeon)
    assert sees(surgeon, case)
    surgeon.memberships.update(ended_at=timezone.now())
    assert not sees(surgeon, case)


def test_what_one_may_read_anyway_needs_no_emergency(case, surgeon, officer):
    begin(case, surgeon)
    for reader in (case.referred_by, surgeon, member(case.board)):
        if reader == case.referred_by:
            member(board(hospital=case.board.hospital.name), Role.REFERRER, user=reader)
        with pytest.raises(Refused, match="already"):
            begin(case, reader)


def test_so_many_at_once_and_so_many_a_day(here, surgeon, officer):
    opened = [begin(a_case(here), surgeon) for _ in range(AT_ONCE)]
    with pytest.raises(Refused, match="End one of them"):
        begin(a_case(here), surgeon)
    for number in range(IN_A_DAY - AT_ONCE):
        emergency.end(access=opened[-1], by=surgeon)
        opened.append(begin(a_case(here), surgeon))
        assert len(opened) == AT_ONCE + number + 1
    emergency.end(access=opened[-1], by=surgeon)
    with pytest.raises(Refused, match="since yesterday"):
        begin(a_case(here), surgeon)


def test_the_privacy_officers_hear_of_it_at_once_also_at_night(case, surgeon, officer):
    case.board.quiet_from, case.board.quiet_until = time(20), time(7)
    case.board.save()
    with time_machine.travel(datetime(2026, 11, 24, 3, tzinfo=UTC), tick=False):
        access = begin(case, surgeon)
        told = Message.objects.get(kind="emergency.begun")

    assert told.recipient == officer
    assert told.not_before is None or told.not_before <= access.begun_at
    words = f"{told.title} {told.text} {told.html}"
    assert case.number in words
    assert surgeon.display_name in words
    assert not any(
        said in words
        for said in (case.patient.family_name, case.patient.record_number, "Bleeding", "theatre now")
    )
    assert [one.verb for one in trail.of(case.about)] == ["emergency.begun"]


def test_without_a_privacy_officer_whoever_leads_the_board_hears_of_it(case, surgeon):
    chair = member(case.board, Role.CHAIR)
    begin(case, surgeon)

    assert [one.recipient for one in Message.objects.filter(kind="emergency.begun")] == [chair]


def test_one_officer_reviews_once_and_nobody_their_own(case, surgeon, officer):
    access = begin(case, surgeon)
    case.board.hospital.privacy_officers.add(surgeon)
    elsewhere = board(hospital="Another Hospital")
    outside = person()
    elsewhere.hospital.privacy_officers.add(outside)

    for who in (surgeon, outside, member(case.board, Role.CHAIR)):
        with pytest.raises(PermissionDenied):
            emergency.review(access=access, verdict="JUSTIFIED", note="", by=who)
    with pytest.raises(Refused, match="why it was not justified"):
        emergency.review(access=access, verdict="NOT_JUSTIFIED", note=" ", by=officer)
    emergency.review(access=access, verdict="NOT_JUSTIFIED", note="Asked her to explain.", by=officer)
    with pytest.raises(SomeoneWasFaster):
        emergency.review(access=access, verdict="JUSTIFIED", note="", by=officer)
    access.refresh_from_db()
    assert (access.review_verdict, access.reviewed_by) == ("NOT_JUSTIFIED", officer)


@pytest.mark.parametrize(
    "change",
    [
        {"reason": "Another."},
        {"ends_at": datetime(2030, 1, 1, tzinfo=UTC)},
        {"review_verdict": "JUSTIFIED"},
        {"review_verdict": "PERHAPS"},
    ],
)
def test_the_database_keeps_what_was_said(case, surgeon, change):
    access = begin(case, surgeon)

    with pytest.raises(DatabaseError), transaction.atomic():
        EmergencyAccess.objects.filter(pk=access.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        access.delete()


def test_the_database_lets_nobody_review_their_own_and_no_hour_be_longer(case, surgeon, officer):
    access = begin(case, surgeon)
    own = {"reviewed_at": timezone.now(), "reviewed_by": surgeon, "review_verdict": "JUSTIFIED"}
    with pytest.raises(DatabaseError), transaction.atomic():
        EmergencyAccess.objects.filter(pk=access.pk).update(**own)
    now = timezone.now()
    with pytest.raises(DatabaseError), transaction.atomic():
        EmergencyAccess.objects.create(
            case=a_case(case.board),
            user=surgeon,
            reason_kind="ACUTE",
            reason=REASON,
            begun_at=now,
            ends_at=now + timedelta(minutes=61),
        )


# 19-Nov-2026 is a Thursday: Friday, Monday and Tuesday are the three working days after it.
@pytest.mark.parametrize(("morning", "told"), [("2026-11-24T08:30", 0), ("2026-11-25T08:30", 1)])
def test_what_nobody_reviews_in_three_working_days_is_asked_for(case, surgeon, officer, morning, told):
    with time_machine.travel(datetime(2026, 11, 19, 14, tzinfo=UTC), tick=False):
        access = begin(case, surgeon)
    now = datetime.fromisoformat(morning).replace(tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        emergency.remind_unreviewed(now=now)
        emergency.remind_unreviewed(now=now)
        waiting = Message.objects.filter(kind="emergency.unreviewed")
        assert [one.recipient for one in waiting] == [officer] * told
        emergency.review(access=access, verdict="JUSTIFIED", note="", by=officer)
    later = now + timedelta(days=1)
    with time_machine.travel(later, tick=False):
        emergency.remind_unreviewed(now=later)
        assert Message.objects.filter(kind="emergency.unreviewed").count() == told


def test_a_draft_is_nobodys_business(here, surgeon):
    from cases.queries.emergency import meant

    draft, referred = a_case(here, CaseStatus.DRAFT), a_case(here)
    named = {"record_number": "", "birth_date": None, "by": surgeon}
    assert meant(number=draft.number, **named) is None
    assert meant(number=referred.number.lower(), **named) == referred
    of_patient = {"number": "", "record_number": referred.patient.record_number, "by": surgeon}
    assert meant(birth_date=referred.patient.birth_date, **of_patient) == referred
    assert meant(birth_date=referred.patient.birth_date + timedelta(days=1), **of_patient) is None
