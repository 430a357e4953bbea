"""What do the minutes say: who was there, what was decided, what was postponed, what came back?"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.utils import timezone

from cases.domain.read_back import day, listed
from cases.exchange import pdf_minutes as pdf
from cases.models import (
    AgendaItem,
    Attendance,
    Matter,
    Meeting,
    Ratification,
    Recommendation,
    RecommendedAction,
)
from cases.vocabulary import ActionRole, ItemStatus, MeetingStatus, Specialty

_NUMBERS = {ActionRole.MAIN: "{}", ActionRole.CONDITION: "{} only if", ActionRole.PLAN_B: "{} else"}
_ROWS = list(_NUMBERS)
_UNDECIDED = {
    ItemStatus.OPEN: "Being discussed",
    ItemStatus.DISCUSSED: "Discussed, no signed decision yet",
}


def minutes_of(meeting: Meeting, *, user) -> bytes:
    """The same for every reader, but for whom it was made; a draft until the meeting is closed."""
    board, decided = meeting.board, _decisions(meeting)
    document = pdf.Minutes(
        hospital=board.hospital.name,
        board=board.name,
        planned=pdf.Stretch(meeting.starts_at, meeting.ends_at),
        place=meeting.place,
        is_final=meeting.status == MeetingStatus.CLOSED,
        present=_present(meeting),
        cases=tuple(_case(item, decided.get(item.pk), board.zone) for item in _items(meeting)),
        matters=tuple(map(_matter, _matters(meeting))),
        version=meeting.version,
        made_for=user.get_full_name(),
        made_at=timezone.now(),
        time_zone=board.time_zone,
        identifiable=board.identifies_patients_on_agenda,
    )
    return pdf.minutes(document)


def _present(meeting: Meeting) -> tuple[pdf.Present, ...]:
    """Each person once, with every stretch of presence; disciplines in their usual order."""
    stretches = Attendance.objects.filter(meeting=meeting).select_related("user", "deputy_for")
    people: dict[int, list[Attendance]] = {}
    for row in stretches.order_by("joined_at"):
        people.setdefault(row.user_id, []).append(row)
    order = [*Specialty.values, ""]
    ranked = sorted(people.values(), key=lambda own: (order.index(own[0].specialty), own[0].user.family_name))
    return tuple(
        pdf.Present(
            own[0].user.get_full_name(),
            _came_as(own[0]),
            tuple(pdf.Stretch(row.joined_at, row.left_at) for row in own),
        )
        for own in ranked
    )


def _came_as(row: Attendance) -> str:
    deputy = f"for {row.deputy_for.get_full_name()}" if row.deputy_for else ""
    return ", ".join(filter(None, (row.get_specialty_display(), deputy)))


def _items(meeting: Meeting) -> Iterable[AgendaItem]:
    listed_here = AgendaItem.objects.standing().filter(meeting=meeting)
    return listed_here.select_related("case__patient").prefetch_related("guests").order_by("position")


def _decisions(meeting: Meeting) -> dict[UUID, Recommendation]:
    """By item: the version that stands, with all that is minuted of it."""
    actions = RecommendedAction.objects.select_related("owner").prefetch_related("lesions")
    standing = Recommendation.objects.in_force().filter(item__meeting=meeting)
    complete = standing.select_related("signed_by").prefetch_related(
        Prefetch("actions", queryset=actions.order_by("position")),
        "dissents__who",
        "ratifications__answered_by",
        "ratifications__asked_of",
    )
    return {one.item_id: one for one in complete.order_by("number")}


def _case(item: AgendaItem, decided: Recommendation | None, zone: ZoneInfo) -> pdf.MinutedCase:
    patient = item.case.patient
    return pdf.MinutedCase(
        position=item.position,
        case_number=item.case.number,
        lane=item.get_lane_display(),
        outcome=_outcome(item, decided),
        question=item.case.question,
        is_sampled=item.audit_sample,
        talked=pdf.Stretch(item.opened_at, item.closed_at) if item.opened_at else None,
        guests=tuple(_guest(one) for one in item.guests.all()),
        said=item.discussion,
        name=patient.name if patient.family_name else "",
        record_number=patient.record_number,
        **(_decided(decided, zone) if decided else {}),
    )


def _outcome(item: AgendaItem, decided: Recommendation | None) -> str:
    if item.status == ItemStatus.DEFERRED:
        return f"Postponed: {item.defer_reason}"
    if decided:
        return "Decided"
    return _UNDECIDED.get(ItemStatus(item.status), "Not discussed")


def _guest(one) -> str:
    return ", ".join(filter(None, (one.name, one.comes_as or one.get_specialty_display())))


def _decided(decided: Recommendation, zone: ZoneInfo) -> dict[str, Any]:
    missing = [Specialty(code).label.lower() for code in decided.quorum_missing]
    version = f"Version {decided.number}, signed by {decided.signed_by.get_full_name()}"
    return {
        "read_back": decided.read_back,
        "version": f"{version}. Amended: {decided.amendment_reason}" if decided.number > 1 else version,
        "actions": tuple(_rows(decided.actions.all())),
        "dissents": tuple(
            f"{one.who.get_full_name() if one.who else 'For the minutes'}: {one.reason}"
            for one in sorted(decided.dissents.all(), key=lambda one: one.created_at)
        ),
        "quorum": f"Not quorate: {listed(missing)} absent." if missing else "Quorate.",
        "ratifications": tuple(_ratification(one, zone) for one in decided.ratifications.all()),
    }


def _rows(actions: Iterable[RecommendedAction]) -> Iterable[pdf.MinutedAction]:
    """Each action, below it its condition and its plan B."""
    every = list(actions)
    for main in (one for one in every if one.role == ActionRole.MAIN):
        own = [main, *(one for one in every if one.parent_id == main.pk)]
        for one in sorted(own, key=lambda one: _ROWS.index(ActionRole(one.role))):
            yield _action(one, main.position)


def _action(one: RecommendedAction, number: int) -> pdf.MinutedAction:
    lesions = [lesion.label for lesion in sorted(one.lesions.all(), key=lambda lesion: lesion.number)]
    named = "" if one.role == ActionRole.CONDITION else one.get_kind_display()
    said = (named, one.detail, f"for {listed(lesions)}" if lesions else "", *_in_words_only(one))
    return pdf.MinutedAction(
        number=_NUMBERS[ActionRole(one.role)].format(number),
        what=", ".join(filter(None, said)),
        owner=one.owner.get_full_name() if one.owner else "",
        due_on=one.due_on,
    )


def _in_words_only(one: RecommendedAction) -> Iterable[str]:
    """Decisions of earlier days kept condition and plan B as words, without an owner."""
    if one.condition:
        yield f"only if {one.condition}"
    if one.plan_b:
        yield f"else {one.plan_b}"


def _ratification(one: Ratification, zone: ZoneInfo) -> str:
    what = one.get_specialty_display()
    if one.answered_by is None or one.answered_at is None:
        asked = f", {one.asked_of.get_full_name()}," if one.asked_of else ""
        return f"{what}{asked} is asked by {day(one.due_on)}."
    note = f": {one.note}" if one.note else ""
    on = day(one.answered_at.astimezone(zone).date())
    return f"{what}: {one.get_answer_display().lower()} by {one.answered_by.get_full_name()}, {on}{note}."


def _matters(meeting: Meeting) -> Iterable[Matter]:
    return (
        Matter.objects.filter(meeting=meeting)
        .select_related("case", "action__owner", "ratification", "settled_by")
        .order_by("case__number", "created_at")
    )


def _matter(one: Matter) -> pdf.MinutedMatter:
    about = ""
    if one.action:
        owner = one.action.owner.get_full_name() if one.action.owner else ""
        about = ", ".join(filter(None, (one.action.get_kind_display(), one.action.detail, owner)))
    elif one.ratification:
        about = one.ratification.get_specialty_display()
    return pdf.MinutedMatter(
        case_number=one.case.number,
        what=f"{one.get_kind_display()}: {about}",
        said=one.said,
        settled=one.settled_by.get_full_name() if one.settled_by else "",
    )
