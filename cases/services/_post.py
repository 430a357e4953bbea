"""How does the pathway come to owe somebody an e-mail? Every message of every room goes through here.

When it leaves is decided here, once for all kinds: not by night, together with others where it may wait, and
also to whoever stands in. However many are owed at once, the number of queries is the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cases.domain.sending import Rules, next_morning, out_of_quiet
from cases.models import MailSettings, TumorBoard
from cases.notices.deputies import COPY, about_copy, copy_for
from cases.notices.kinds import KINDS
from cases.queries.board_days import rules_of
from cases.queries.covers import Cover, covers_of
from cases.vocabulary import MailChoice
from tumorboard.notifications import outbox
from tumorboard.notifications.models import Message
from tumorboard.notifications.outbox import Entry
from tumorboard.notifications.states import State

# The jobs of a morning owe theirs within these minutes; the daily summary waits for them and carries all.
AFTER_THE_MORNING = timedelta(minutes=5)
# What a copy that is owed later takes from the message that still waits.
COPIED = ("kind", "about", "version", "recipient", "resend_no", "title", "text", "html", "scope")


@transaction.atomic
def owe(entries: Iterable[Entry | Mapping[str, Any]], *, now: datetime | None = None) -> list[Message]:
    """Owe all of them, in the caller's transaction; what is owed already stays as it is.

    Returns the messages that were asked for; the copies of deputies are not among them.
    """
    wanted = [entry if isinstance(entry, Entry) else Entry(**entry) for entry in entries]
    if unknown := {entry.kind for entry in wanted} - set(KINDS):
        raise ValueError(f"Not in the table of kinds: {sorted(unknown)}.")
    if not wanted:
        return []
    now = now or timezone.now()
    rules = _rules_by_scope(wanted)
    copies = _copies(wanted, rules, now)
    choices = _choices({entry.recipient.pk for entry in (*wanted, *copies)})
    timed = [
        at_its_time(entry, choices.get(entry.recipient.pk, ""), rules.get(entry.scope), now=now)
        for entry in (*wanted, *copies)
    ]
    outbox.put_many(timed[len(wanted) :])
    return outbox.put_many(timed[: len(wanted)])


def withdraw(*, about: str, reason: str, kinds: Sequence[str] | None = None, recipient=None) -> int:
    """Stop owing what has not gone yet, and with it the copies of whoever stands in."""
    copies = Message.objects.filter(about__startswith=about_copy(about, recipient.pk if recipient else ""))
    for copy in copies.values_list("about", flat=True).distinct():
        outbox.withdraw(about=copy, reason=reason, kinds=kinds)
    return outbox.withdraw(about=about, reason=reason, kinds=kinds, recipient=recipient)


def copy_waiting(people: Iterable[Any], *, now: datetime) -> int:
    """What waits for people who turn out to be away: whoever stands in gets it too, once."""
    not_left = Q(state=State.QUEUED) | Q(state=State.GATHERED, gathered_in__state=State.QUEUED)
    kinds = [name for name, kind in KINDS.items() if kind.to_deputy]
    waiting = Message.objects.filter(not_left, kind__in=kinds, recipient__in=people)
    waiting = waiting.exclude(about__contains=COPY).select_related("recipient").order_by("pk")
    entries = [
        Entry(
            not_before=message.not_before if message.not_before > now else None,
            expires_at=message.expires_at,
            **{name: getattr(message, name) for name in COPIED},
        )
        for message in waiting
    ]
    rules = _rules_by_scope(entries)
    copies = _once_more(_copies(entries, rules, now))
    choices = _choices({entry.recipient.pk for entry in copies})
    timed = [
        at_its_time(entry, choices.get(entry.recipient.pk, ""), rules.get(entry.scope), now=now)
        for entry in copies
    ]
    return len(outbox.put_many(timed))


def _once_more(copies: Sequence[Entry]) -> list[Entry]:
    """A copy that was taken back, since they were away themselves, is owed under the next number."""
    standing: dict[tuple, list[Message]] = {}
    for one in Message.objects.filter(about__in={copy.about for copy in copies}):
        standing.setdefault((one.kind, one.about, one.version, one.recipient_id), []).append(one)
    ways = [(copy, standing.get(copy.key[:-1], [])) for copy in copies]
    return [
        replace(copy, resend_no=max(one.resend_no for one in rows) + 1) if rows else copy
        for copy, rows in ways
        if all(one.state == State.CANCELLED for one in rows)
    ]


def at_its_time(entry: Entry, choice: str, rules: Rules | None, *, now: datetime) -> Entry:
    """The same message with the moment at which it leaves, and whether with others."""
    kind = KINDS[entry.kind]
    begins = at = entry.not_before or now
    gather = kind.may_wait and (choice == MailChoice.DAILY or settings.MAIL_GATHER_SECONDS > 0)
    if gather and choice == MailChoice.DAILY and rules:
        at = next_morning(at - AFTER_THE_MORNING, rules) + AFTER_THE_MORNING
    elif gather and not entry.not_before:
        at += timedelta(seconds=settings.MAIL_GATHER_SECONDS)
    may_be_quiet = rules and not kind.in_quiet_hours and not entry.not_before
    if rules and may_be_quiet:
        at = out_of_quiet(at, rules)
    if entry.expires_at and at >= entry.expires_at:
        # By then it would be of no use: alone, by daylight if that is in time, else at once.
        daylight = out_of_quiet(begins, rules) if rules and may_be_quiet else begins
        at, gather = daylight if daylight < entry.expires_at else begins, False
    return replace(entry, not_before=at if at > now else entry.not_before, gather=gather)


def _rules_by_scope(entries: Sequence[Entry]) -> dict[str, Rules]:
    keys = {key for what, _, key in (entry.scope.partition(":") for entry in entries) if what == "board"}
    return {board.scope: rules_of(board) for board in TumorBoard.objects.filter(pk__in=keys)}


def _choices(people: set[int]) -> dict[int, str]:
    return dict(MailSettings.objects.filter(user__in=people).values_list("user", "mail"))


def _copies(entries: Sequence[Entry], rules: dict[str, Rules], now: datetime) -> list[Entry]:
    """For whoever stands in for somebody who is away on the day on which the message would reach them."""
    to_copy = [entry for entry in entries if KINDS[entry.kind].to_deputy and entry.scope in rules]
    if not to_copy:
        return []
    days = [rules[entry.scope].day_of(entry.not_before or now) for entry in to_copy]
    covers = covers_of({entry.recipient.pk for entry in to_copy}, first=min(days), last=max(days))
    told = {(entry.kind, entry.recipient.pk, entry.text.partition("\n\n")[2]) for entry in entries}
    found = (
        (entry, _cover(covers.get(entry.recipient.pk, ()), entry.scope, day))
        for entry, day in zip(to_copy, days, strict=True)
    )
    return [
        copy_for(entry, cover.absence, deputy=cover.deputy, last_day=cover.last_day)
        for entry, cover in found
        # Two who coordinate one board and stand in for each other are told the same words once.
        if cover and (entry.kind, cover.deputy.pk, entry.text.partition("\n\n")[2]) not in told
    ]


def _cover(covers: Iterable[Cover], scope: str, day) -> Cover | None:
    return next((one for one in covers if one.counts(scope, day)), None)
