"""Who may do what? The table as a clinician reads and signs it, against the code that decides."""

import pytest

from cases.models import Membership
from cases.permissions import Permission, granted, may, require
from cases.vocabulary import Role, Specialty
from tests.factories import board, member, person

COLUMNS = (Role.COORDINATOR, Role.CHAIR, Role.MEMBER, Role.REFERRER, Role.OBSERVER)

# One row a permission: x may, - may not; in the order of the columns above.
TABLE = """
    refer_case          x x x x -
    view_board          x x x - x
    triage_case         x x - - -
    withdraw_case       x x - - -
    record_facts        x x x - -
    give_input          - x x - -
    ask_for_input       x x - - -
    schedule_meeting    x x - - -
    list_case           x x - - -
    pull_back           x x x - -
    publish_agenda      x x - - -
    run_meeting         x x - - -
    draft_decision      x x x - -
    sign_decision       - x - - -
    approve_letter      - x - - -
    send_letter         x x - - -
    report_for_others   x x - - -
    see_messages        x x - - -
    import_cases        x - - - -
"""

CELLS = [
    (Permission(name), role, mark == "x")
    for name, *marks in (line.split() for line in TABLE.strip().splitlines())
    for role, mark in zip(COLUMNS, marks, strict=True)
]


def test_the_table_names_every_permission_and_role():
    assert {permission for permission, _, _ in CELLS} == set(Permission)
    assert set(COLUMNS) == set(Role)


@pytest.mark.django_db
@pytest.mark.parametrize(("permission", "role", "allowed"), CELLS)
def test_what_a_seat_allows(permission, role, allowed):
    here, elsewhere = board(), board()
    someone = member(here, role=role)

    assert may(someone, permission, board=here) is allowed
    assert (permission in granted(someone, board=here)) is allowed
    assert not may(someone, permission, board=elsewhere), "a seat counts on its own board only"


@pytest.mark.django_db
def test_an_ended_seat_or_a_closed_account_allows_nothing():
    from django.core.exceptions import PermissionDenied
    from django.utils import timezone

    here = board()
    left, disabled = member(here, role=Role.CHAIR), member(here, specialty=Specialty.ONCOLOGY)
    Membership.objects.filter(user=left).update(ended_at=timezone.now())
    type(disabled).objects.filter(pk=disabled.pk).update(is_active=False)
    disabled.refresh_from_db()

    for someone in (left, disabled, person()):
        assert granted(someone, board=here) == frozenset()
        with pytest.raises(PermissionDenied, match="Ask the coordinator"):
            require(someone, Permission.REFER_CASE, board=here)
