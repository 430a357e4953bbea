"""What does one case look like on one page, to this person?

A constant number of queries, however much is known. A referrer who does not sit on the board is shown their
referral, where it stands, the signed decision and their letter; no opinions and no discussion.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse

from cases import permissions
from cases.domain import lifecycle
from cases.domain.picture import Picture
from cases.domain.readiness import Readiness
from cases.models import (
    AddendumRequest,
    AgendaItem,
    Case,
    ComorbidityReview,
    Fitness,
    ImagingStudy,
    LabResult,
    LiverStatus,
    Meeting,
    PatientWish,
    StatusChange,
    SymptomReport,
    TreatmentCourse,
    Waiver,
)
from cases.permissions import Permission
from cases.queries import accession, addenda
from cases.queries import case_course as course
from cases.queries import case_disease as disease
from cases.queries.attachments import FileLine, listed
from cases.queries.codes import CodeLine, codes_of_case
from cases.queries.lesion_rows import Lesions, in_rows
from cases.queries.next_step import Offer, Situation, others, primary
from cases.queries.panel import Panels, panels_of
from cases.queries.picture import drawn
from cases.queries.readiness import AWAITED, counting, judge, limits_of
from cases.queries.recorded import Recorded, recorded_of, with_inputs
from cases.queries.sealing import seal_of
from cases.queries.snapshot import Since, since_last
from cases.vocabulary import CaseStatus, ItemStatus

BEFORE_DECISION = frozenset({*lifecycle.ACCEPT.before, *lifecycle.LIST.before, CaseStatus.LISTED})
OPTIONAL = ("comorbidity", "course")
PAST = {CaseStatus.PREPARING: "Prepared"}


@dataclass(frozen=True)
class Section:
    """Facts of one kind, and where the next are recorded."""

    title: str
    facts: disease.Facts
    sheet: str
    url: str
    is_optional: bool = False  # no card of its own until something is recorded


@dataclass(frozen=True)
class CasePage:
    case: Any
    sits: bool
    may_record: bool
    may_describe: bool
    journey: list[tuple[str, str]]
    item: AgendaItem | None
    times_discussed: int
    readiness: Readiness | None
    day: date  # on which the age of things is counted
    returned: StatusChange | None
    primary: Offer | None
    others: list[Offer]
    wish: PatientWish | None
    since: Since | None  # what has changed since the last decision
    lesions: Lesions
    sections: list[Section]
    codes: list[CodeLine]
    waivers: list[Waiver]
    imaging: list[accession.Links]
    files: list[FileLine]
    may_add_files: bool
    labs: list[disease.LabLine]
    scores: Panels
    inputs: list[course.InputLine]
    addenda: list[AddendumRequest]
    discussions: list[course.Discussion]
    letters: list[Any]
    timeline: list[course.Entry]

    @property
    def signed_inputs(self) -> int:
        return sum(line.state == "received" for line in self.inputs)

    @property
    def wanted_inputs(self) -> int:
        return sum(line.state != "not needed" for line in self.inputs)

    @property
    def trends(self) -> list[disease.LabLine]:
        return [line for line in self.labs if line.has_trend]


def load(user, pk: UUID) -> Any:
    """The case with what readiness asks of it, or 404 for whoever may not know of it."""
    return get_object_or_404(with_inputs(Case.objects.visible_to(user)), pk=pk)


@dataclass(frozen=True)
class _Course:
    """Where the case stands, as far as this person may know."""

    granted: frozenset[Permission]
    items: list[AgendaItem]
    decisions: list[Any]
    inputs: list[course.InputLine]
    planned: AgendaItem | None
    next_meeting: Meeting | None
    day: date
    recorded: Recorded
    picture: Picture
    readiness: Readiness

    @property
    def sits(self) -> bool:
        return Permission.VIEW_BOARD in self.granted


def case_page(case: Any, *, user, now: datetime) -> CasePage:
    stands = _course(case, user, now)
    situation = _situation(case, user, stands)
    facts = stands.recorded.facts
    imaging = facts[ImagingStudy]
    letters = course.letters_of(case, user=user)
    return CasePage(
        case=case,
        sits=stands.sits,
        may_record=Permission.RECORD_FACTS in stands.granted and case.status != CaseStatus.WITHDRAWN,
        may_describe=Permission.TRIAGE_CASE in stands.granted and case.status != CaseStatus.WITHDRAWN,
        journey=journey(case.status),
        item=stands.planned,
        times_discussed=sum(one.status == ItemStatus.DISCUSSED for one in stands.items),
        readiness=stands.readiness if case.status in BEFORE_DECISION else None,
        day=stands.day,
        returned=_returned(case),
        primary=primary(situation),
        others=others(situation),
        wish=disease.newest(PatientWish, case),
        since=_since(case, stands),
        lesions=in_rows(stands.recorded.lesions, plans=course.plans_of(stands.decisions)),
        sections=_sections(case, stands.recorded),
        codes=codes_of_case(case, inputs=stands.recorded.inputs),
        waivers=facts[Waiver],
        imaging=accession.linked(imaging, case.board.hospital),
        files=listed(case),
        may_add_files=_may_add_files(case, user, stands),
        labs=disease.lab_lines(facts[LabResult], on=stands.day, limits=limits_of(case.board)),
        scores=panels_of(case, stands.picture, sits=stands.sits),
        inputs=stands.inputs,
        addenda=addenda.of_a_case(case),
        discussions=course.discussions(stands.items, stands.decisions, today=_today(case, now)),
        letters=letters,
        timeline=course.timeline(case, imaging=imaging, items=stands.items, letters=letters),
    )


def _course(case: Any, user, now: datetime) -> _Course:
    granted = permissions.granted(user, board=case.board)
    sits = Permission.VIEW_BOARD in granted
    items = course.on_lists(case)
    planned = next((one for one in items if one.status in {ItemStatus.PLANNED, ItemStatus.OPEN}), None)
    next_meeting = None if planned else _next_meeting(case, now)
    meeting = planned.meeting if planned else next_meeting
    day = _today(case, meeting.starts_at if meeting else now)
    found = recorded_of(case)
    seal_of(case, user=user).apply(case.current_inputs)
    picture = drawn(found, on=day)
    judged = judge(case, picture, now=now)
    return _Course(
        granted=granted,
        items=items,
        decisions=course.decisions_of(case, user=user),
        inputs=[course.input_line(one, now=now) for one in counting(case)] if sits else [],
        planned=planned,
        next_meeting=next_meeting,
        day=day,
        recorded=found,
        picture=picture,
        readiness=judged if sits else judged.without_inputs,
    )


def _may_add_files(case: Any, user, stands: _Course) -> bool:
    adds = Permission.RECORD_FACTS in stands.granted or case.referred_by_id == user.pk
    return adds and case.status != CaseStatus.WITHDRAWN


def _since(case: Any, stands: _Course) -> Since | None:
    """That nothing has changed is worth saying only before the next decision."""
    found = since_last(stands.decisions, case, stands.picture) if stands.sits else None
    return found if found and (found.groups or case.status in BEFORE_DECISION) else None


def _situation(case: Any, user, stands: _Course) -> Situation:
    of_now = (one for one in stands.decisions if one.item.presentation == case.presentation)
    discussed = (one for one in stands.items if one.status == ItemStatus.DISCUSSED)
    return Situation(
        case=case,
        granted=stands.granted,
        is_referrer=case.referred_by_id == user.pk,
        readiness=stands.readiness,
        item=stands.planned,
        recommendation=next(of_now, None),
        last_item=next(discussed, None),
        next_meeting=stands.next_meeting,
        my_input=_owed_by(user, stands.inputs),
    )


def _sections(case: Any, found: Recorded) -> list[Section]:
    facts = {
        "diagnosis": ("Disease", disease.of_diagnosis(getattr(case, "diagnosis", None))),
        "liver": ("Liver", disease.of_liver(found.newest(LiverStatus))),
        "fitness": ("Fitness", disease.of_fitness(found.newest(Fitness))),
        "symptoms": ("Symptoms", disease.of_symptoms(disease.newest(SymptomReport, case))),
        "comorbidity": ("Comorbidity", disease.of_comorbidity(found.newest(ComorbidityReview))),
        "course": ("Course after a treatment", disease.of_courses(found.facts[TreatmentCourse])),
    }
    return [
        Section(title, found, sheet, reverse(f"cases:record-{sheet}", args=[case.pk]), sheet in OPTIONAL)
        for sheet, (title, found) in facts.items()
    ]


def _owed_by(user, inputs: list[course.InputLine]) -> Any:
    owed = (line.input for line in inputs if line.input.status in AWAITED)
    return next((one for one in owed if one.asked_of_id == user.pk), None)


def _next_meeting(case: Case, now: datetime) -> Meeting | None:
    return Meeting.objects.upcoming(now=now).filter(board=case.board_id).order_by("starts_at").first()


def _today(case: Case, at: datetime) -> date:
    """The day of a moment where the board sits."""
    return at.astimezone(case.board.zone).date()


def _returned(case: Case) -> StatusChange | None:
    if case.status != CaseStatus.RETURNED:
        return None
    back = StatusChange.objects.filter(case=case, after=CaseStatus.RETURNED).select_related("by")
    return back.order_by("-at").first()


def journey(status: str) -> list[tuple[str, str]]:
    """The path with where the case is on it; off the path, where it is stands alone before it."""
    path = lifecycle.JOURNEY
    if status not in path:
        label = str(CaseStatus(status).label)
        return [(label, "now"), *[(str(one.label), "next") for one in path if status != CaseStatus.WITHDRAWN]]
    here = path.index(CaseStatus(status))
    return [
        (PAST.get(one, str(one.label)) if n < here else str(one.label), _when(n, here))
        for n, one in enumerate(path)
    ]


def _when(position: int, here: int) -> str:
    return "past" if position < here else "now" if position == here else "next"
