"""What must be in sight while a decision is being made, and what does it show once it stands?"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from cases.domain import read_back as reading
from cases.domain import recommendation as rules
from cases.models import (
    AgendaItem,
    Amendment,
    Attendance,
    Case,
    Dissent,
    Lesion,
    LesionMeasurement,
    Letter,
    PatientWish,
    Recommendation,
    RecommendedAction,
)
from cases.models.follow_up import actions as all_actions
from cases.permissions import Permission, granted
from cases.queries.decision import possible_dissenters, possible_owners, quorum_missing, there_for
from cases.vocabulary import Known, Specialty


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
        where = f"seg. {', '.join(self.lesion.segments)}" if self.lesion.segments else "no segment"
        return f"{where}, {self.size_mm.normalize():f} mm" if self.size_mm is not None else where

    @property
    def is_viable(self) -> bool:
        return self.lesion.viable != Known.NO


@dataclass(frozen=True)
class Present:
    """One person who is, or was, in the room."""

    name: str
    specialty: Specialty | None


@dataclass(frozen=True)
class Check:
    """One line beside the signature: block, due or done; what about; where to put it right."""

    kind: str
    label: str
    words: str
    anchor: str = ""


@dataclass(frozen=True)
class Making:
    """The room around a decision that is being made."""

    item: AgendaItem
    recommendation: Recommendation | None
    wish: PatientWish | None
    lesions: tuple[LesionSeen, ...]
    owners: dict[str, Any]
    dissenters: dict[str, Any]
    there: tuple[Present, ...]
    absent: tuple[Specialty, ...]
    may_sign: bool
    today: date

    @property
    def case(self) -> Case:
        return self.item.case

    @property
    def version(self) -> int:
        return self.recommendation.version if self.recommendation else 0

    @cached_property
    def viable(self) -> tuple[str, ...]:
        return tuple(seen.label for seen in self.lesions if seen.is_viable)

    def lacks(self, decision: rules.Decision) -> tuple[rules.Lack, ...]:
        return rules.lacks(decision, today=self.today)

    def said(self, decision: rules.Decision) -> list[reading.Part]:
        return reading.parts(decision, quorum_missing=self.absent)

    def checks(self, decision: rules.Decision) -> list[Check]:
        """What blocks, then what deserves a look, then what is in order."""
        lacking = self.lacks(decision)
        blocked = [Check("block", _about(lack.field), lack.what, lack.field) for lack in lacking]
        unplanned = rules.unplanned(decision, self.viable)
        look = [
            *([Check("due", "Lesions", f"{reading.listed(unplanned)} in no action")] if unplanned else []),
            *([Check("due", "Quorum", f"{_labels(self.absent)} absent")] if self.absent else []),
        ]
        settled = {_about(lack.field) for lack in lacking} | {check.label for check in look}
        good = [check for check in self._good(decision) if check.label not in settled]
        return [*blocked, *look, *good]

    def _good(self, decision: rules.Decision) -> list[Check]:
        number = len(decision.actions)
        return [
            Check("done", "Intent", "chosen"),
            Check("done", "Actions", f"{number} of {number} with owner and date"),
            Check("done", "Why", "said"),
            Check("done", "Wish", "weighed"),
            Check("done", "Quorum", "met"),
        ]


def making(item: AgendaItem, *, user, now: datetime) -> Making:
    board = item.meeting.board
    there = there_for(item, now=now)
    return Making(
        item=item,
        recommendation=Recommendation.objects.filter(item=item).first(),
        wish=PatientWish.objects.standing().filter(case=item.case_id).order_by("-created_at").first(),
        lesions=tuple(_lesions(item.case)),
        owners={str(person.pk): person for person in possible_owners(item.case)},
        dissenters={str(person.pk): person for person in possible_dissenters(item)},
        there=_present(there),
        absent=tuple(Specialty(code) for code in quorum_missing(item, there)),
        may_sign=Permission.SIGN_DECISION in granted(user, board=board),
        today=now.astimezone(board.zone).date(),
    )


@dataclass(frozen=True)
class Standing:
    """A decision as it stands, with what was added and what became of it."""

    recommendation: Recommendation
    actions: tuple[RecommendedAction, ...]
    dissents: tuple[Dissent, ...]
    amendments: tuple[Amendment, ...]
    letters: tuple[Letter, ...]
    there: tuple[Present, ...]
    absent: tuple[Specialty, ...]
    may_amend: bool


def standing(recommendation: Recommendation, *, user, now: datetime) -> Standing:
    """Letters are those that this person may open: a referrer sees theirs once it is sent."""
    item = recommendation.item
    actions = all_actions().filter(recommendation=recommendation).with_report()
    letters = Letter.objects.visible_to(user).filter(recommendation=recommendation)
    rights = granted(user, board=recommendation.case.board)
    return Standing(
        recommendation=recommendation,
        actions=tuple(actions.select_related("owner").prefetch_related("lesions").order_by("position")),
        dissents=tuple(recommendation.dissents.select_related("who").order_by("created_at")),
        amendments=tuple(recommendation.amendments.select_related("created_by").order_by("number")),
        letters=tuple(letters.defer("pdf").select_related("recipient").order_by("number")),
        there=_present(there_for(item, now=recommendation.signed_at or now)),
        absent=tuple(Specialty(code) for code in recommendation.quorum_missing),
        may_amend=Permission.SIGN_DECISION in rights and recommendation.signed_at is not None,
    )


def _lesions(case: Case) -> list[LesionSeen]:
    lesions = list(Lesion.objects.standing().filter(case=case).order_by("number"))
    sizes = LesionMeasurement.objects.filter(lesion__in=lesions).order_by("measured_on", "created_at")
    newest = {size.lesion_id: size.long_axis_mm for size in sizes}
    return [LesionSeen(lesion, newest.get(lesion.pk)) for lesion in lesions]


def _present(there: list[Attendance]) -> tuple[Present, ...]:
    """Each person once, also who left and came back."""
    specialties = {one.user: Specialty(one.specialty) if one.specialty else None for one in there}
    return tuple(Present(str(user), specialty) for user, specialty in specialties.items())


def _about(field: str) -> str:
    """The section of the page that a field stands in."""
    if field.startswith("actions"):
        return "Actions"
    return {"intent": "Intent", "rationale": "Why"}.get(field, "Wish")


def _labels(specialties: tuple[Specialty, ...]) -> str:
    return reading.listed([specialty.label.lower() for specialty in specialties])
