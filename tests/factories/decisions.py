"""A case before the board: who sits there, who is in the room, and a decision fit to be signed."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from cases.models import AgendaItem, Attendance, Case, Meeting, Recommendation, TumorBoard
from cases.services import pathway
from cases.services.recommendation import PlannedAction
from cases.vocabulary import (
    ActionKind,
    CaseStatus,
    Intent,
    ItemStatus,
    MeetingStatus,
    Role,
    Specialty,
    WishWeight,
)
from tests.factories.boards import board as make_board
from tests.factories.boards import member, person
from tests.factories.cases import a_case, agenda_item, meeting

FIELDS = {
    "intent": Intent.CURATIVE.value,
    "rationale": "Two lesions, none elsewhere, enough liver will be left.",
    "patient_wish": "I want to dance in June.",
    "wish_weight": WishWeight.FOLLOWED.value,
    "wish_reason": "",
}


@dataclass
class Room:
    """One case on the screen of a running meeting."""

    board: TumorBoard
    chair: Any
    coordinator: Any
    surgeon: Any
    oncologist: Any
    referrer: Any
    meeting: Meeting
    case: Case
    item: AgendaItem
    fields: dict = field(default_factory=lambda: dict(FIELDS))

    @property
    def today(self):
        return timezone.now().astimezone(self.board.zone).date()

    def action(self, owner=None, days=14, **more) -> PlannedAction:
        said = {"kind": ActionKind.RESECTION.value, "detail": "right hepatectomy"} | more
        return PlannedAction(owner=owner or self.surgeon, due_on=self.today + timedelta(days=days), **said)

    def decide(self, actions=None, dissents=(), by=None, **fields) -> Recommendation:
        return pathway.decide(
            item=self.item,
            version=0,
            fields=self.fields | fields,
            actions=actions if actions is not None else [self.action()],
            dissents=dissents,
            by=by or self.chair,
        )


def a_room(board=None, *, present=(Specialty.SURGERY, Specialty.ONCOLOGY, Specialty.RADIOLOGY)) -> Room:
    """A meeting under way in which this case is being discussed."""
    board = board or make_board(hospital="North Riding University Hospital")
    now = timezone.now()
    chair = member(board, Role.CHAIR, Specialty.SURGERY, given_name="June", family_name="Arkwright")
    surgeon = member(board, specialty=Specialty.SURGERY, title="Mr", given_name="Ivo", family_name="Duarte")
    oncologist = member(board, specialty=Specialty.ONCOLOGY, given_name="Kofi", family_name="Adeyemi")
    coordinator = member(board, Role.COORDINATOR, given_name="Ann", family_name="Hollis")
    referrer = person(title="Dr", given_name="Bea", family_name="Nightingale")
    case = a_case(board, CaseStatus.LISTED, referred_by=referrer)
    sitting = meeting(board, now - timedelta(minutes=20), by=coordinator, status=MeetingStatus.RUNNING)
    opened = {"opened_at": now - timedelta(minutes=5), "opened_by": coordinator}
    item = agenda_item(sitting, case, status=ItemStatus.OPEN, **opened)
    people = {Specialty.SURGERY: surgeon, Specialty.ONCOLOGY: oncologist}
    for specialty in present:
        Attendance.objects.create(
            meeting=sitting,
            user=people.get(specialty) or person(family_name=specialty.label),
            specialty=specialty,
            joined_at=sitting.starts_at,
            created_by=coordinator,
        )
    return Room(board, chair, coordinator, surgeon, oncologist, referrer, sitting, case, item)
