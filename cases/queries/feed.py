"""Which meetings does somebody's own calendar show? Board, time, place, and how many cases: nobody's name."""

from datetime import datetime, time, timedelta

from django.db.models import Count

from cases.exchange.calendar import feed
from cases.models import Meeting
from cases.notices.meeting import calendar_entry
from cases.queries.meetings import ON_THE_LIST
from cases.vocabulary import MeetingStatus

NAME = "Tumour boards"
BACK = timedelta(days=30)
AHEAD = timedelta(days=365)


def feed_of(user, *, now: datetime) -> bytes:
    """Of the boards on which the person sits now; those that were called off are shown as such."""
    meetings = Meeting.objects.visible_to(user).filter(ends_at__gte=now - BACK, starts_at__lte=now + AHEAD)
    meetings = meetings.select_related("board").annotate(cases=Count("items", filter=ON_THE_LIST))
    # The same all day, so that a calendar that asks again is told that nothing has changed.
    made_at = datetime.combine(now.date(), time.min, now.tzinfo)
    entries = [
        calendar_entry(
            one,
            made_at=made_at,
            cases=one.cases,
            cancelled=one.status == MeetingStatus.CANCELLED,
        )
        for one in meetings.order_by("starts_at", "pk")
    ]
    return feed(entries, name=NAME)
