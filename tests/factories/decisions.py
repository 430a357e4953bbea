"""A case before the board: who sits there, who is in the room, and a decision fit to be signed."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from cases.models import AgendaItem, Attendance, Case, Meeting, Recommendation, TumorBoard
from cases.queries.decision import viable_lesions
from cases.services import pathway, recommendation
from cases.services.recommendation import PlannedAction
from cases.services.recommendation.sections import FIELDS as SECTIONS
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

    def written(self, actions=None, dissents=(), by=None, plans=None, **fields) -> Recommendation:
        """A decision part by part, as a scribe writes it; every living lesion is resected unless said."""
        if plans is None:
            plans = dict.fromkeys(viable_lesions(self.case.pk), "RESECT")
        return write_down(
            self.item,
            fields=self.fields | fields,
            plans=plans,
            actions=[self.action()] if actions is None else actions,
            dissents=dissents,
            by=by or self.coordinator,
        )

    def confirmed(self, *args, **said) -> Recommendation:
        """Written, read back to the room, and confirmed by the chair."""
        written = self.written(*args, **said)
        recommendation.confirm_read_back(recommendation=written, version=written.version, by=self.chair)
        return written

    def decide(self, *args, **said) -> Recommendation:
        """Written, confirmed and signed."""
        return self.sign(self.confirmed(*args, **said))

    def sign(self, written: Recommendation, *, by=None) -> Recommendation:
        pathway.sign_off(recommendation=written, version=written.version, by=by or self.chair)
        written.refresh_from_db()
        return written

    def amend(self, signed: Recommendation, reason: str = "New CT.", **fields) -> Recommendation:
        """The next version, changed in the fields named, confirmed and signed."""
        amended = recommendation.begin_amendment(recommendation=signed, reason=reason, by=self.chair)
        write_sections(amended, fields, by=self.coordinator)
        amended.refresh_from_db()
        recommendation.confirm_read_back(recommendation=amended, version=amended.version, by=self.chair)
        return self.sign(amended)


def write_down(item, *, fields, plans=None, actions=(), dissents=(), by) -> Recommendation:
    """The parts of a decision through the doors that the page uses; `plans` by lesion."""
    begun = recommendation.begin(item=item, by=by)
    write_sections(begun, fields, by=by)
    for lesion, plan in (plans or {}).items():
        recommendation.save_plan(recommendation=begun, lesion=lesion, plan=plan, version=0, by=by)
    for said in actions:
        recommendation.save_action(recommendation=begun, action=None, version=0, said=said, by=by)
    for one in dissents:
        recommendation.save_dissent(
            recommendation=begun, dissent=None, version=0, reason=one.reason, who=one.who, by=by
        )
    begun.refresh_from_db()
    return begun


def write_sections(written: Recommendation, fields, *, by) -> None:
    versions = dict(written.sections.values_list("section", "version"))
    for section, names in SECTIONS.items():
        if values := {name: fields[name] for name in names if name in fields}:
            recommendation.save_section(
                recommendation=written,
                section=section,
                version=versions.get(section, 0),
                values=values,
                by=by,
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
