"""Who hears that a case has come back to the board by itself?"""

from collections.abc import Iterator

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from cases.models import Case, Membership, Recommendation
from cases.vocabulary import Role
from tumorboard.notifications.outbox import Entry

KIND = "case.re_presented"
FAILED = "case.not_re_presented"


def re_presented(case: Case) -> Iterator[Entry]:
    """The coordinators, who list it, and whoever referred it. Why it came back stands in the record."""
    people = _coordinators(case)
    if case.referred_by.is_active:
        people.add(case.referred_by)
    title = f"{case.number} is back before the board"
    yield from _told(KIND, case, people, title=title, version=case.presentation)


def not_re_presented(decision: Recommendation) -> Iterator[Entry]:
    """The coordinators, once a version of the decision: its date has come, and the case has not."""
    case = decision.case
    title = f"{case.number} could not be brought back before the board"
    version = decision.item.presentation * 1000 + decision.number
    yield from _told(FAILED, case, _coordinators(case), title=title, version=version)


def _coordinators(case: Case) -> set:
    seats = Membership.objects.current().with_role(Role.COORDINATOR).filter(board=case.board)
    return {seat.user for seat in seats.select_related("user")}


def _told(kind: str, case: Case, people: set, *, title: str, version: int) -> Iterator[Entry]:
    for person in sorted(people, key=lambda one: one.pk):
        context = {
            "case": case,
            "board": case.board,
            "recipient": person,
            "link": settings.SITE_URL + reverse("cases:case", args=[case.pk]),
        }
        yield Entry(
            kind=kind,
            about=case.about,
            version=version,
            recipient=person,
            title=title,
            text=render_to_string(f"notices/{kind}.txt", context),
            html=render_to_string(f"notices/{kind}.html", context),
            scope=case.board.scope,
        )
