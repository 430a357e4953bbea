"""Which decided cases come back to the board by themselves today?

By the system itself, on a date that the board has signed: unlike in `pathway.re_present` no seat is needed.
"""

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, Q

from cases.domain import returning as rules
from cases.models import Recommendation, TumorBoard
from cases.models.follow_up import actions as all_actions
from cases.notices import returning as notices
from cases.services import case as case_room
from cases.services import specialist_input
from cases.services._mornings import each_board_once
from cases.services._post import owe
from cases.vocabulary import ActionRole, CaseStatus

logger = logging.getLogger(__name__)


def re_present_due(*, now: datetime) -> int:
    """Once a board's morning; returns how many cases have come back."""
    return each_board_once("cases.returned", _of_board, now)


def _of_board(board: TumorBoard, day: date) -> int:
    by = get_user_model().objects.the_system()
    decisions = list(_come_due(board, day))
    unfinished = _unfinished(decisions)
    asked = ((one, rules.question(_signed(one, unfinished[one.pk]), today=day)) for one in decisions)
    return sum(_return(one, question, by=by) for one, question in asked if question)


def _come_due(board: TumorBoard, day: date):
    """Of each case the decision in force of its latest presentation: brought again, a case is not in it."""
    decided = Recommendation.objects.in_force().filter(
        case__board=board,
        case__status__in=[CaseStatus.DECIDED, CaseStatus.CLOSED],
        item__presentation=F("case__presentation"),
    )
    due = decided.filter(Q(re_present_on__lte=day) | Q(expires_on__lt=day))
    return due.select_related("case__board", "item__meeting__board").order_by("case__number")


def _unfinished(decisions: Iterable[Recommendation]) -> Counter:
    rows = all_actions().filter(recommendation__in=[one.pk for one in decisions]).unfinished()
    return Counter(rows.exclude(role=ActionRole.CONDITION).values_list("recommendation", flat=True))


def _signed(one: Recommendation, unfinished: int) -> rules.Signed:
    meeting = one.item.meeting
    return rules.Signed(
        met_on=meeting.starts_at.astimezone(meeting.board.zone).date(),
        expires_on=one.expires_on,
        re_present_on=one.re_present_on,
        re_present_why=one.re_present_why,
        unfinished=unfinished,
    )


def _return(decision: Recommendation, question: rules.Question, *, by: Any) -> int:
    """One that cannot come back, as when the patient has another open case, does not keep the others."""
    case = decision.case
    try:
        with transaction.atomic():
            case_room.bring_again(case=case, question=question.words, why_now=question.why_now, by=by)
            specialist_input.ask_all(case=case, by=by)
            owe(notices.re_presented(case))
    except Exception:
        logger.exception("a case could not be brought again by itself", extra={"row": str(case.pk)})
        # Tried again every morning, told once a decision.
        owe(notices.not_re_presented(decision))
        return 0
    return 1
