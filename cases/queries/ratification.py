"""Which provisional decisions wait for whom, and what is one asked to stand by?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from cases.models import Attendance, Guest, Membership, Ratification
from cases.queries.hearing import heard
from cases.vocabulary import RatificationAnswer, Role, Specialty


@dataclass(frozen=True)
class ToAnswer:
    """One line on the page of today."""

    ratification: Ratification
    is_late: bool
    is_mine: bool  # asked of this person; otherwise of anybody of the discipline

    @property
    def specialty(self) -> Specialty:
        return Specialty(self.ratification.specialty)


@dataclass(frozen=True)
class RatificationPage:
    one: Ratification
    others: list[Ratification]
    there: list[Attendance]
    guests: list[Guest]
    missing: list[Specialty]
    may_answer: bool
    is_late: bool

    @property
    def specialty(self) -> Specialty:
        return Specialty(self.one.specialty)

    @property
    def discipline(self) -> str:
        return self.specialty.label.lower()

    @property
    def is_replaced(self) -> bool:
        return self.one.recommendation.superseded_at is not None

    @property
    def is_answered(self) -> bool:
        return self.one.answered_at is not None

    @property
    def has_objected(self) -> bool:
        return self.one.answer == RatificationAnswer.OBJECTED


def open_ratifications(user, *, seats: Iterable[Membership], now: datetime) -> list[ToAnswer]:
    """What a member is asked for their discipline; colleagues of the one who was asked see it as well."""
    wanted = Q()
    for seat in seats:
        if seat.role == Role.MEMBER:
            wanted |= Q(recommendation__case__board=seat.board_id, specialty=seat.specialty)
    if not wanted:
        return []
    found = (
        Ratification.objects.open()
        .filter(wanted)
        .exclude(recommendation__signed_by=user)
        .select_related("asked_of", "recommendation__case__board", "recommendation__case__patient")
        .order_by("due_on", "recommendation__case__number")
    )
    return [
        ToAnswer(
            ratification=one,
            is_late=one.due_on < now.astimezone(one.recommendation.case.board.zone).date(),
            is_mine=one.asked_of_id == user.pk,
        )
        for one in found
    ]


def ratification_page(one: Ratification, *, may_answer: bool, today: date) -> RatificationPage:
    recommendation = one.recommendation
    signed_at = recommendation.signed_at or one.created_at
    room = heard(recommendation.item, recommendation, now=signed_at)
    siblings = recommendation.ratifications.exclude(pk=one.pk).select_related("asked_of", "answered_by")
    order = Specialty.values
    return RatificationPage(
        one=one,
        others=sorted(siblings, key=lambda other: order.index(other.specialty)),
        there=room.there,
        guests=room.guests,
        missing=[Specialty(code) for code in recommendation.quorum_missing],
        may_answer=may_answer and one.answered_at is None and recommendation.superseded_at is None,
        is_late=one.answered_at is None and one.due_on < today,
    )
