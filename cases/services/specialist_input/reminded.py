"""Which reminders that have not left are no longer right, and what does each person get instead?"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Q

from cases.models import Meeting, SpecialistInput, TumorBoard
from cases.notices import specialist_input as notices
from cases.notices.deputies import COPY
from cases.queries.board_days import REMINDER, moments_of, rules_of
from cases.services._moments import setting_of, were_done
from cases.services._post import owe, withdraw
from cases.services._settled import NAMED
from cases.services.specialist_input.reminding import awaited, waits_for
from tumorboard.notifications.models import Message
from tumorboard.notifications.outbox import Entry
from tumorboard.notifications.states import UNSENT, State

Waiting = Sequence[Message]


def put_right(changed: Meeting, *, reason: str, now: datetime) -> None:
    """After a meeting was moved or called off: what its reminders say of the others is still said.

    Each person gets one e-mail instead. Of a meeting whose moment to remind is still to come nothing is said
    before: everybody hears of it then.
    """
    board = changed.board
    of_it = Q(scope=board.scope) | Q(about=changed.about)
    waiting = Message.objects.filter(of_it, kind=REMINDER, state__in=UNSENT)
    of_person: dict[int, list[Message]] = defaultdict(list)
    for message in waiting.exclude(about__contains=COPY).select_related("recipient").order_by("not_before"):
        of_person[message.recipient_id].append(message)
    if not of_person:
        return
    meetings = {one.pk: one for one in were_done(REMINDER, board, now=now)}
    rows = {one.pk: one for one in awaited(board, now)}
    first = waits_for(board, now)
    for mine in of_person.values():
        named = {UUID(key) for message in mine for key in NAMED.findall(message.text)}
        left = [row for key, row in rows.items() if key in named and row.asked_of_id == mine[0].recipient_id]
        _instead(mine, _by_meeting(left, meetings, first), reason=reason, now=now)


def at_other_hours(board: TumorBoard, *, now: datetime) -> None:
    """After a board changed its hours: what waits at an hour that it no longer has leaves at the new one."""
    rules = rules_of(board)
    kept = {f"h{one}" for one in board.reminder_hours} | {f"d{one}" for one in board.reminder_days}
    waiting = Message.objects.filter(kind=REMINDER, scope=board.scope, state__in=UNSENT)
    waiting = waiting.exclude(about__contains=COPY).select_related("recipient").order_by("about", "recipient")
    coming = {one.about: one for one in board.meetings.upcoming(now=now)}
    for message in waiting:
        meeting = coming.get(message.about)
        later = meeting and any(at > now for at in moments_of(REMINDER, meeting, rules).values())
        if later and setting_of(message.version) not in kept:
            withdraw(
                about=message.about,
                kinds=[REMINDER],
                recipient=message.recipient,
                reason="The board reminds at another hour now.",
            )


def _by_meeting(
    rows: Sequence[Any], meetings: Mapping[UUID, Meeting], first: UUID | None
) -> list[tuple[Meeting, list[SpecialistInput]]]:
    found = [(one, [row for row in rows if (row.listed_for or first) == pk]) for pk, one in meetings.items()]
    return [(one, owed) for one, owed in found if owed]


def _instead(
    mine: Waiting, owed: list[tuple[Meeting, list[SpecialistInput]]], *, reason: str, now: datetime
) -> None:
    entry = _entry(mine, owed, now) if owed else None
    if entry and [one.text for one in mine] == [entry.text]:
        return
    for about in sorted({one.about for one in mine}):
        withdraw(about=about, kinds=[REMINDER], recipient=mine[0].recipient, reason=reason)
    # What went to the relay meanwhile has told them.
    gone = Message.objects.filter(pk__in=[one.pk for one in mine], state=State.CANCELLED)
    if entry and gone.count() == len(mine):
        owe([entry], now=now)


def _entry(mine: Waiting, owed: list[tuple[Meeting, list[SpecialistInput]]], now: datetime) -> Entry:
    """At the hour at which they would have heard. Under a number that no planned one has."""
    first = mine[0]
    later = first.not_before if first.not_before > now else None
    entry = notices.reminder(recipient=first.recipient, owed=owed, version=first.version, not_before=later)
    same = Message.objects.filter(kind=REMINDER, about=entry.about, version=entry.version)
    last = same.filter(recipient=first.recipient).aggregate(last=Max("resend_no"))["last"] or 0
    return replace(entry, resend_no=last + 1)
