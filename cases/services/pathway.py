"""What does one room's event set off in the next? The patient's journey, read from top to bottom."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from cases.domain import lifecycle
from cases.domain.errors import Refused
from cases.domain.referral import Referral
from cases.models import AgendaItem, Case, Meeting, Ratification, Recommendation
from cases.services import case as case_room
from cases.services import disease, draft, follow_up, letter, meeting, specialist_input
from cases.services import ratification as ratification_room
from cases.services import recommendation as decision_room
from cases.services._settled import none_owed
from cases.services._steps import take
from cases.vocabulary import CaseStatus, ItemStatus


@transaction.atomic
def refer(*, referral: Referral, by, case: Case | None = None) -> Case:
    """A referral handed in: the patient, the question, and all that is known; its draft is done with."""
    case = case_room.refer(referral=referral, by=by, case=case)
    disease.record_referred(case=case, referral=referral, by=by)
    draft.discard(form="referral", key=str(case.pk), by=by)
    return case


@transaction.atomic
def accept(*, case: Case, by) -> None:
    """A referral taken in: each discipline that the board wants is asked."""
    case_room.accept(case=case, by=by)
    specialist_input.request_all(case=case, by=by)


@transaction.atomic
def withdraw(*, case: Case, reason: str, by) -> None:
    """A case withdrawn: it leaves the list that it stands on."""
    listed = case.agenda_items.select_related("meeting__board", "case")
    if listed.filter(status=ItemStatus.OPEN).exists():
        raise Refused("This case is being discussed. Record the discussion or defer the case first.")
    for item in listed.filter(status=ItemStatus.PLANNED):
        meeting.take_off(item=item, by=by)
    case.refresh_from_db()
    case_room.withdraw(case=case, reason=reason, by=by)


@transaction.atomic
def re_present(*, case: Case, question: str, why_now: str, topics: Sequence[str] | None = None, by) -> None:
    """A decided case brought again: the disciplines are asked anew for the new question."""
    case_room.re_present(case=case, question=question, why_now=why_now, topics=topics, by=by)
    specialist_input.request_all(case=case, by=by)


@transaction.atomic
def sign_off(*, recommendation: Recommendation, version: int, by) -> None:
    """The board has decided: the case moves on, letters wait, the owners are told what is theirs."""
    _hold(recommendation)
    item = AgendaItem.objects.select_related("case__board", "meeting__board").get(pk=recommendation.item_id)
    if recommendation.number == 1:
        none_owed(item.case, reason="The board has decided.")
    decision_room.sign(recommendation=recommendation, version=version, by=by)
    if recommendation.number == 1:
        _conclude(item, by=by)
        take(lifecycle.DECIDE, item.case, by=by)
    ratification_room.ask_all(recommendation=recommendation, by=by)
    letter.draft_all(recommendation=recommendation, by=by)
    follow_up.hand_over(recommendation=recommendation)


def _hold(recommendation: Recommendation) -> None:
    """First of all, and in the order in which whoever goes on to the next case does: else each waits for
    what the other holds. The head of the trail's chain comes last, with the seal."""
    begins = recommendation.number == 1
    if begins:
        Meeting.objects.select_for_update(of=("self",)).get(items__pk=recommendation.item_id)
    _hold_the_case(recommendation)
    if begins:
        AgendaItem.objects.select_for_update().get(pk=recommendation.item_id)
    Recommendation.objects.select_for_update().get(pk=recommendation.pk)


def _hold_the_case(recommendation: Recommendation) -> Case:
    return Case.objects.select_for_update().get(pk=recommendation.case_id)


def _conclude(item: AgendaItem, *, by) -> None:
    """A case may be signed while it is still on the screen; signing then ends its discussion."""
    if item.case.status == CaseStatus.LISTED:
        take(lifecycle.DISCUSS, item.case, by=by)
    still_open = AgendaItem.objects.filter(pk=item.pk, closed_at=None)
    now = timezone.now()
    if still_open.update(status=ItemStatus.DISCUSSED, closed_at=now, closed_by=by):
        meeting.guests_leave(item=item, at=now)


@transaction.atomic
def answer_ratification(*, ratification: Ratification, answer: str, note: str, by) -> None:
    """An absent discipline has spoken: a case of which nothing else was left to do is closed."""
    case = _hold_the_case(ratification.recommendation)
    ratification_room.answer(ratification=ratification, answer=answer, note=note, by=by)
    follow_up.close_when_all_ended(case, by=by)
