"""What does one room's event set off in the next? The patient's journey, read from top to bottom."""

from django.db import transaction

from cases.models import Case
from cases.services import case as case_room


@transaction.atomic
def accept(*, case: Case, by) -> None:
    """A referral taken in: each discipline that the board wants is asked."""
    from cases.services import specialist_input  # noqa: PLC0415

    case_room.accept(case=case, by=by)
    specialist_input.request_all(case=case, by=by)
