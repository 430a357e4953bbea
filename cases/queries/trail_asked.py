"""Which lines of the trail does an address ask for, and where does the page begin?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_date

from tumorboard.audit.models import AuditEvent

READ_VERBS = ("case.viewed", "case.found", "file.viewed")
EXPORT_VERBS = ("letter.read", "minutes.read", "agenda.read", "file.saved", "trail.exported", "case.exported")
READS, EXPORTS = Q(verb__in=READ_VERBS), Q(verb__in=EXPORT_VERBS)
EMERGENCIES = Q(verb__startswith="emergency.") | Q(details__has_key="emergency")
SIGN_INS = Q(about__startswith="user:")
KINDS: dict[str, tuple[str, Q]] = {
    "reads": ("Reads", READS),
    "changes": ("Changes", ~(READS | EXPORTS | SIGN_INS | Q(verb__startswith="trail."))),
    "emergency": ("Emergency access", EMERGENCIES),
    "exports": ("Documents and exports", EXPORTS),
    "sign_ins": ("Signing in", SIGN_INS),
}


@dataclass(frozen=True)
class Place:
    """After which line a page begins: by its moment and, among those of one moment, its number."""

    at: datetime
    pk: int

    @classmethod
    def read(cls, text: str) -> "Place | None":
        found = re.fullmatch(r"(\d{4}-\d\d-\d\dT[\d:.]+\+00:00)_(\d{1,18})", text)
        try:
            return cls(datetime.fromisoformat(found[1]), int(found[2])) if found else None
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.pk}"


@dataclass(frozen=True)
class Asked:
    """Whatever cannot be meant is as good as not asked."""

    person: int | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None
    before: Place | None = None

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Asked":
        person, kind = asked.get("person", ""), asked.get("kind", "")
        return cls(
            person=int(person) if person.isascii() and person.isdigit() and len(person) < 16 else None,
            kind=kind if kind in KINDS else "",
            since=_day(asked.get("since", "")),
            until=_day(asked.get("until", "")),
            before=Place.read(asked.get("before", "")),
        )

    @property
    def pairs(self) -> dict[str, str]:
        return {name: str(value) for name, value in vars(self).items() if value}

    @property
    def address(self) -> str:
        return "?" + urlencode(self.pairs)

    def after(self, last: AuditEvent) -> "Asked":
        return replace(self, before=Place(last.at, last.pk))

    def among(self, events: QuerySet[AuditEvent], zone: ZoneInfo) -> QuerySet[AuditEvent]:
        if self.person:
            events = events.filter(Q(actor=self.person) | Q(about=f"user:{self.person}"))
        if self.kind:
            events = events.filter(KINDS[self.kind][1])
        if self.since:
            events = events.filter(at__gte=datetime.combine(self.since, time(), zone))
        if self.until:
            events = events.filter(at__lt=datetime.combine(self.until + timedelta(days=1), time(), zone))
        if self.before:
            at, pk = self.before.at, self.before.pk
            events = events.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk), at__lte=at)
        return events


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and 1900 < day.year < 3000 else None
