"""Which messages does an address ask for, and where does the page begin?"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Q
from django.utils import timezone

from cases.notices.kinds import KINDS
from tumorboard.notifications.models import Message, MessageQuerySet
from tumorboard.notifications.states import State

SUMMARY = "digest"  # the kind that carries several others
LABELS = {name: kind.label for name, kind in KINDS.items()} | {SUMMARY: "Summary of several"}


@dataclass(frozen=True)
class Filters:
    """Whatever cannot be meant is as good as not asked."""

    state: str = ""
    kind: str = ""
    person: int | None = None
    meeting: uuid.UUID | None = None

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Filters":
        state, kind, person = (asked.get(name, "") for name in ("state", "kind", "person"))
        return cls(
            state=state if state in State.values else "",
            kind=kind if kind in LABELS else "",
            person=int(person) if person.isascii() and person.isdigit() and len(person) < 16 else None,
            meeting=_id(asked.get("meeting", "")),
        )

    @property
    def pairs(self) -> dict[str, str]:
        return {name: str(value) for name, value in vars(self).items() if value}

    def address(self, **more: str) -> str:
        return "?" + urlencode({name: value for name, value in {**self.pairs, **more}.items() if value})

    def of_any_state(self, messages: MessageQuerySet) -> MessageQuerySet:
        if self.kind:
            messages = messages.filter(kind=self.kind)
        if self.person:
            messages = messages.filter(recipient=self.person)
        if self.meeting:
            about = f"meeting:{self.meeting}"
            messages = messages.filter(Q(about=about) | Q(about__startswith=f"{about}/"))
        return messages


@dataclass(frozen=True)
class Place:
    """Between two messages: by the moment at which one was owed and, among those of one moment, its id."""

    at: datetime
    pk: uuid.UUID

    @classmethod
    def read(cls, text: str) -> "Place | None":
        at, _, pk = text.partition("_")
        key = _id(pk)
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            return None
        return cls(moment, key) if key and timezone.is_aware(moment) else None

    @classmethod
    def of(cls, message: Message) -> "Place":
        return cls(message.created_at, message.pk)

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.pk}"

    @property
    def before(self) -> Q:
        return Q(created_at__lt=self.at) | Q(created_at=self.at, pk__lt=self.pk)

    @property
    def after(self) -> Q:
        return Q(created_at__gt=self.at) | Q(created_at=self.at, pk__gt=self.pk)


@dataclass(frozen=True)
class Slice:
    """The newest first; `older` and `newer` are where the next pages begin, None where there is none."""

    rows: list[Message]
    older: Place | None = None
    newer: Place | None = None


def cut(messages: MessageQuerySet, asked: Mapping[str, str], *, most: int) -> Slice:
    """A page by key: however much is owed meanwhile, nothing is shown twice and nothing is left out."""
    if place := Place.read(asked.get("newer", "")):
        rows = list(messages.filter(place.after).order_by("created_at", "pk")[: most + 1])
        if len(rows) > most:
            rows = rows[most - 1 :: -1]
            return Slice(rows, older=Place.of(rows[-1]), newer=Place.of(rows[0]))
    place = None if place else Place.read(asked.get("older", ""))
    rows = list(
        (messages.filter(place.before) if place else messages).order_by("-created_at", "-pk")[: most + 1]
    )
    shown = rows[:most]
    return Slice(
        shown,
        older=Place.of(shown[-1]) if len(rows) > most else None,
        newer=Place.of(shown[0]) if place and shown else None,
    )


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
