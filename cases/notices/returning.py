"""Who hears that a case has come back to the board by itself?"""

from collections.abc import Iterator

from django.urls import reverse

from cases.models import Case, Membership, Recommendation
from cases.notices._render import at, entry
from cases.vocabulary import Role
from tumorboard.notifications.outbox import Entry

KIND = "case.re_presented"
FAILED = "case.not_re_presented"


def re_presented(case: Case) -> Iterator[Entry]:
    """The coordinators, who list it, and whoever referred it. Why it came back stands in the record."""
    people = _coordinators(case)
    if case.referred_by.is_active:
        people.add(case.referred_by)
    for person in _in_order(people):
        yield back_to(person, case)


def not_re_presented(decision: Recommendation) -> Iterator[Entry]:
    """The coordinators, once a version of the decision: its date has come, and the case has not."""
    version = decision.item.presentation * 1000 + decision.number
    for person in _in_order(_coordinators(decision.case)):
        yield not_back_to(person, decision.case, version=version)


def back_to(person, case: Case) -> Entry:
    return _told(KIND, f"{case.number} is back before the board", case, person, version=case.presentation)


def not_back_to(person, case: Case, *, version: int) -> Entry:
    title = f"{case.number} could not be brought back before the board"
    return _told(FAILED, title, case, person, version=version)


def _coordinators(case: Case) -> set:
    seats = Membership.objects.current().with_role(Role.COORDINATOR).filter(board=case.board)
    return {seat.user for seat in seats.select_related("user")}


def _in_order(people: set) -> list:
    return sorted(people, key=lambda one: one.pk)


def _told(kind: str, title: str, case: Case, person, *, version: int) -> Entry:
    return entry(
        kind=kind,
        about=case.about,
        version=version,
        recipient=person,
        board=case.board,
        title=title,
        link=at(reverse("cases:case", args=[case.pk])),
        context={"case": case},
    )
