"""What must be in sight while a decision is being made?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from cases.domain import read_back as reading
from cases.domain import recommendation as rules
from cases.models import (
    AgendaItem,
    Attendance,
    Case,
    Dissent,
    Guest,
    Lesion,
    LesionMeasurement,
    LesionPlan,
    PatientWish,
    Recommendation,
    RecommendedAction,
    SectionVersion,
)
from cases.permissions import Permission, granted
from cases.queries.decision import (
    actions_of,
    decision_of,
    in_making,
    plans_of,
    possible_dissenters,
    possible_owners,
)
from cases.queries.earlier_plans import still_open
from cases.queries.hearing import heard
from cases.queries.second_person import words_for
from cases.vocabulary import ActionRole, Specialty

WEEKS_AHEAD = (1, 2, 4, 6)
WEEKS_TO_RETURN = (4, 6, 8, 12)


@dataclass(frozen=True)
class LesionSeen:
    """One lesion as the room speaks of it."""

    lesion: Lesion
    size_mm: Any

    @property
    def label(self) -> str:
        return self.lesion.label

    @property
    def words(self) -> str:
        if self.lesion.withdrawn_at is not None:
            return "withdrawn"
        where = f"Seg. {', '.join(self.lesion.segments)}" if self.lesion.segments else "No segment"
        return f"{where}, {self.size_mm.normalize():f} mm" if self.size_mm is not None else where

    @property
    def needs_a_plan(self) -> bool:
        return rules.needs_a_plan(self.lesion)


@dataclass(frozen=True)
class Present:
    """One person who is, or was, in the room."""

    name: str
    specialty: Specialty | None
    pk: Any = None


@dataclass(frozen=True)
class Check:
    """One line beside the signature: block, due or done; what about; the field it is about."""

    kind: str
    label: str
    words: str
    field: str = ""


@dataclass(frozen=True)
class ActionSeen:
    """One action with the rows below it."""

    action: RecommendedAction
    number: int

    def below(self, role: str) -> RecommendedAction | None:
        return next((row for row in self.action.children.all() if row.role == role), None)

    @property
    def condition(self) -> RecommendedAction | None:
        return self.below(ActionRole.CONDITION)

    @property
    def plan_b(self) -> RecommendedAction | None:
        return self.below(ActionRole.PLAN_B)


@dataclass(frozen=True)
class Making:
    """The room around a decision that is being made."""

    item: AgendaItem
    recommendation: Recommendation | None
    wish: PatientWish | None
    lesions: tuple[LesionSeen, ...]
    owners: dict[str, Any]
    dissenters: dict[str, Any]
    sections: dict[str, SectionVersion]
    plans: dict[str, LesionPlan]
    actions: tuple[ActionSeen, ...]
    dissents: tuple[Dissent, ...]
    decision: rules.Decision
    there: tuple[Present, ...]
    guests: tuple[Guest, ...]
    absent: tuple[Specialty, ...]
    still_open: tuple[str, ...]
    may_sign: bool
    needs_another: str  # why somebody else signs this amendment
    signs_alone: str  # what to know of an amendment that nobody else may sign
    today: date

    @property
    def case(self) -> Case:
        return self.item.case

    @property
    def version(self) -> int:
        return self.recommendation.version if self.recommendation else 0

    @cached_property
    def to_plan(self) -> tuple[LesionSeen, ...]:
        """The lesions that need a plan, and those that have one all the same, also if withdrawn since."""
        standing = (seen for seen in self.lesions if seen.needs_a_plan or seen.label in self.plans)
        planned = (plan.lesion for plan in self.plans.values() if plan.lesion.withdrawn_at is not None)
        return (*standing, *(LesionSeen(lesion, None) for lesion in planned))

    @cached_property
    def lacks(self) -> tuple[rules.Lack, ...]:
        viable = [seen.label for seen in self.lesions if seen.needs_a_plan]
        return rules.lacks(self.decision, today=self.today, viable=viable)

    @cached_property
    def said(self) -> list[reading.Part]:
        return list(reading.parts(self.decision, quorum_missing=self.absent))

    @property
    def is_confirmed(self) -> bool:
        """As it stands now: also in what it says of the quorum."""
        one = self.recommendation
        return bool(one and one.confirmed_version == self.version and one.read_back == self.words)

    @cached_property
    def words(self) -> str:
        return reading.joined(self.said)

    @property
    def was_confirmed(self) -> bool:
        return bool(self.recommendation and self.recommendation.confirmed_version)

    @cached_property
    def here(self) -> set[Any]:
        return {one.pk for one in self.there}

    @cached_property
    def checks(self) -> list[Check]:
        """What blocks, then what deserves a look, then what is in order."""
        blocked = [Check("block", about(lack.field), lack.what, lack.field) for lack in self.lacks]
        look = [
            Check("due", about(lack.field), lack.what, lack.field) for lack in rules.cautions(self.decision)
        ]
        if self.absent:
            look.append(Check("due", "Quorum", f"{_labels(self.absent)} absent"))
        look += [Check("due", "Earlier plan", words) for words in self.still_open]
        settled = {check.label for check in (*blocked, *look)}
        return [*blocked, *look, *(check for check in self._good() if check.label not in settled)]

    def _good(self) -> list[Check]:
        number = len(self.decision.actions)
        planned = len(self.decision.plans)
        return [
            Check("done", "Intent", "chosen"),
            *([Check("done", "Plan", f"{planned} of {planned} lesions")] if planned else []),
            Check("done", "Actions", f"{number} of {number} with owner and date"),
            Check("done", "Why", "said"),
            Check("done", "Wish", "stated and weighed"),
            Check("done", "Trial", "considered"),
            Check("done", "Checklist", "gone through"),
            Check("done", "Quorum", "met"),
        ]

    def ahead(self, weeks: Iterable[int]) -> list[tuple[str, date]]:
        return [(f"+{number} wk", self.today + timedelta(weeks=number)) for number in weeks]

    @property
    def good_for(self) -> date:
        return self.today + timedelta(days=self.item.meeting.board.recommendation_days)


SECTION_OF = {
    "intent": "Intent",
    "rationale": "Why",
    "trial": "Trial",
    "checked": "Checklist",
    "expires_on": "Good until",
    "re_present_on": "Return",
}


def about(field: str) -> str:
    """The section of the page that a field stands in."""
    for start, label in (("plan-", "Plan"), ("action", "Actions"), ("guideline", "Guideline")):
        if field.startswith(start):
            return label
    return SECTION_OF.get(field, "Wish")


def making(item: AgendaItem, *, user, now: datetime) -> Making:
    board = item.meeting.board
    recommendation = in_making(item)
    if recommendation is not None:
        recommendation.item, recommendation.case = item, item.case
    room = heard(item, recommendation, now=now)
    may_sign = Permission.SIGN_DECISION in granted(user, board=board)
    needs_another, signs_alone = words_for(recommendation, by=user) if may_sign else ("", "")
    return Making(
        item=item,
        recommendation=recommendation,
        wish=PatientWish.objects.standing().filter(case=item.case_id).order_by("-created_at").first(),
        lesions=tuple(lesions_seen(item.case)),
        owners={str(person.pk): person for person in possible_owners(item.case)},
        dissenters={str(person.pk): person for person in possible_dissenters(item)},
        **_written(recommendation),
        decision=decision_of(recommendation),
        there=present(room.there),
        guests=tuple(room.guests),
        absent=tuple(Specialty(code) for code in room.missing),
        still_open=still_open(item),
        may_sign=may_sign,
        needs_another=needs_another,
        signs_alone=signs_alone,
        today=now.astimezone(board.zone).date(),
    )


def _written(recommendation: Recommendation | None) -> dict[str, Any]:
    if recommendation is None:
        return {"sections": {}, "plans": {}, "actions": (), "dissents": ()}
    sections = recommendation.sections.select_related("changed_by")
    dissents = recommendation.dissents.select_related("who").order_by("created_at", "pk")
    return {
        "sections": {one.section: one for one in sections},
        "plans": {plan.lesion.label: plan for plan in plans_of(recommendation)},
        "actions": tuple(
            ActionSeen(action, number) for number, action in enumerate(actions_of(recommendation), start=1)
        ),
        "dissents": tuple(dissents),
    }


def lesions_seen(case: Case) -> list[LesionSeen]:
    lesions = list(Lesion.objects.standing().filter(case=case).order_by("number"))
    sizes = LesionMeasurement.objects.standing().filter(lesion__in=lesions)
    newest = {size.lesion_id: size.long_axis_mm for size in sizes.order_by("measured_on", "created_at")}
    return [LesionSeen(lesion, newest.get(lesion.pk)) for lesion in lesions]


def present(there: list[Attendance]) -> tuple[Present, ...]:
    """Each person once, also who left and came back."""
    seen = {one.user: Specialty(one.specialty) if one.specialty else None for one in there}
    return tuple(Present(str(user), specialty, user.pk) for user, specialty in seen.items())


def _labels(specialties: tuple[Specialty, ...]) -> str:
    return reading.listed([specialty.label.lower() for specialty in specialties])
