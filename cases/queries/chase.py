"""Who owes what for which case, and by when? All of it on the boards where a person may ask for it.

The same number of queries however much is owed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.urls import reverse

from cases.domain import chasing, wall_clock
from cases.domain.chasing import Facts
from cases.domain.readiness import Readiness
from cases.models import AgendaItem, Case, Meeting, Membership, Ratification, SpecialistInput, TumorBoard
from cases.models.follow_up import actions as all_actions
from cases.permissions import Permission, roles_granting
from cases.queries.chase_debt import Debt, What
from cases.queries.kept import Kept
from cases.queries.readiness import readiness_of_all
from cases.queries.worklist import ON_A_LIST, PREPARING
from cases.vocabulary import ActionReport, Specialty

NOBODY_ASKED = "nobody is asked by name"
HAS_LEFT = "has left the board"
IS_GONE = "can no longer sign in"


@dataclass(frozen=True)
class _Around:
    """What is the same for everything that is owed."""

    now: datetime
    sitting: frozenset[tuple[int, int]]  # (board, person)
    meetings: Mapping[UUID, Meeting]  # on which a case is listed

    def today(self, case: Any) -> date:
        return self.now.astimezone(case.board.zone).date()

    def unreachable(self, who: Any, case: Any, *, needs_seat: bool = True) -> str:
        if who is None:
            return NOBODY_ASKED
        if not who.is_active:
            return IS_GONE
        return HAS_LEFT if needs_seat and (case.board_id, who.pk) not in self.sitting else ""

    def cut_off_on(self, case: Any) -> date | None:
        meeting, board = self.meetings.get(case.pk), case.board
        if meeting is None:
            return None
        cut_off = wall_clock.hours_before(meeting.starts_at, board.cut_off_hours, zone=board.zone)
        return cut_off.astimezone(board.zone).date()


def boards_chased_by(user) -> QuerySet[TumorBoard]:
    """Where the person may ask for what is owed."""
    return TumorBoard.objects.filter(
        is_active=True,
        memberships__user=user,
        memberships__ended_at=None,
        memberships__role__in=roles_granting(Permission.ASK_FOR_INPUT),
    )


def debts(user, *, now: datetime) -> list[Debt]:
    """What weighs most first."""
    boards = list(boards_chased_by(user).order_by("name")) if user.is_active else []
    if not boards:
        return []
    cases = list(
        Case.objects.filter(board__in=boards, status__in=PREPARING).select_related(
            "patient", "board", "referred_by"
        )
    )
    around = _Around(now, _sitting(boards), _meetings(cases))
    readiness = readiness_of_all(cases, days=_days(cases, around, _next(boards, now)), now=now)
    found = (
        *_of_inputs(cases, readiness, around),
        *_of_referrers(cases, readiness, around),
        *_of_ratifications(boards, around),
        *_of_actions(boards, around),
    )
    return sorted(found, key=lambda debt: debt.place)


def _sitting(boards: Sequence[TumorBoard]) -> frozenset[tuple[int, int]]:
    return frozenset(Membership.objects.current().filter(board__in=boards).values_list("board_id", "user_id"))


def _meetings(cases: Sequence[Case]) -> dict[UUID, Meeting]:
    items = AgendaItem.objects.filter(case__in=cases, status__in=ON_A_LIST)
    return {item.case_id: item.meeting for item in items.select_related("meeting__board")}


def _next(boards: Sequence[TumorBoard], now: datetime) -> dict[int, Meeting]:
    coming = Meeting.objects.filter(board__in=boards).upcoming(now=now).order_by("-starts_at")
    return {meeting.board_id: meeting for meeting in coming}


def _days(cases: Sequence[Case], around: _Around, coming: Mapping[int, Meeting]) -> dict[UUID, date]:
    """Readiness is asked for the day of the case's meeting, else of its board's next one."""
    meets = ((case, around.meetings.get(case.pk) or coming.get(case.board_id)) for case in cases)
    return {
        case.pk: meeting.starts_at.astimezone(case.board.zone).date() for case, meeting in meets if meeting
    }


def _of_inputs(cases: Sequence[Case], readiness: Mapping[UUID, Readiness], around: _Around) -> Iterator[Debt]:
    """Amendments are nobody's debt."""
    known = {case.pk: case for case in cases}
    awaited = SpecialistInput.objects.awaited().filter(
        case__in=cases, presentation=F("case__presentation"), amendment_reason=""
    )
    for one in awaited.select_related("asked_of"):
        case, specialty = known[one.case_id], Specialty(one.specialty)
        due_on = one.due_at.astimezone(case.board.zone).date() if one.due_at else None
        lacking = [lack.item for lack in readiness[case.pk].blocking]
        yield Debt(
            what=What.INPUT,
            pk=one.pk,
            case=case,
            title=specialty.label,
            in_mail=f"your input as {specialty.label.lower()}",
            who=one.asked_of,
            unreachable=around.unreachable(one.asked_of, case),
            since=one.asked_at,
            due_on=due_on,
            is_late=one.due_at is not None and one.due_at < around.now,
            path=reverse("cases:input", args=[one.pk]),
            specialty=one.specialty,
            facts=_facts(case, due_on, around, blocks=chasing.discipline_blocks(one.specialty, lacking)),
            meeting=around.meetings.get(case.pk),
            input=one,
            today=around.today(case),
        )


def _of_referrers(
    cases: Sequence[Case], readiness: Mapping[UUID, Readiness], around: _Around
) -> Iterator[Debt]:
    """What blocks a case and only its referrer can tell: one line a case."""
    for case in cases:
        who = case.referred_by
        lacking = [lack for lack in readiness[case.pk].blocking if lack.who_owes == who.display_name]
        if not lacking:
            continue
        due_on, today = around.cut_off_on(case), around.today(case)
        many = f"{len(lacking)} item{'' if len(lacking) == 1 else 's'}"
        yield Debt(
            what=What.REFERRAL,
            pk=case.pk,
            case=case,
            title=f"{many} of the referral",
            detail=", ".join(lack.in_brief for lack in lacking),
            in_mail=f"{many} missing from your referral",
            who=who,
            unreachable=around.unreachable(who, case, needs_seat=False),
            since=case.referred_at or case.created_at,
            due_on=due_on,
            is_late=due_on is not None and due_on < today,
            path=reverse("cases:case", args=[case.pk]),
            facts=_facts(case, due_on, around, blocks=True),
            meeting=around.meetings.get(case.pk),
            today=today,
        )


def _of_ratifications(boards: Sequence[TumorBoard], around: _Around) -> Iterator[Debt]:
    asked = Ratification.objects.open().filter(recommendation__case__board__in=boards)
    for one in asked.select_related(
        "asked_of", "recommendation__case__board", "recommendation__case__patient"
    ):
        case, specialty = one.recommendation.case, Specialty(one.specialty)
        today = around.today(case)
        yield Debt(
            what=What.RATIFICATION,
            pk=one.pk,
            case=case,
            title="Ratification",
            detail=specialty.label,
            in_mail=f"your answer to a provisional decision, as {specialty.label.lower()}",
            who=one.asked_of,
            unreachable=around.unreachable(one.asked_of, case),
            since=one.created_at,
            due_on=one.due_on,
            is_late=one.due_on < today,
            path=reverse("cases:ratification", args=[one.pk]),
            specialty=one.specialty,
            facts=_facts(case, one.due_on, around),
            today=today,
        )


TO_DO = Kept(
    lambda *, boards: (
        all_actions()
        .in_force()
        .filter(recommendation__case__board__in=boards)
        .to_do()
        .values_list("pk", "last_report")
    )
)


def _of_actions(boards: Sequence[TumorBoard], around: _Around) -> Iterator[Debt]:
    """What is overdue, or not answered at all; what its owner declined is with the coordinators."""
    reports = dict(TO_DO.rows(boards=[board.pk for board in boards]))
    rows = all_actions().filter(pk__in=reports)
    for one in rows.select_related("owner", "recommendation__case__board", "recommendation__case__patient"):
        case, last_report = one.recommendation.case, reports[one.pk]
        today, is_answered = around.today(case), last_report != ""
        handed_over_on = one.recommendation.signed_at.astimezone(case.board.zone).date()
        is_late = one.due_on < today
        if not is_late and (is_answered or not chasing.is_due_an_answer(handed_over_on, today=today)):
            continue
        yield Debt(
            what=What.ACTION,
            pk=one.pk,
            case=case,
            title=one.get_kind_display(),
            detail=_said(one, last_report),
            in_mail=f"{'a report on' if is_late else 'an answer to'} action {one.position}",
            who=one.owner,
            unreachable=around.unreachable(one.owner, case, needs_seat=False),
            since=one.recommendation.signed_at,
            due_on=one.due_on,
            is_late=is_late,
            path=reverse("cases:report-action", args=[one.pk]),
            facts=_facts(case, one.due_on, around),
            today=today,
        )


def _said(action: Any, last_report: str) -> str:
    label = ActionReport(last_report).label.lower() if last_report else "not answered"
    return f"action {action.position}, {label}"


def _facts(case: Any, due_on: date | None, around: _Around, *, blocks: bool = False) -> Facts:
    return Facts(case.urgency, blocks, due_on, around.cut_off_on(case))


def by_person(found: Iterable[Debt]) -> dict[tuple[int, int], list[Debt]]:
    """In the order of what weighs most with each; what nobody can be chased for is left out."""
    people: dict[tuple[int, int], list[Debt]] = {}
    for debt in found:
        if debt.person:
            people.setdefault(debt.person, []).append(debt)
    return people
