"""What must the room see of one case: question, tumour, liver, patient, opinions, the last decision?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.models import AgendaItem, Case, LesionPlan, PatientWish, Recommendation
from cases.queries import case_course as course
from cases.queries.case_disease import newest
from cases.queries.hold_lines import Line, lines_of
from cases.queries.hold_voices import Voices, voices_of
from cases.queries.lesion_rows import Lesions, in_rows
from cases.queries.picture import drawn
from cases.queries.recorded import recorded_of
from cases.queries.room import provisional_words
from cases.queries.snapshot import Since, since_last
from cases.vocabulary import ActionRole

LONG_QUESTION = 120
MANY_WORDS = 150


@dataclass(frozen=True)
class OnScreen:
    """One case as the room sees it: the same for everybody."""

    item: AgendaItem
    case: Case
    wish: PatientWish | None
    lines: list[Line]
    lesions: Lesions
    voices: Voices
    last: course.Discussion | None
    since: Since | None  # what has changed since the last decision
    provisional: str = ""  # the last decision waits for an absent discipline

    @property
    def is_long(self) -> bool:
        """A question of this length is set smaller."""
        return len(self.case.question) > LONG_QUESTION

    @property
    def has_many_words(self) -> bool:
        """A wish of this length, too."""
        return len(self.wish.words if self.wish else "") > MANY_WORDS

    @property
    def became(self) -> list[course.ActionLine]:
        """The actions that were decided last; their conditions and plans B would say it twice."""
        lines = self.last.actions if self.last else ()
        return [line for line in lines if line.action.role == ActionRole.MAIN]


def case_on_screen(item: AgendaItem, *, user, now: datetime) -> OnScreen:
    case = item.case
    decisions = [one for one in course.decisions_of(case, user=user) if one.superseded_at is None]
    found = recorded_of(case)
    mine = next((one for one in decisions if one.item_id == item.pk), None)
    lesions = in_rows(found.lesions, plans=_plans(mine, decisions))
    earlier = [one for one in decisions if one.item_id != item.pk and one.signed_at]
    today = now.astimezone(item.meeting.board.zone).date()
    picture = drawn(found, on=today)
    return OnScreen(
        item=item,
        case=case,
        wish=newest(PatientWish, case),
        lines=lines_of(found, lesions=lesions, picture=picture),
        lesions=lesions,
        voices=voices_of(item, found, is_begun=bool(item.opened_at or mine)),
        last=_last(earlier, today),
        since=since_last(earlier, case, picture),
        provisional=provisional_words(earlier[0]) if earlier else "",
    )


def _last(earlier: list[Recommendation], today: date) -> course.Discussion | None:
    return next(iter(course.discussions([one.item for one in earlier[:1]], earlier[:1], today=today)), None)


def _plans(mine: Recommendation | None, decisions: Iterable[Recommendation]) -> dict[Any, str]:
    """What is being decided now goes before what was decided last."""
    plans = dict(LesionPlan.objects.filter(recommendation=mine).values_list("lesion", "plan")) if mine else {}
    return plans or course.plans_of(decisions)
