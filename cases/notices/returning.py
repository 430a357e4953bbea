"""Who hears that a case has come back to the board by itself?"""

from collections.abc import Iterator

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from cases.models import Case, Membership
from cases.vocabulary import Role
from tumorboard.notifications.outbox import Entry

KIND = "case.re_presented"


def re_presented(case: Case) -> Iterator[Entry]:
    """The coordinators, who list it, and whoever referred it. Why it came back stands in the record."""
    seats = Membership.objects.current().with_role(Role.COORDINATOR).filter(board=case.board)
    people = {seat.user for seat in seats.select_related("user")}
    if case.referred_by.is_active:
        people.add(case.referred_by)
    for person in sorted(people, key=lambda one: one.pk):
        context = {
            "case": case,
            "board": case.board,
            "recipient": person,
            "link": settings.SITE_URL + reverse("cases:case", args=[case.pk]),
        }
        yield Entry(
            kind=KIND,
            about=case.about,
            version=case.presentation,
            recipient=person,
            title=f"{case.number} is back before the board",
            text=render_to_string(f"notices/{KIND}.txt", context),
            html=render_to_string(f"notices/{KIND}.html", context),
            scope=case.board.scope,
        )
