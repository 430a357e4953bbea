"""What does a decision show once it stands, what became of it, and how do its versions differ?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.domain.before_the_talk import in_words as stood_in_words
from cases.domain.comparison import Difference, differences
from cases.domain.follow_up import Standing as ActionStanding
from cases.domain.moved import moved
from cases.models import Amendment, Dissent, LesionPlan, Letter, Ratification, Recommendation
from cases.models.follow_up import actions as all_actions
from cases.permissions import Permission, granted
from cases.queries.action_standing import standing_of
from cases.queries.decision import decision_of, in_making, plans_of
from cases.queries.decision_making import Present, present
from cases.queries.hearing import heard
from cases.queries.room import provisional_words
from cases.vocabulary import ActionRole, ChecklistItem, Specialty


@dataclass(frozen=True)
class Row:
    """One action, condition or plan B, and what became of it."""

    action: Any
    standing: ActionStanding | None  # None while the decision is not signed
    role: str


@dataclass(frozen=True)
class Group:
    """A main action and what hangs on it."""

    main: Row
    below: tuple[Row, ...]


@dataclass(frozen=True)
class Standing:
    """A decision as it stands, with what was added and what became of it."""

    recommendation: Recommendation
    plans: tuple[LesionPlan, ...]
    groups: tuple[Group, ...]
    dissents: tuple[Dissent, ...]
    amendments: tuple[Amendment, ...]
    letters: tuple[Letter, ...]
    ratifications: tuple[Ratification, ...]
    provisional: str
    checked: tuple[str, ...]
    unchecked: tuple[str, ...]
    there: tuple[Present, ...]
    guests: tuple[Any, ...]
    absent: tuple[Specialty, ...]
    before: str  # where the board stood when the case was opened
    moved: str  # and whether the decision moved from there
    versions: int
    later: Recommendation | None  # the version that replaced this one, or is being made
    may_amend: bool


def standing(recommendation: Recommendation, *, user, now: datetime) -> Standing:
    """Letters are those that this person may open: a referrer sees theirs once it is sent."""
    item, board = recommendation.item, recommendation.case.board
    at = recommendation.signed_at or now
    today = now.astimezone(board.zone).date()
    room = heard(item, recommendation, now=at)
    rights = granted(user, board=board)
    letters = Letter.objects.visible_to(user).filter(recommendation=recommendation)
    asked = recommendation.ratifications.select_related("asked_of", "answered_by").order_by("specialty")
    visible = Recommendation.objects.visible_to(user).filter(item=item).order_by("number")
    versions = list(visible)
    later = next((one for one in versions if one.number > recommendation.number), None)
    being_made = in_making(item) if Permission.DRAFT_DECISION in rights else None
    may_amend = Permission.SIGN_DECISION in rights and recommendation.signed_at is not None
    return Standing(
        recommendation=recommendation,
        plans=tuple(plans_of(recommendation)),
        groups=_groups(recommendation, today=today),
        dissents=tuple(recommendation.dissents.select_related("who").order_by("created_at")),
        amendments=tuple(recommendation.amendments.select_related("created_by").order_by("number")),
        letters=tuple(letters.defer("pdf").select_related("recipient").order_by("kind", "number")),
        ratifications=tuple(asked),
        provisional=provisional_words(recommendation),
        checked=tuple(one.label for one in ChecklistItem if one in recommendation.checked),
        unchecked=tuple(one.label for one in ChecklistItem if one not in recommendation.checked),
        there=present(room.there),
        guests=tuple(room.guests),
        absent=tuple(Specialty(code) for code in recommendation.quorum_missing),
        before=stood_in_words(item.stood_before),
        moved=moved(item.stood_before, decision_of(recommendation)) if item.stood_before else "",
        versions=sum(one.signed_at is not None for one in versions),
        later=later or being_made,
        may_amend=may_amend and later is None and being_made is None,
    )


def _groups(recommendation: Recommendation, *, today) -> tuple[Group, ...]:
    loaded = all_actions().filter(recommendation=recommendation).with_state()
    rows = [
        Row(action, _became(action, recommendation, today), ActionRole(action.role).label)
        for action in loaded.select_related("owner").prefetch_related("lesions").order_by("position", "role")
    ]
    return tuple(
        Group(row, tuple(one for one in rows if one.action.parent_id == row.action.pk))
        for row in rows
        if row.action.role == ActionRole.MAIN
    )


def _became(action, recommendation: Recommendation, today) -> ActionStanding | None:
    return standing_of(action, today=today) if recommendation.signed_at else None


@dataclass(frozen=True)
class Version:
    """One version, and in what it differs from the one before."""

    recommendation: Recommendation
    differences: Sequence[Difference]

    @property
    def is_first(self) -> bool:
        return self.recommendation.number == 1


def versions_of(recommendation: Recommendation, *, user) -> list[Version]:
    """The newest first. A referrer sees those that were signed."""
    visible = Recommendation.objects.visible_to(user).filter(item=recommendation.item_id)
    found = list(visible.select_related("signed_by", "created_by").order_by("number"))
    said = [decision_of(one) for one in found]
    first = [Version(one, ()) for one in found[:1]]
    later = [
        Version(one, differences(theirs=before, mine=after))
        for one, before, after in zip(found[1:], said, said[1:], strict=False)
    ]
    return [*first, *later][::-1]
