"""Who heard this version of a decision, and which disciplines that it needs did not?

The first version is heard by the room in which the case was discussed. An amendment that changes what is to
be done is heard by whoever is in that room when it is signed: after the meeting, by nobody.
"""

from dataclasses import dataclass
from datetime import datetime

from cases.domain import recommendation as rules
from cases.models import AgendaItem, Attendance, Guest, Recommendation
from cases.queries.decision import decision_of
from cases.queries.room import guests_at, missing_among, there_at


@dataclass(frozen=True)
class Heard:
    """Those who were there, and the disciplines for which nobody was."""

    there: list[Attendance]
    guests: list[Guest]
    missing: list[str]


def heard(item: AgendaItem, recommendation: Recommendation | None, *, now: datetime) -> Heard:
    moment = _moment(item, recommendation, now=now)
    there, guests = there_at(item, moment), guests_at(item, moment)
    return Heard(there, guests, missing_among(item, there, guests))


def _moment(item: AgendaItem, recommendation: Recommendation | None, *, now: datetime) -> datetime:
    """When those in the room heard what this version says is to be done."""
    if recommendation is None or recommendation.number == 1:
        return item.closed_at or now
    before = Recommendation.objects.get(item=item, number=recommendation.number - 1)
    if rules.is_the_same_plan(decision_of(before), decision_of(recommendation)):
        return _moment(item, before, now=before.signed_at or now)
    return now
