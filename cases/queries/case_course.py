"""What has happened to this case on its way: opinions, discussions, decisions, actions, letters?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, OuterRef, Prefetch, QuerySet

from cases.domain.follow_up import Standing
from cases.models import (
    AgendaItem,
    Case,
    Diagnosis,
    ImagingStudy,
    Letter,
    Recommendation,
    SpecialistInput,
)
from cases.models.follow_up import actions as all_actions
from cases.queries.action_standing import standing_of
from cases.queries.readiness import AWAITED
from cases.queries.shell import number_of
from cases.vocabulary import InputStatus, ItemStatus, LetterStatus, Specialty


@dataclass(frozen=True)
class InputLine:
    """One discipline: what it says, or who owes it."""

    input: SpecialistInput
    is_late: bool

    @property
    def specialty(self) -> Specialty:
        return Specialty(self.input.specialty)

    @property
    def state(self) -> str:
        """As the role chip knows it."""
        if self.input.status == InputStatus.SIGNED:
            return "received"
        if self.input.status == InputStatus.NOT_NEEDED:
            return "not needed"
        if self.is_late:
            return "overdue"
        return "draft" if self.input.status == InputStatus.DRAFT else "asked"

    @property
    def who(self) -> Any:
        return self.input.signed_by or self.input.asked_of


def input_line(one: SpecialistInput, *, now: datetime) -> InputLine:
    late = one.status in AWAITED and one.due_at is not None and one.due_at < now
    return InputLine(one, late)


@dataclass(frozen=True)
class ActionLine:
    action: Any
    standing: Standing
    lesions: str

    @property
    def sign(self) -> str:
        return self.standing.sign

    @property
    def report(self) -> str:
        return self.standing.said

    @property
    def is_below(self) -> bool:
        """A condition or a plan B: told under the action that it belongs to."""
        return self.action.parent_id is not None


@dataclass(frozen=True)
class Discussion:
    """One time on a list, with the decision as far as the reader may see it."""

    item: AgendaItem
    recommendation: Recommendation | None
    actions: tuple[ActionLine, ...] = ()


def on_lists(case: Case) -> list[AgendaItem]:
    """Every time the case stood on a list, the latest first, with how many stand on that list."""
    neighbours = AgendaItem.objects.standing().filter(meeting=OuterRef("meeting"))
    rows = AgendaItem.objects.standing().filter(case=case).select_related("meeting")
    return list(rows.annotate(of=number_of(neighbours)).order_by("-meeting__starts_at"))


def decisions_of(case: Case, *, user) -> list[Recommendation]:
    """Decisions of this case that the person may read, with all that belongs to them."""
    found = (
        Recommendation.objects.visible_to(user)
        .filter(case=case, superseded_at=None)
        .select_related("signed_by", "item__meeting")
    )
    return list(
        found.prefetch_related(
            "dissents__who",
            Prefetch("amendments", to_attr="in_order"),
            Prefetch("actions", queryset=_actions(), to_attr="with_reports"),
        ).order_by("-item__meeting__starts_at", "-number")
    )


def _actions() -> QuerySet:
    rows = all_actions().with_state().select_related("owner").prefetch_related("lesions")
    return rows.order_by("position", F("parent").asc(nulls_first=True), "role")


def discussions(
    items: Sequence[AgendaItem], decisions: Iterable[Recommendation], *, today: date
) -> list[Discussion]:
    by_item = {one.item_id: one for one in decisions}  # the one in force, not the amendment being made
    held = [item for item in items if item.opened_at or item.status in _HELD or item.pk in by_item]
    return [_discussion(item, by_item.get(item.pk), today) for item in held]


_HELD = frozenset({ItemStatus.OPEN, ItemStatus.DISCUSSED, ItemStatus.DEFERRED})


def _discussion(item: AgendaItem, found: Recommendation | None, today: date) -> Discussion:
    return Discussion(item, found, tuple(_action_line(one, today) for one in _reported(found)))


def _reported(found: Recommendation | None) -> list[Any]:
    return getattr(found, "with_reports", []) if found and found.signed_at else []


def _action_line(action: Any, today: date) -> ActionLine:
    lesions = ", ".join(one.label for one in sorted(action.lesions.all(), key=lambda one: one.number))
    return ActionLine(action, standing_of(action, today=today), lesions)


def plans_of(decisions: Iterable[Recommendation]) -> dict[Any, str]:
    """Which action the latest signed decision holds for each lesion."""
    for one in decisions:
        if one.signed_at:
            return {lesion.pk: a.kind for a in reversed(_reported(one)) for lesion in a.lesions.all()}
    return {}


def letters_of(case: Case, *, user) -> list[Letter]:
    visible = Letter.objects.visible_to(user).filter(case=case).select_related("recipient").defer("pdf")
    return list(visible.order_by("-created_at"))


# -- the timeline -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    on: date
    title: str
    text: str = ""
    state: str = ""  # key, next, or nothing
    url: str = ""
    until: date | None = None


def timeline(
    case: Case,
    *,
    imaging: Iterable[ImagingStudy],
    items: Sequence[AgendaItem],
    letters: Iterable[Letter],
    most: int = 6,
) -> list[Entry]:
    zone = case.board.zone
    entries = [
        *_of_diagnosis(getattr(case, "diagnosis", None)),
        *[Entry(one.performed_on, one.get_modality_display(), one.conclusion[:60]) for one in imaging],
        *_of_referral(case, zone),
        *_of_boards(items, zone),
        *[
            Entry(one.sent_at.astimezone(zone).date(), "Letter sent", f"to {one.to}")
            for one in letters
            if one.status == LetterStatus.SENT and one.sent_at
        ],
    ]
    return sorted(entries, key=lambda entry: entry.on)[-most:]


def _of_diagnosis(found: Diagnosis | None) -> list[Entry]:
    if found is None:
        return []
    primary, liver = found.primary_diagnosed_on, found.liver_diagnosed_on
    entries = []
    if primary:
        entries.append(Entry(primary, "Diagnosis", found.get_primary_site_display(), "key"))
    if liver and liver != primary:
        entries.append(Entry(liver, "Liver disease found", "", "key"))
    return entries


def _of_referral(case: Case, zone: ZoneInfo) -> list[Entry]:
    if case.referred_at is None:
        return []
    return [Entry(case.referred_at.astimezone(zone).date(), "Referred", f"by {case.referred_by}")]


def _of_boards(items: Sequence[AgendaItem], zone: ZoneInfo) -> list[Entry]:
    return [
        Entry(
            item.meeting.starts_at.astimezone(zone).date(),
            f"{_ordinal(number)} board",
            item.get_status_display().lower(),
            "next" if item.status == ItemStatus.PLANNED else "key",
        )
        for number, item in enumerate(reversed(items), start=1)
    ]


def _ordinal(number: int) -> str:
    return {1: "1st", 2: "2nd", 3: "3rd"}.get(number, f"{number}th")
