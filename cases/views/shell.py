"""What stands in the frame of every page: menu, numbers beside it, and on which board one sits?"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from cases.permissions import Permission
from cases.queries.shell import Counts, Emergency, Seats, counts_for, seats_of


@dataclass(frozen=True)
class Entry:
    label: str
    page: str
    begins: tuple[str, ...]  # addresses that belong to this entry
    count: Callable[[Counts], int] = lambda counts: 0
    needs: Permission | None = None


MENU = (
    Entry("Today", "today", (), lambda counts: counts.inputs),
    Entry("Cases", "worklist", ("/cases/", "/inputs/")),
    Entry("Meetings", "meetings", ("/meetings/", "/agenda-items/", "/series/"), needs=Permission.VIEW_BOARD),
    Entry("Actions", "actions", ("/actions/", "/decisions/", "/letters/"), lambda counts: counts.actions),
    Entry("Chase", "chase", ("/chase/",), lambda counts: counts.late, Permission.ASK_FOR_INPUT),
    Entry("Messages", "messages", ("/messages/",), lambda counts: counts.messages, Permission.SEE_MESSAGES),
    Entry("Import", "imports", ("/imports/",), needs=Permission.IMPORT_CASES),
)


class Shell:
    """Asks the database only when a template looks, so that a redirect costs nothing."""

    def __init__(self, request):
        self.request = request

    @cached_property
    def seats(self) -> Seats:
        user = getattr(self.request, "user", None)
        return seats_of(user) if user is not None and user.is_authenticated else Seats(())

    @cached_property
    def counts(self) -> Counts:
        user = getattr(self.request, "user", None)
        signed_in = user is not None and user.is_authenticated
        return counts_for(user, self.seats) if signed_in else Counts()

    @cached_property
    def nav(self) -> list[tuple[str, str, bool, int]]:
        shown = [entry for entry in MENU if entry.needs is None or self.seats.may(entry.needs)]
        links = [(entry, _address(entry.page)) for entry in shown]
        return [
            (entry.label, url, self._is_current(entry, url), entry.count(self.counts))
            for entry, url in links
            if url
        ]

    def _is_current(self, entry: Entry, url: str) -> bool:
        path = self.request.path
        return path == url or any(path.startswith(begin) for begin in entry.begins)

    @property
    def emergencies(self) -> tuple[Emergency, ...]:
        """Cases that the person reads in an emergency: said above every page."""
        return self.counts.emergencies

    def emergency_for(self, case: UUID) -> Emergency | None:
        return self.counts.emergency_for(case)

    @property
    def board_line(self) -> str:
        return self.seats.line

    @property
    def minds_the_machine(self) -> bool:
        """Whoever can do something, or tell people in another way, when e-mails stand still."""
        user = getattr(self.request, "user", None)
        return bool(getattr(user, "is_staff", False)) or self.seats.may(Permission.SEE_MESSAGES)

    @property
    def may_refer(self) -> bool:
        return self.seats.may(Permission.REFER_CASE)


def _address(page: str) -> str:
    try:
        return reverse(f"cases:{page}")
    except NoReverseMatch:
        return ""


def shell_of(request) -> Shell:
    """One for a request, so that a view and its page do not ask twice."""
    if not hasattr(request, "tumorboard_shell"):
        request.tumorboard_shell = Shell(request)
    return request.tumorboard_shell


def shell(request) -> dict:
    return {"shell": shell_of(request)}
