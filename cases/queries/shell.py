"""What does the frame around every page need to know of the person who is signed in?

Two queries: the seats, and every number that stands beside an entry of the menu.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Func, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from cases.domain.inputs import ANSWERABLE
from cases.models import EmergencyAccess, Hospital, Membership, SpecialistInput
from cases.models.follow_up import actions
from cases.permissions import GRANTS, Permission
from cases.queries.kept import Kept
from cases.vocabulary import CaseStatus, Role
from tumorboard.notifications.models import Message


@dataclass(frozen=True)
class Seats:
    """Where the person sits now, first the seats that lead."""

    memberships: tuple[Membership, ...]

    def may(self, permission: Permission) -> bool:
        return any(permission in GRANTS[Role(seat.role)] for seat in self.memberships)

    @property
    def boards(self) -> list[Any]:
        return [seat.board for seat in self.memberships]

    def boards_where(self, permission: Permission) -> list[Any]:
        return [s.board for s in self.memberships if permission in GRANTS[Role(s.role)]]

    @property
    def line(self) -> str:
        """ "Liver board · coordinator": on which board, as what; two boards are named, more are counted."""
        if not self.memberships:
            return ""
        if len(self.memberships) > 2:
            return f"{len(self.memberships)} boards"
        return " · ".join(
            f"{seat.board.name}, {seat.get_role_display().lower()}" for seat in self.memberships
        )


@dataclass(frozen=True)
class Emergency:
    """A case that the person reads in an emergency just now."""

    pk: str
    case: str
    number: str
    ends_at: str

    @property
    def minutes_left(self) -> int:
        """Begun minutes count: it says 1 until it is over."""
        left = datetime.fromisoformat(self.ends_at) - timezone.now()
        return max(1, -int(-left.total_seconds() // 60))


@dataclass(frozen=True)
class Counts:
    inputs: int = 0
    actions: int = 0
    messages: int = 0
    late: int = 0
    to_chase: int = 0
    emergencies: tuple[Emergency, ...] = ()
    is_privacy_officer: bool = False
    to_review: int = 0

    def emergency_for(self, case: UUID) -> Emergency | None:
        return next((one for one in self.emergencies if one.case == str(case)), None)


def seats_of(user) -> Seats:
    found = user.memberships.current().filter(board__is_active=True).select_related("board")
    order = list(Role.values)
    return Seats(tuple(sorted(found, key=lambda seat: (order.index(seat.role), seat.board.name))))


def counts_for(user, seats: Seats) -> Counts:
    """Inputs that the person owes, actions that are theirs, e-mails that need them, inputs to chase.

    And in the same query: what they read in an emergency, and what they are to review as a privacy officer.
    """
    [numbers] = COUNTS.rows(
        user=user.pk,
        scopes=[board.scope for board in seats.boards_where(Permission.SEE_MESSAGES)],
        chased=[board.pk for board in seats.boards_where(Permission.ASK_FOR_INPUT)],
        now=timezone.now(),
    )
    inputs, own, messages, late, to_chase, emergencies, is_officer, to_review = numbers
    running = tuple(Emergency(**one) for one in emergencies)
    return Counts(inputs, own, messages, late, to_chase, running, is_officer, to_review)


def _counts(*, user: int, scopes: list[str], chased: list[int], now: datetime) -> QuerySet:
    person, to_chase = get_user_model()(pk=user), _to_chase(chased)
    accesses = EmergencyAccess.objects.reviewable_by(person).unreviewed().exclude(user=user)
    return (
        get_user_model()
        .objects.filter(pk=user)
        .values_list(
            number_of(owed_inputs().filter(asked_of=user)),
            number_of(actions().in_force().to_do().filter(owner=user)),
            number_of(Message.objects.for_scope(scopes).needing_a_person()) if scopes else Value(0),
            number_of(to_chase.filter(due_at__lt=now)) if chased else Value(0),
            number_of(to_chase) if chased else Value(0),
            _emergencies(person, now),
            Exists(Hospital.objects.filter(privacy_officers=OuterRef("pk"))),
            number_of(accesses),
        )
    )


COUNTS = Kept(_counts)


def _emergencies(user, now: datetime) -> ArraySubquery:
    rows = user.emergency_accesses.running(now).order_by("ends_at")
    told = JSONObject(pk="pk", case="case", number="case__number", ends_at="ends_at")
    return ArraySubquery(rows.values(told=told))


def owed_inputs() -> QuerySet[SpecialistInput]:
    """What the disciplines still owe to cases that wait for it."""
    return SpecialistInput.objects.awaited().filter(
        case__status__in=ANSWERABLE, presentation=F("case__presentation")
    )


def _to_chase(boards: list[int]) -> QuerySet[SpecialistInput]:
    """Inputs owed to the boards for which the person may ask."""
    return owed_inputs().filter(
        case__board__in=boards,
        case__status__in=(CaseStatus.PREPARING, CaseStatus.LISTED),
        amendment_reason="",
    )


def number_of(rows: QuerySet) -> Any:
    """How many rows, as one column of another query."""
    counted = (
        rows.order_by()
        .annotate(one=Func(F("pk"), function="COUNT", output_field=IntegerField()))
        .values("one")
    )
    return Coalesce(Subquery(counted), 0)
