"""Does an absent discipline stand by a decision that was made without it?"""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cases.domain import ratifying as rules
from cases.domain.errors import SomeoneWasFaster
from cases.models import Membership, Ratification, Recommendation, SpecialistInput, TumorBoard
from cases.notices import ratification as notices
from cases.queries.board_days import rules_of
from cases.services._mornings import each_board_once
from cases.services._post import owe
from cases.services._post import withdraw as withdraw_post
from cases.services._settled import withdraw_settled
from cases.vocabulary import RatificationAnswer, Role, Specialty
from tumorboard import live
from tumorboard.audit import trail

FASTER = "Your discipline has answered already, or the decision was replaced. Reload the page."


@transaction.atomic
def ask_all(*, recommendation: Recommendation, by) -> list[Ratification]:
    """One question to each discipline that was missing when this version was signed."""
    board = recommendation.case.board
    due_on = rules_of(board).days.after(_today(board), board.ratify_days)
    asked = [
        Ratification.objects.create(
            recommendation=recommendation,
            specialty=specialty,
            asked_of=_who_sits(recommendation, specialty),
            due_on=due_on,
            created_by=by,
        )
        for specialty in recommendation.quorum_missing
    ]
    _stop_asking_about_earlier_versions(recommendation)
    for one in asked:
        trail.record(
            actor=by,
            verb="ratification.asked",
            subject=one,
            about=recommendation.case.about,
            specialty=one.specialty,
        )
    # Nobody sits for it: whoever leads the board is told, and finds somebody.
    owe(
        message
        for one in asked
        for message in (notices.asked(one) if one.asked_of else notices.unfilled(one))
    )
    return asked


def _stop_asking_about_earlier_versions(recommendation: Recommendation) -> None:
    replaced = Ratification.objects.filter(recommendation__item=recommendation.item_id, answer="")
    reason = "A later version of the decision was signed."
    for one in replaced.exclude(recommendation=recommendation).select_related("asked_of"):
        withdraw_post(about=one.about, reason=reason)
        withdraw_settled(recommendation.case.board, [one.asked_of], reason=reason)


def _who_sits(recommendation: Recommendation, specialty: str):
    """Who signed the discipline's input to this case, else whoever sits for it; never a deputy."""
    seats = Membership.objects.current().with_role(Role.MEMBER).filter(board=recommendation.case.board)
    people = [
        seat.user
        for seat in seats.filter(specialty=specialty)
        .select_related("user")
        .order_by("user__family_name", "user__given_name", "pk")
    ]
    signed = SpecialistInput.objects.filter(
        case=recommendation.case, specialty=specialty, signed_at__isnull=False
    )
    authors = list(signed.order_by("-signed_at").values_list("signed_by", flat=True))
    known = [user for pk in authors for user in people if user.pk == pk]
    return next(iter(known or people), None)


@transaction.atomic
def answer(*, ratification: Ratification, answer: str, note: str, by) -> None:
    """The discipline stands by the decision, or objects and says why. Once; the answer stays."""
    require_answering(ratification, by=by)
    rules.check_answer(answer=answer, note=note)
    still_asked = Ratification.objects.open().filter(pk=ratification.pk)
    # The conditional UPDATE is the lock: of two colleagues of one discipline, the first has answered.
    if not Ratification.objects.filter(pk__in=still_asked.values("pk"), answer="").update(
        answer=answer, note=note.strip(), answered_at=timezone.now(), answered_by=by
    ):
        raise SomeoneWasFaster(FASTER)
    ratification.refresh_from_db()
    case = ratification.recommendation.case
    trail.record(
        actor=by,
        verb="ratification.answered",
        subject=ratification,
        about=case.about,
        specialty=ratification.specialty,
        answer=answer,
    )
    reason = "The discipline has answered."
    withdraw_post(about=ratification.about, reason=reason)
    withdraw_settled(case.board, [ratification.asked_of], reason=reason)
    if answer == RatificationAnswer.OBJECTED:
        owe(notices.objected(ratification))
    live.announce(f"meeting:{ratification.recommendation.item.meeting_id}", "decision")


def may_answer(ratification: Ratification, *, by) -> bool:
    """Who was asked, or another member of the same discipline; never who signed the decision."""
    if not by.is_active or by.pk == ratification.recommendation.signed_by_id:
        return False
    seats = Membership.objects.current().with_role(Role.MEMBER)
    board = ratification.recommendation.case.board_id
    return seats.filter(board=board, user=by, specialty=ratification.specialty).exists()


def require_answering(ratification: Ratification, *, by) -> None:
    if not may_answer(ratification, by=by):
        name = Specialty(ratification.specialty).label.lower()
        raise PermissionDenied(f"This is answered by whoever sits on the board for {name}.")


def remind_awaiting(*, now: datetime) -> int:
    """On the working day before an answer is due, whoever owes it is reminded; returns how many."""
    return each_board_once("ratification.reminder", _remind, now)


def report_overdue(*, now: datetime) -> int:
    """Once an answer is overdue, chair and coordinators are told; not again the next morning."""
    return each_board_once("ratification.overdue", _tell_overdue, now)


def _remind(board: TumorBoard, day: date) -> int:
    days = rules_of(board).days
    owed = [
        one
        for one in _open(board).filter(asked_of__is_active=True, due_on__gte=day)
        if rules.is_to_be_reminded(one.due_on, today=day, days=days)
    ]
    return len(owe(message for one in owed for message in notices.reminder(one)))


def _tell_overdue(board: TumorBoard, day: date) -> int:
    late = _open(board).filter(due_on__lt=day)
    return len(owe(message for one in late for message in notices.overdue(one)))


def _open(board: TumorBoard):
    waiting = Ratification.objects.open().filter(recommendation__case__board=board)
    return waiting.select_related("asked_of", "recommendation__case__board").order_by("due_on", "pk")


def _today(board: TumorBoard) -> date:
    return timezone.now().astimezone(board.zone).date()
