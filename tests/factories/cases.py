"""Patients, cases and what is known of them, made directly: for tests of one room.

A case that must have walked there is made with the services instead.
"""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone

from cases.domain.lifecycle import MOVES
from cases.models import (
    AgendaItem,
    Case,
    Diagnosis,
    LabResult,
    Lesion,
    LesionMeasurement,
    Meeting,
    Patient,
)
from cases.vocabulary import CaseStatus, PrimarySite, Sex
from tests.factories.boards import board as make_board
from tests.factories.boards import person

_numbers = count(1)


def a_patient(by=None, **more):
    number = next(_numbers)
    defaults = {
        "record_number": f"TEST-{number:05}",
        "family_name": "Invented",
        "given_name": f"Person {number}",
        "birth_date": date(1958, 3, 7),
        "sex": Sex.FEMALE,
        "is_invented": True,
        "created_by": by or person(),
    }
    return Patient.objects.create(**(defaults | more))


def a_case(board=None, status=CaseStatus.PREPARING, referred_by=None, **more):
    board = board or make_board()
    referred_by = referred_by or person(family_name="Referrer")
    number = next(_numbers)
    defaults = {
        "number": f"T-26-{number:04}",
        "patient": more.pop("patient", None) or a_patient(by=referred_by),
        "board": board,
        "status": status,
        "question": "Is a right hepatectomy safe in one step?",
        "referred_by": referred_by,
        "referred_at": None if status == CaseStatus.DRAFT else timezone.now(),
        "created_by": referred_by,
    }
    return Case.objects.create(**(defaults | more))


def brought_to(case, status, **columns):
    """To where a test needs it, by the shortest way of known steps; nobody is told."""
    before: dict = {case.status: None}
    for here in (queue := [case.status]):
        for after in (after for start, after in MOVES if start == here and after not in before):
            before[after] = here
            queue.append(after)
    way = [here := str(status)]
    while here := before[here]:
        way.append(here)
    for one in reversed(way[:-1]):
        Case.objects.filter(pk=case.pk).update(status=one)
    Case.objects.filter(pk=case.pk).update(**columns)
    case.refresh_from_db()
    return case


def a_diagnosis(case, **more):
    defaults = {"primary_site": PrimarySite.COLORECTAL, "created_by": case.referred_by}
    return Diagnosis.objects.create(case=case, **(defaults | more))


def lab(case, analyte, value, unit, taken_on=None, **more):
    return LabResult.objects.create(
        case=case,
        analyte=analyte,
        value=Decimal(str(value)),
        unit=unit,
        taken_on=taken_on or timezone.now().date(),
        created_by=case.referred_by,
        **more,
    )


def a_lesion(case, number=1, segments=("6",), mm=None, measured_on=None, **more):
    lesion = Lesion.objects.create(
        case=case, number=number, segments=list(segments), created_by=case.referred_by, **more
    )
    if mm is not None:
        LesionMeasurement.objects.create(
            lesion=lesion,
            long_axis_mm=Decimal(str(mm)),
            measured_on=measured_on or timezone.now().date(),
            created_by=case.referred_by,
        )
    return lesion


def meeting(board, starts_at=None, hours=2, by=None, **more):
    starts_at = starts_at or timezone.now() + timedelta(days=7, minutes=next(_numbers))
    return Meeting.objects.create(
        board=board,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
        created_by=by or person(),
        **more,
    )


def agenda_item(meeting, case, position=None, **more):
    return AgendaItem.objects.create(
        meeting=meeting,
        case=case,
        position=position or meeting.items.count() + 1,
        minutes=more.pop("minutes", 6),
        created_by=meeting.created_by,
        **more,
    )
