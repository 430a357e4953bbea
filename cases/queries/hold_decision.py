"""How does the decision stand that is being made for the case on the screen?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cases.domain import read_back
from cases.domain.recommendation import Decision, Lack, lacks
from cases.models import AgendaItem, Recommendation
from cases.queries.decision import decision_of, viable_labels
from cases.queries.hearing import heard
from cases.queries.room import provisional_words


@dataclass(frozen=True)
class Strip:
    """The paragraph as it stands, its gaps, and how far it has come."""

    recommendation: Recommendation | None
    parts: Sequence[read_back.Part] = ()
    lacks: Sequence[Lack] = ()
    provisional: str = ""
    decision: Decision | None = None

    @property
    def is_signed(self) -> bool:
        return bool(self.recommendation and self.recommendation.signed_at)

    @property
    def is_confirmed(self) -> bool:
        """Read back to the room and agreed to, as it stands now: also in what it says of the quorum."""
        one = self.recommendation
        if one is None or one.confirmed_version != one.version:
            return False
        return one.read_back == read_back.joined(self.parts)

    @property
    def may_be_confirmed(self) -> bool:
        return bool(self.recommendation and not self.is_signed and not self.lacks)

    @property
    def is_empty(self) -> bool:
        return self.recommendation is None

    @property
    def lacks_words(self) -> str:
        return f"{len(self.lacks)} lacking"

    @property
    def version(self) -> int:
        return self.recommendation.version if self.recommendation else 0


def newest_decision(item: AgendaItem) -> Recommendation | None:
    """The one being made; else the one in force."""
    standing = Recommendation.objects.filter(item=item, superseded_at=None)
    return standing.select_related("signed_by", "confirmed_by").order_by("-number").first()


def strip_of(item: AgendaItem, found: Recommendation | None, *, now: datetime) -> Strip:
    """Of the newest decision, or of none yet."""
    if found is None:
        return Strip(None)
    if found.signed_at:
        return Strip(found, (read_back.Part(found.read_back),), provisional=provisional_words(found))
    found.item, found.case = item, item.case
    decision = decision_of(found)
    today = now.astimezone(item.case.board.zone).date()
    return Strip(
        found,
        read_back.parts(decision, quorum_missing=heard(item, found, now=now).missing),
        lacks(decision, viable=viable_labels(item.case_id), today=today),
        decision=decision,
    )
