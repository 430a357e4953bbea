"""How does the diagnosis change? One row, rewritten only by whoever has seen its latest wording."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import Case, Diagnosis
from cases.services.disease._recording import recorded, require_recording
from cases.vocabulary import ExtrahepaticDisease as Outside

_FASTER = "Someone else has changed the diagnosis meanwhile. Compare both below, then save what is right."


@transaction.atomic
def amend_diagnosis(*, case: Case, version: int, by, **fields: Any) -> Diagnosis:
    """`version` is that of the wording the person saw; 0 when there was none."""
    require_recording(case, by=by)
    diagnosis = write_diagnosis(case, fields, version=version, by=by)
    recorded("diagnosis.amended", case=case, by=by, fields=sorted(fields))
    return diagnosis


def write_diagnosis(case: Case, fields: Mapping[str, Any], *, version: int, by) -> Diagnosis:
    _require_coherent(fields)
    if version == 0:
        return _first(case, fields, by=by)
    same = Diagnosis.objects.filter(case=case, version=version)
    if not same.update(**fields, version=F("version") + 1):
        raise SomeoneWasFaster(_FASTER)
    return Diagnosis.objects.get(case=case)


def _first(case: Case, fields: Mapping[str, Any], *, by) -> Diagnosis:
    try:
        with transaction.atomic():
            return Diagnosis.objects.create(case=case, created_by=by, **fields)
    except IntegrityError as error:
        if "case_id" not in str(error):
            raise
        raise SomeoneWasFaster(_FASTER) from None


def _require_coherent(fields: Mapping[str, Any]) -> None:
    present = {Outside.RESECTABLE, Outside.UNRESECTABLE, Outside.PRESENT}
    if fields.get("extrahepatic_sites") and fields.get("extrahepatic_disease") not in present:
        raise Refused("Sites outside the liver are ticked. Say whether that disease can be resected.")
