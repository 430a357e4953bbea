"""How is a wrong fact taken back? It stays readable, with who withdrew it and why, and counts no more."""

from django.db import transaction
from django.utils import timezone

from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models.disease._of_case import Fact
from cases.services.disease._recording import recorded, require_recording


@transaction.atomic
def withdraw_fact(*, fact: Fact, reason: str, by) -> None:
    require_recording(fact.case, by=by)
    if not reason.strip():
        raise Refused("Say why this is wrong.")
    take_back(fact, reason=reason.strip(), by=by)
    recorded("fact.withdrawn", case=fact.case, by=by, kind=fact._meta.model_name, fact=str(fact.pk))


def take_back(fact: Fact, *, reason: str, by) -> None:
    withdrawn = (
        type(fact)
        .objects.standing()
        .filter(pk=fact.pk)
        .update(withdrawn_at=timezone.now(), withdrawn_by=by, withdrawn_reason=reason)
    )
    if not withdrawn:
        raise SomeoneWasFaster("Someone else has withdrawn this already. Reload the case.")
