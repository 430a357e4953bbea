"""What does one room's event set off in the next? The patient's journey, read from top to bottom."""

from django.db import transaction

from cases.domain.referral import Referral
from cases.models import Case
from cases.services import case as case_room
from cases.services import disease, draft
from cases.vocabulary import CaseStatus, ItemStatus


@transaction.atomic
def refer(*, referral: Referral, by, case: Case | None = None) -> Case:
    """A referral handed in: the patient, the question, and all that is known; its draft is done with."""
    case = case_room.refer(referral=referral, by=by, case=case)
    disease.record_referred(case=case, referral=referral, by=by)
    draft.discard(form="referral", key=str(case.pk), by=by)
    return case


@transaction.atomic
def accept(*, case: Case, by) -> None:
    """A referral taken in: each discipline that the board wants is asked."""
    from cases.services import specialist_input  # noqa: PLC0415

    case_room.accept(case=case, by=by)
    specialist_input.request_all(case=case, by=by)


@transaction.atomic
def withdraw(*, case: Case, reason: str, by) -> None:
    """A case withdrawn: it leaves the list that it stands on."""
    from cases.services import meeting  # noqa: PLC0415

    if case.status == CaseStatus.LISTED:
        for item in case.agenda_items.filter(status=ItemStatus.PLANNED).select_related("meeting__board"):
            meeting.take_off(item=item, by=by)
        case.refresh_from_db()
    case_room.withdraw(case=case, reason=reason, by=by)


@transaction.atomic
def re_present(*, case: Case, question: str, why_now: str, by) -> None:
    """A decided case brought again: the disciplines are asked anew for the new question."""
    from cases.services import specialist_input  # noqa: PLC0415

    case_room.re_present(case=case, question=question, why_now=why_now, by=by)
    specialist_input.request_all(case=case, by=by)
