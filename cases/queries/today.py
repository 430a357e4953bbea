"""What is there to do today, for this person?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import NoReverseMatch, reverse

from cases.domain.follow_up import Standing
from cases.models import AddendumRequest, AgendaItem, Case, Draft, Meeting, SpecialistInput, StatusChange
from cases.models.follow_up import actions as all_actions
from cases.permissions import Permission
from cases.queries import addenda
from cases.queries.action_standing import standing_of
from cases.queries.ratification import ToAnswer, open_ratifications
from cases.queries.shell import Seats, number_of, owed_inputs
from cases.queries.worklist import ON_A_LIST
from cases.vocabulary import CaseStatus, ItemStatus, MeetingStatus


@dataclass(frozen=True)
class OwedInput:
    input: Any
    is_late: bool
    is_mine: bool  # asked of this person; otherwise of anybody of the discipline


@dataclass(frozen=True)
class OwedForMeeting:
    """Inputs for one meeting; None gathers the cases that stand on no list yet."""

    meets_at: datetime | None
    board: Any
    inputs: list[OwedInput]


@dataclass(frozen=True)
class MyAction:
    action: Any
    standing: Standing


@dataclass(frozen=True)
class OpenDraft:
    words: str
    url: str
    saved_at: datetime


@dataclass(frozen=True)
class Today:
    owed: list[OwedForMeeting]
    actions: list[MyAction]
    drafts: list[OpenDraft]
    triage: list[Case]
    returned: list[Case]
    addenda: list[AddendumRequest]
    ratifications: list[ToAnswer]
    meetings: list[Meeting]
    triages: bool
    gives_input: bool
    sits: bool
    chases: bool

    @property
    def owed_count(self) -> int:
        return sum(len(group.inputs) for group in self.owed)

    @property
    def late_count(self) -> int:
        return sum(one.is_late for group in self.owed for one in group.inputs)


def today(user, *, seats: Seats, now: datetime) -> Today:
    triage_boards = seats.boards_where(Permission.TRIAGE_CASE)
    return Today(
        owed=_by_meeting(_owed(user, seats), user, now),
        actions=_actions(user, now),
        drafts=_drafts(user),
        triage=_triage(user, triage_boards) if triage_boards else [],
        returned=_returned(user),
        addenda=addenda.waiting_for(user),
        ratifications=open_ratifications(user, seats=seats.memberships, now=now),
        meetings=_meetings(user, now),
        triages=bool(triage_boards),
        gives_input=seats.may(Permission.GIVE_INPUT),
        sits=seats.may(Permission.VIEW_BOARD),
        chases=seats.may(Permission.ASK_FOR_INPUT),
    )


def _owed(user, seats: Seats) -> QuerySet:
    """Asked of the person; or of nobody in particular, in a discipline that they sit for."""
    wanted = Q(asked_of=user)
    for seat in seats.memberships:
        if seat.specialty:
            wanted |= Q(asked_of=None, specialty=seat.specialty, case__board=seat.board)
    on_list = AgendaItem.objects.filter(case=OuterRef("case"), status__in=ON_A_LIST)
    return (
        owed_inputs()
        .filter(wanted, pk__in=SpecialistInput.objects.visible_to(user).values("pk"))
        .select_related("case__patient", "case__board")
        .annotate(meets_at=Subquery(on_list.values("meeting__starts_at")[:1]))
        .order_by(F("meets_at").asc(nulls_last=True), F("due_at").asc(nulls_last=True), "case__number")
    )


def _by_meeting(inputs: Iterable[Any], user, now: datetime) -> list[OwedForMeeting]:
    groups: dict[tuple, OwedForMeeting] = {}
    for one in inputs:
        key = (one.meets_at, one.case.board_id)
        group = groups.setdefault(key, OwedForMeeting(one.meets_at, one.case.board, []))
        late = one.due_at is not None and one.due_at < now
        group.inputs.append(OwedInput(one, late, one.asked_of_id == user.pk))
    return list(groups.values())


def _actions(user, now: datetime) -> list[MyAction]:
    mine = all_actions().in_force().to_do().filter(owner=user)
    found = mine.select_related("recommendation__case__board", "recommendation__case__patient")
    return [
        MyAction(
            one,
            standing_of(one, today=now.astimezone(one.recommendation.case.board.zone).date()),
        )
        for one in found.order_by("due_on", "pk")
    ]


def _triage(user, boards: list[Any]) -> list[Case]:
    waiting = Case.objects.visible_to(user).filter(board__in=boards, status=CaseStatus.REFERRED)
    loaded = waiting.select_related("patient", "board", "referred_by", "diagnosis")
    return list(loaded.order_by("referred_at"))


def _returned(user) -> list[Case]:
    why = StatusChange.objects.filter(case=OuterRef("pk"), after=CaseStatus.RETURNED).order_by("-at")
    mine = Case.objects.visible_to(user).filter(referred_by=user, status=CaseStatus.RETURNED)
    return list(
        mine.select_related("patient", "board")
        .annotate(missing=Subquery(why.values("reason")[:1]))
        .order_by("number")
    )


def _meetings(user, now: datetime) -> list[Meeting]:
    """The next five, and whichever runs now."""
    coming = Meeting.objects.visible_to(user).filter(
        Q(status=MeetingStatus.RUNNING) | Q(status=MeetingStatus.PLANNED, ends_at__gt=now)
    )
    standing = AgendaItem.objects.exclude(status=ItemStatus.TAKEN_OFF).filter(meeting=OuterRef("pk"))
    return list(coming.select_related("board").annotate(listed=number_of(standing)).order_by("starts_at")[:5])


# -- drafts -----------------------------------------------------------------------------------------------


def _drafts(user) -> list[OpenDraft]:
    found = list(Draft.objects.visible_to(user).order_by("-saved_at")[:20])
    cases = _cases_of_referrals(user, found)
    inputs = _inputs(user, found)
    told = (_told(draft, cases, inputs) for draft in found)
    return [one for one in told if one]


def _keys(drafts: Iterable[Draft], form: str) -> list[UUID]:
    return [key for draft in drafts if draft.form == form and (key := _uuid(draft.key))]


def _cases_of_referrals(user, drafts: list[Draft]) -> dict[str, Case]:
    keys = _keys(drafts, "referral")
    found = Case.objects.visible_to(user).filter(pk__in=keys) if keys else ()
    return {str(case.pk): case for case in found}


def _inputs(user, drafts: list[Draft]) -> dict[str, Any]:
    keys = _keys(drafts, "input")
    visible = SpecialistInput.objects.visible_to(user).filter(pk__in=keys) if keys else None
    return {str(one.pk): one for one in visible.select_related("case")} if visible is not None else {}


def _told(draft: Draft, cases: dict[str, Case], inputs: dict[str, Any]) -> OpenDraft | None:
    """Only what can be opened again; a draft's words are shown nowhere but in its form."""
    if draft.form == "referral" and draft.key in cases:
        case = cases[draft.key]
        return OpenDraft(f"Referral {case.number}", _url("edit-referral", case.pk), draft.saved_at)
    if draft.form == "referral":
        return OpenDraft("New referral", f"{_url('refer')}?draft={draft.key}", draft.saved_at)
    if draft.key in inputs:
        one = inputs[draft.key]
        words = f"{one.get_specialty_display()} for {one.case.number}"
        return OpenDraft(words, _url("input", one.pk), draft.saved_at)
    if draft.form == "decision" and _uuid(draft.key):
        return OpenDraft("Decision", _url("make-decision", draft.key), draft.saved_at)
    return None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _url(name: str, *args: Any) -> str:
    try:
        return reverse(f"cases:{name}", args=args)
    except NoReverseMatch:
        return ""
