"""How is somebody chased for all that they owe: in one e-mail, once, with a note of what they said?"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cases import permissions
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.domain.sending import out_of_quiet
from cases.models import ChaseNote, SpecialistInput, TumorBoard
from cases.notices import chasing as notices
from cases.permissions import Permission
from cases.queries import chase as query
from cases.queries import chase_log as log
from cases.queries.board_days import rules_of
from cases.queries.chase_debt import Debt
from cases.queries.chase_log import CHASED, Chased
from cases.queries.covers import Cover, covers_of
from cases.services._post import owe
from cases.vocabulary import InputStatus
from tumorboard.audit import trail
from tumorboard.notifications.models import Message
from tumorboard.notifications.outbox import Entry

Person = tuple[int, int]  # board, person
CHANGED = "What is owed has changed since you looked. Look at the e-mails again before they leave."


@dataclass(frozen=True)
class Mail:
    """What would leave to one person of one board."""

    person: Person
    debts: Sequence[Debt]
    entry: Entry
    last: Chased | None = None
    just_chased: bool = False
    copied_to: Cover | None = None  # they are away, and who stands in gets it too
    leaves_at: datetime | None = None  # later than now: no e-mail leaves at night

    @property
    def board(self) -> Any:
        return self.debts[0].board

    @property
    def key(self) -> str:
        return "{}-{}".format(*self.person)


def prepare(*, people: Iterable[Person], by) -> list[Mail]:
    """The e-mails exactly as they would leave now; those who owe nothing any more get none."""
    return _prepared(set(people), by=by, now=timezone.now())


@transaction.atomic
def chase(*, people: Collection[Person], again: Collection[Person] = (), seen: str = "", by) -> list[Mail]:
    """One e-mail a person and board of all that they owe there; returns what was sent.

    `seen` is the mark of the e-mails that were looked at: when other words would leave now, none does.
    Who was chased within the last hours is left out, unless named in `again`.
    """
    _lock({board for board, _ in people}, by=by)
    now = timezone.now()
    mails = _prepared(set(people), by=by, now=now)
    if seen and seen != mark_of(mails):
        raise SomeoneWasFaster(CHANGED)
    wanted = [mail for mail in mails if not mail.just_chased or mail.person in again]
    if not wanted:
        raise Refused(_why_nobody(mails))
    sent = {(one.about, one.recipient_id): one for one in owe(mail.entry for mail in wanted)}
    for mail in wanted:
        _tell_the_trail(mail, sent[mail.entry.about, mail.person[1]], by=by)
    return wanted


@transaction.atomic
def note(*, input: SpecialistInput, words: str, asked=None, by) -> ChaseNote:
    """What came of asking, by telephone or in the corridor."""
    case = input.case
    permissions.require(by, Permission.ASK_FOR_INPUT, board=case.board)
    if not words.strip():
        raise Refused("Say what came of it, such as: promised for Thursday.")
    if input.status in {InputStatus.SIGNED, InputStatus.NOT_NEEDED}:
        raise Refused("Nobody waits for this input any more. Reload the page.")
    written = ChaseNote.objects.create(
        input=input, note=words.strip(), asked=asked or input.asked_of, created_by=by
    )
    trail.record(actor=by, verb="input.chase_noted", subject=input, about=case.about, note=str(written.pk))
    return written


def mark_of(mails: Iterable[Mail]) -> str:
    """Changes with any word of any of them."""
    words = sorted((mail.person, mail.entry.title, mail.entry.text, mail.entry.html) for mail in mails)
    return hashlib.sha256(repr(words).encode()).hexdigest()


def _lock(boards: Collection[int], *, by) -> None:
    """Two who chase at once do so one after the other: the second sees what the first has sent."""
    locked = TumorBoard.objects.filter(pk__in=boards).order_by("pk").select_for_update(no_key=True)
    for board in locked:
        permissions.require(by, Permission.ASK_FOR_INPUT, board=board)


def _prepared(people: set[Person], *, by, now: datetime) -> list[Mail]:
    found = query.by_person(query.debts(by, now=now))
    owed = {person: debts for person, debts in found.items() if person in people and person[1] != by.pk}
    every = [debt for debts in owed.values() for debt in debts]
    if not every:
        return []
    chased = log.last_chased(every, log.messages_about(every, kinds=[CHASED]))
    covers = covers_of({person for _, person in owed}, first=every[0].today, last=every[0].today)
    boards = {debt.board.pk: debt.board for debt in every}
    leaves = {pk: out_of_quiet(now, rules_of(board)) for pk, board in boards.items()}
    version = _next_version(owed)
    return [
        Mail(
            person=person,
            debts=debts,
            entry=notices.chased(
                debts[0].board, recipient=debts[0].who, debts=debts, by=by, version=version, now=now
            ),
            last=(last := chased.get(person)),
            just_chased=log.is_just(last, now=now),
            copied_to=_cover(covers.get(person[1], ()), debts),
            leaves_at=leaves[person[0]] if leaves[person[0]] > now else None,
        )
        for person, debts in owed.items()
    ]


def _cover(covers: Iterable[Cover], debts: Sequence[Debt]) -> Cover | None:
    scope, today = debts[0].board.scope, debts[0].today
    return next((one for one in covers if one.counts(scope, today)), None)


def _next_version(people: Iterable[Person]) -> int:
    """Under the lock every chase has a number of its own."""
    abouts = [notices.about(*person) for person in people]
    last = Message.objects.filter(kind=CHASED, about__in=abouts).aggregate(last=Max("version"))["last"]
    return (last or 0) + 1


def _tell_the_trail(mail: Mail, message: Message, *, by) -> None:
    for debt in mail.debts:
        trail.record(
            actor=by,
            verb=CHASED,
            subject=debt.input or debt.case,
            about=debt.case.about,
            message=str(message.pk),
            whom=str(mail.person[1]),
            what=str(debt.what),
        )


def _why_nobody(mails: Sequence[Mail]) -> str:
    told = [
        f"{mail.debts[0].who} was chased at {_moment(mail)}{f' by {mail.last.by}' if mail.last.by else ''}"
        for mail in mails
        if mail.last
    ]
    if not told:
        return "Nothing is owed by anybody whom you have chosen. Reload the page."
    return f"{'; '.join(told)}. Confirm if they are to be chased again all the same."


def _moment(mail: Mail) -> str:
    return f"{mail.last.at.astimezone(mail.board.zone):%H:%M on %d-%b-%Y}" if mail.last else ""
