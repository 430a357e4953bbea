"""What does a busy board hold? Cases as full as real ones, most of many closed already."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cases.models import (
    AgendaItem,
    Attendance,
    Case,
    Fitness,
    ImagingStudy,
    LiverStatus,
    Meeting,
    PatientWish,
)
from cases.services.meeting import holding
from cases.vocabulary import CaseStatus, ItemStatus, MeetingStatus, Role, Specialty
from tests.factories import a_case, a_diagnosis, a_lesion, a_patient, agenda_item, board, lab, meeting, member
from tests.factories.inputs import a_signed_input, an_input
from tumorboard import live

ON_THE_LIST = 20  # what fits into two hours
IN_WORK = 80  # listed or being prepared at one time; those before them are closed
LABS = (
    ("bilirubin", "11", "umol/L"),
    ("albumin", "38", "g/L"),
    ("inr", "1.0", "1"),
    ("creatinine", "71", "umol/L"),
    ("sodium", "140", "mmol/L"),
    ("platelets", "182", "10*9/L"),
    ("cea", "38", "ug/L"),
)
DISCIPLINES = (Specialty.SURGERY, Specialty.RADIOLOGY, Specialty.INTERVENTIONAL, Specialty.ONCOLOGY)


@transaction.atomic
def a_filled_board(cases: int) -> tuple[object, Mapping[str, str]]:
    """The coordinator, and the address of each page to look at."""
    sits = board(name=f"Board of {cases} cases")
    coordinator = member(sits, Role.COORDINATOR)
    people = {specialty: member(sits, specialty=specialty) for specialty in DISCIPLINES}
    coming = meeting(sits, by=coordinator)
    shown = [_a_full_case(sits, people, number, coming) for number in range(cases)]
    return coordinator, {
        "today": reverse("cases:today"),
        "worklist": reverse("cases:worklist"),
        "case": reverse("cases:case", args=[shown[0].pk]),
        "history": reverse("cases:history", args=[shown[0].pk]),
        "meeting": reverse("cases:meeting", args=[coming.pk]),
        "live screen": reverse("cases:hold-meeting", args=[coming.pk]),
    }


def _a_full_case(sits, people: dict, number: int, coming) -> Case:
    status = _status(number)
    patient = a_patient(by=people[Specialty.SURGERY], family_name=f"Family {number}")
    case = a_case(sits, status, referred_by=people[Specialty.SURGERY], patient=patient)
    _what_is_known(case)
    for place, (specialty, who) in enumerate(people.items()):
        answered = place < 4 - number % 4
        _asked = a_signed_input(case, who, specialty) if answered else an_input(case, who, specialty)
    if status == CaseStatus.LISTED:
        agenda_item(coming, case, position=number + 1)
    return case


def _status(number: int) -> CaseStatus:
    if number < ON_THE_LIST:
        return CaseStatus.LISTED
    return CaseStatus.PREPARING if number < IN_WORK else CaseStatus.CLOSED


def _what_is_known(case: Case) -> None:
    today, by = timezone.localdate(), {"case": case, "created_by": case.referred_by}
    a_diagnosis(case, extrahepatic_disease="NONE", primary_control="RESECTED_R0", histology="Adenocarcinoma")
    for days in (5, 60, 120):
        for analyte, value, unit in LABS:
            lab(case, analyte, value, unit, taken_on=today - timedelta(days=days))
    for lesion, (segment, mm) in enumerate((("7", 31), ("8", 18), ("6", 12), ("3", 11)), start=1):
        a_lesion(case, lesion, (segment,), mm=mm, measured_on=today - timedelta(days=12))
    Fitness.objects.create(ecog=1, assessed_on=today, comorbidities=["DIABETES"], **by)
    LiverStatus.objects.create(cirrhosis="NO", assessed_on=today, **by)
    ImagingStudy.objects.create(modality="MRI", performed_on=today - timedelta(days=12), **by)
    PatientWish.objects.create(words="I want to dance in June.", told_on=today, **by)


@dataclass(frozen=True)
class Running:
    """A meeting under way, the case before it, and those who look at a screen."""

    meeting: Meeting
    item: AgendaItem
    people: list
    by: object

    def changes(self) -> Iterator[tuple[str, Callable[[int], None]]]:
        """What is done in a meeting, and how."""
        versions = count(self.item.discussion_version)

        def write(number: int) -> None:
            words = f"Both lesions can be reached. Sentence {number}."
            holding.save_discussion(item=self.item, version=next(versions), discussion=words, by=self.by)

        yield "what is said", write
        yield "the case", lambda _number: live.announce(self.meeting.about, "case")


def a_running_meeting(screens: int) -> Running:
    coordinator, _pages = a_filled_board(ON_THE_LIST)
    sits = coordinator.memberships.get().board
    held = sits.meetings.get()
    now = timezone.now()
    running = {"status": MeetingStatus.RUNNING, "starts_at": now, "ends_at": now + timedelta(hours=2)}
    sits.meetings.update(**running)
    item = held.items.order_by("position").first()
    opened = {"status": ItemStatus.OPEN, "opened_at": now, "opened_by": coordinator}
    held.items.filter(pk=item.pk).update(**opened)
    held.refresh_from_db()
    item.refresh_from_db()
    people = [member(sits, specialty=DISCIPLINES[n % len(DISCIPLINES)]) for n in range(screens)]
    return Running(held, item, people, coordinator)


@dataclass(frozen=True)
class Sitting:
    """A running meeting whose cases nobody has talked of yet."""

    meeting: Meeting
    items: list[AgendaItem]
    recorder: object
    chair: object


@transaction.atomic
def a_sitting(cases: int) -> Sitting:
    sits = board(name=f"Sitting of {cases} cases")
    recorder = member(sits, Role.COORDINATOR)
    chair = member(sits, Role.CHAIR, Specialty.SURGERY)
    people = {specialty: member(sits, specialty=specialty) for specialty in DISCIPLINES}
    held = meeting(sits, timezone.now(), hours=3, by=recorder, status=MeetingStatus.RUNNING)
    for number in range(min(cases, ON_THE_LIST)):
        _a_full_case(sits, people, number, held)
    for number in range(ON_THE_LIST, cases):
        case = _a_full_case(sits, people, number, held)
        Case.objects.filter(pk=case.pk).update(status=CaseStatus.LISTED)
        agenda_item(held, case, position=number + 1)
    for specialty, who in people.items():
        Attendance.objects.create(
            meeting=held, user=who, specialty=specialty, joined_at=timezone.now(), created_by=recorder
        )
    items = list(held.items.select_related("case__referred_by").order_by("position"))
    return Sitting(held, items, recorder, chair)
