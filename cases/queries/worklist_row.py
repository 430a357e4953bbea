"""What does the worklist say of one case?"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cases.domain.picture import BOUND, Picture
from cases.domain.readiness import Readiness
from cases.queries import case_course as course
from cases.vocabulary import PrimarySite


@dataclass(frozen=True)
class Row:
    case: Any
    picture: Picture
    readiness: Readiness | None
    inputs: tuple[course.InputLine, ...]
    sits: bool
    zone: Any
    now: datetime

    @property
    def primary(self) -> str:
        """Without the explanation in brackets, which a form needs and a row does not."""
        diagnosis = getattr(self.case, "diagnosis", None)
        site = diagnosis.primary_site if diagnosis else ""
        return str(PrimarySite(site).label).partition(" (")[0] if site else ""

    @property
    def lesions(self) -> str:
        """How many; a plus where the count is a minimum."""
        gap = self.picture.gap("lesion_count")
        if self.picture.missing("lesion_count"):
            return gap.reason.partition(" ")[0] + "+" if gap.state == BOUND else ""
        return str(self.picture.raw("lesion_count"))

    @property
    def largest_mm(self) -> Decimal | None:
        largest = self.picture.raw("largest_lesion_cm")
        return None if largest is None else largest * 10

    @property
    def meeting_on(self) -> date | None:
        return self.case.meets_at.astimezone(self.zone).date() if self.case.meets_at else None

    @property
    def due_on(self) -> date | None:
        return self.case.due_at.astimezone(self.zone).date() if self.case.due_at and self.sits else None

    @property
    def is_late(self) -> bool:
        return bool(self.case.due_at and self.case.due_at < self.now)

    @property
    def due_words(self) -> str:
        """ "2 days late", "tomorrow", "in 5 days"."""
        if self.due_on is None:
            return ""
        days = (self.due_on - self.now.astimezone(self.zone).date()).days
        if self.is_late:
            return "late today" if not days else f"{-days} day{'s' if days < -1 else ''} late"
        return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
