"""How does somebody say that they are away, or that they come back after all?"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.domain import absences as rules
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import Absence
from cases.notices import absence as notices
from cases.notices.deputies import COPY
from cases.queries.absences import colleagues, shared_boards, today_for, why_not
from cases.services._post import copy_waiting, owe
from tumorboard.audit import trail
from tumorboard.notifications import outbox
from tumorboard.notifications.models import Message, MessageQuerySet
from tumorboard.notifications.states import State

UNSETTLED = (State.QUEUED, State.SENDING, State.GATHERED)
WITHDRAWN = "The absence was withdrawn."


@transaction.atomic
def enter(*, user, first_day: date, last_day: date, deputy=None, by) -> Absence:
    """One's own; or, by whoever speaks for the people of a board, somebody else's."""
    _require_may_say(user, by)
    rules.require_days(first_day=first_day, last_day=last_day, today=today_for(user, now=timezone.now()))
    if deputy and (reason := why_not(user, deputy)):
        raise Refused(reason)
    try:
        with transaction.atomic():
            absence = Absence.objects.create(
                user=user, first_day=first_day, last_day=last_day, deputy=deputy, created_by=by
            )
    except IntegrityError as error:
        raise Refused(_overlap(user, first_day, last_day)) from error
    trail.record(
        actor=by,
        verb="absence.entered",
        subject=absence,
        about=absence.about,
        who=user.pk,
        first_day=first_day.isoformat(),
        last_day=last_day.isoformat(),
        **({"deputy": deputy.pk} if deputy else {}),
    )
    if deputy and deputy != by:
        owe([notices.stands_in(absence, board=shared_boards(user, deputy)[0])])
    _hand_on(absence)
    return absence


@transaction.atomic
def withdraw(*, absence: Absence, by) -> None:
    """Back after all, or entered by mistake. Who was told to stand in is told that it is over."""
    _require_may_say(absence.user, by)
    withdrawn = Absence.objects.standing().filter(pk=absence.pk)
    if not withdrawn.update(withdrawn_at=timezone.now(), withdrawn_by=by):
        raise SomeoneWasFaster("This absence has been withdrawn already. Reload the page.")
    absence.refresh_from_db()
    trail.record(
        actor=by, verb="absence.withdrawn", subject=absence, about=absence.about, who=absence.user_id
    )
    if absence.deputy:
        _stand_down(absence, by=by)
    _take_back(Message.objects.filter(about__endswith=f":{absence.pk}"), WITHDRAWN)
    _hand_on(absence)


def _hand_on(absence: Absence) -> None:
    """What waits reaches whoever stands in from now on: for them, and for those for whom they stand in."""
    days = {"first_day__lte": absence.last_day, "last_day__gte": absence.first_day}
    theirs = Absence.objects.standing().filter(deputy=absence.user_id, **days)
    for one in theirs:
        copies = Message.objects.filter(about__endswith=f":{one.pk}")
        if absence.withdrawn_at:
            _take_back(copies.filter(recipient=absence.deputy_id), WITHDRAWN)
        else:
            _take_back(copies.filter(recipient=absence.user_id), "Who stands in is away too.", within=absence)
    copy_waiting({absence.user_id, *theirs.values_list("user", flat=True)}, now=timezone.now())


def _take_back(copies: MessageQuerySet, reason: str, *, within: Absence | None = None) -> None:
    """`within`: only what would leave while that one is away."""
    now = timezone.now()
    waiting = copies.filter(about__contains=COPY, state__in=UNSETTLED).select_related("recipient")
    for copy in waiting.order_by("about", "recipient"):
        day = today_for(copy.recipient, now=max(copy.not_before, now))
        if within is None or within.first_day <= day <= within.last_day:
            outbox.withdraw(about=copy.about, recipient=copy.recipient, kinds=[copy.kind], reason=reason)


def _stand_down(absence: Absence, *, by) -> None:
    """Nobody hears of the end of what they never heard of."""
    if outbox.withdraw(about=absence.about, reason=WITHDRAWN):
        return
    boards = shared_boards(absence.user, absence.deputy)
    if boards and absence.deputy != by:
        owe([notices.no_longer(absence, board=boards[0])])


def _require_may_say(user, by) -> None:
    if user != by and not colleagues(by).filter(pk=user.pk).exists():
        raise PermissionDenied("Absences of others are entered by a coordinator of their board.")


def _overlap(user, first_day: date, last_day: date) -> str:
    standing = user.absences.standing().filter(first_day__lte=last_day, last_day__gte=first_day)
    other = standing.order_by("first_day").first()
    if other is None:
        return "These days overlap with another absence. Reload the page."
    days = rules.span(other.first_day, other.last_day)
    return f"{user} is away {days} already. Withdraw that first, or choose other days."
