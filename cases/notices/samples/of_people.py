"""What does each e-mail from one person about another look like: standing in, and being chased?"""

from types import SimpleNamespace

from django.contrib.auth import get_user_model
from django.utils import timezone

from cases.models import Absence, MeetingReply, TumorBoard
from cases.notices import absence, chasing, reply
from cases.notices.samples._invented import a_case, a_meeting, in_days, sample
from cases.vocabulary import Reply
from tumorboard.notifications.outbox import Entry


def a_colleague():
    return get_user_model()(title="Dr", given_name="Ada", family_name="Example", email="ada@example.org")


@sample("absence.stands_in")
def stands_in(board: TumorBoard, user) -> Entry:
    away = Absence(user=a_colleague(), deputy=user, first_day=in_days(board, 3), last_day=in_days(board, 17))
    return absence.stands_in(away, board=board)


@sample("reply.deputy")
def reply_deputy(board: TumorBoard, user) -> Entry:
    said = MeetingReply(meeting=a_meeting(board), user=a_colleague(), deputy=user, reply=Reply.DEPUTY)
    return reply.deputy_named(said)


@sample("input.chased")
def input_chased(board: TumorBoard, user) -> Entry:
    debts = [
        _a_debt(board, user, 42, "your input as surgery"),
        _a_debt(board, user, 47, "a report on action 1"),
    ]
    told = {"recipient": user, "by": a_colleague(), "version": 1, "now": timezone.now()}
    return chasing.chased(board, debts=debts, **told)


def _a_debt(board: TumorBoard, user, number: int, what: str) -> SimpleNamespace:
    return SimpleNamespace(
        case=a_case(board, user, number),
        board=board,
        in_mail=what,
        due_on=in_days(board, -1),
        due_words="1 day overdue",
        is_late=True,
        meeting=a_meeting(board),
        path=f"/inputs/{number}/",
    )
