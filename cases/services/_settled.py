"""Which e-mails that have not left ask somebody for what is owed no longer?

One place for inputs, referrals, ratifications and actions: whatever ends, what asks for it does not leave.
What speaks of several things leaves while any of them is still owed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils import timezone

from cases.domain import deadlines
from cases.domain.plan_state import PlanState
from cases.models import Case, Ratification, SpecialistInput, TumorBoard
from cases.models.follow_up import ENDED
from cases.models.follow_up import actions as all_actions
from cases.notices.deputies import COPY
from cases.queries.board_days import REMINDER
from cases.queries.chase_debt import What
from cases.queries.chase_log import CHASED
from cases.queries.chased_for import named_in
from cases.queries.worklist import PREPARING
from cases.services._post import withdraw
from cases.vocabulary import ActionReport
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

HANDED_OVER = ("action.handed_over", "action.condition_met", "action.plan_b")
DUE = "action.due"
NAMED = re.compile(r"/inputs/([0-9a-f-]{36})/")
STANDING = (PlanState.ACTIVE, PlanState.WAITING, PlanState.DORMANT)  # now, or perhaps later
UNSETTLED = (State.QUEUED, State.SENDING, State.GATHERED)


@dataclass(frozen=True)
class Owed:
    """What one person still owes one board."""

    inputs: frozenset[str]
    things: frozenset[tuple[What, str]]  # of which sort, for which case
    unfinished: frozenset[str]  # cases in which something is theirs to do, now or later
    is_due: bool  # an action of theirs, soon or already


def withdraw_settled(
    board: TumorBoard, people: Iterable[Any], *, reason: str, ended: Case | None = None
) -> None:
    """Called when something ended, for whoever may have been asked for it.

    Of a case that has `ended`, or ends in this transaction, nothing is prepared any more.
    """
    for person in {one.pk: one for one in people if one}.values():
        waiting = Message.objects.filter(recipient=person, scope=board.scope, state__in=UNSETTLED)
        waiting = waiting.filter(kind__in=(REMINDER, CHASED, DUE, *HANDED_OVER))
        # What they get because they stand in for another tells of what the other owes.
        messages = list(waiting.exclude(about__contains=COPY).order_by("about", "kind"))
        owed = _owed(board, person, ended) if messages else None
        for message in messages:
            if owed and not _still_asks(message, owed):
                withdraw(about=message.about, kinds=[message.kind], recipient=person, reason=reason)


def none_owed(case: Case, *, reason: str) -> None:
    """Nobody waits any more for what was asked about a case, nor for what its referral lacks."""
    withdraw(about=case.about, kinds=["input.asked"], reason=reason)
    asked = case.inputs.exclude(asked_of=None).select_related("asked_of")
    people = [case.referred_by, *(one.asked_of for one in asked)]
    withdraw_settled(case.board, people, reason=reason, ended=case)


def _still_asks(message: Message, owed: Owed) -> bool:
    if message.kind == REMINDER:
        return not owed.inputs.isdisjoint(NAMED.findall(message.text))
    if message.kind == CHASED:
        named = named_in(message)
        return not named or not owed.things.isdisjoint(named)
    return owed.is_due if message.kind == DUE else message.about in owed.unfinished


def _owed(board: TumorBoard, person: Any, ended: Case | None) -> Owed:
    """Amendments are nobody's debt."""
    prepared = Case.objects.filter(board=board, status__in=PREPARING)
    if ended:
        prepared = prepared.exclude(pk=ended.pk)
    inputs = SpecialistInput.objects.awaited().filter(asked_of=person, amendment_reason="", case__in=prepared)
    inputs = inputs.filter(presentation=F("case__presentation"))
    asked = [(str(key), f"case:{case}") for key, case in inputs.values_list("pk", "case")]
    referred = prepared.filter(referred_by=person)
    answers = Ratification.objects.open().filter(asked_of=person, recommendation__case__board=board)
    ratified_in = answers.values_list("recommendation__case", flat=True)
    given = all_actions().in_force().filter(owner=person, recommendation__case__board=board).with_state()
    # Most have ended: that is the cheapest to see.
    actions = given.exclude(last_report__in=(*ENDED, ActionReport.DECLINED)).select_related("recommendation")
    mine = [one for one in actions if one.state in STANDING]
    now_to_do = [one for one in mine if one.state == PlanState.ACTIVE]
    last_day = deadlines.last_day_to_remind(timezone.now().astimezone(board.zone).date())
    return Owed(
        inputs=frozenset(key for key, _ in asked),
        things=frozenset(
            {(What.INPUT, case) for _, case in asked}
            | {(What.REFERRAL, f"case:{pk}") for pk in referred.values_list("pk", flat=True)}
            | {(What.RATIFICATION, f"case:{pk}") for pk in ratified_in}
            | {(What.ACTION, _about(one)) for one in now_to_do}
        ),
        unfinished=frozenset(map(_about, mine)),
        is_due=any(one.due_on <= last_day for one in now_to_do),
    )


def _about(action: Any) -> str:
    return f"case:{action.recommendation.case_id}"
