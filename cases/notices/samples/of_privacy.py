"""What does each e-mail to a privacy officer look like?"""

from datetime import timedelta

from django.utils import timezone

from cases.models import EmergencyAccess, TumorBoard, UnusualAccess
from cases.notices import emergency, oversight
from cases.notices.samples._invented import a_case, in_days, sample
from cases.vocabulary import EmergencyReason, UnusualRule
from tumorboard.notifications.outbox import Entry


def _an_access(board: TumorBoard, user, *, days: int = 0) -> EmergencyAccess:
    begun = timezone.now() - timedelta(days=days)
    return EmergencyAccess(
        case=a_case(board, user),
        user=user,
        reason_kind=EmergencyReason.ACUTE,
        begun_at=begun,
        ends_at=begun + timedelta(hours=1),
    )


@sample("emergency.begun")
def begun(board: TumorBoard, user) -> Entry:
    return emergency.begun_to(user, _an_access(board, user))


@sample("emergency.unreviewed")
def unreviewed(board: TumorBoard, user) -> Entry:
    waiting = [_an_access(board, user, days=6), _an_access(board, user, days=5)]
    return emergency.unreviewed_to(user, board, waiting, day=in_days(board, 0))


@sample("access.weekly")
def weekly(board: TumorBoard, user) -> Entry:
    found = [UnusualAccess(rule=rule) for rule in (UnusualRule.SURNAME, *[UnusualRule.NO_TASK] * 3)]
    monday = in_days(board, -7)
    monday -= timedelta(days=monday.weekday())
    return oversight.weekly_to(user, board, found, week=monday)
