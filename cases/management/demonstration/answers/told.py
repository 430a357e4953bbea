"""In which form does an invented specialist answer?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from cases.management.demonstration.story import Story
from cases.models import Case
from cases.vocabulary import Specialty


@dataclass(frozen=True)
class Asked:
    """Whom, of which case, on which day."""

    specialty: Specialty
    story: Story
    case: Case
    today: date
    studied_on: date

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    @property
    def lesions(self) -> list:
        return list(self.case.lesion_set.order_by("number"))


@dataclass(frozen=True)
class Told:
    """An opinion with its reason, the typed part with its rows, and facts of the case told with it."""

    opinion: str
    confidence: str
    reason: str
    details: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, Any]:
        return {
            "opinion": self.opinion,
            "confidence": self.confidence,
            "opinion_reason": self.reason,
            "conflict_of_interest": False,
        }
