"""Who is told of a file in which a virus was found? Without its name, which may be a patient's."""

from django.urls import reverse

from cases.models import CaseFile, Membership
from cases.notices._render import at, entry
from cases.vocabulary import Role
from tumorboard.notifications.outbox import Entry

KIND = "file.infected"


def infected(file: CaseFile) -> list[Entry]:
    """Whoever handed it in, and the coordinators."""
    seats = Membership.objects.current().with_role(Role.COORDINATOR).filter(board=file.case.board_id)
    people = {seat.user for seat in seats.select_related("user")}
    if file.created_by.is_active:
        people.add(file.created_by)
    return [infected_to(person, file) for person in sorted(people, key=lambda one: one.pk)]


def infected_to(person, file: CaseFile) -> Entry:
    return entry(
        kind=KIND,
        about=f"file:{file.pk}",
        recipient=person,
        board=file.case.board,
        title=f"Virus found in a file of {file.case.number}",
        link=at(reverse("cases:files", args=[file.case_id])),
        context={"case": file.case, "kind": file.get_kind_display(), "found": file.scan_words},
    )
