"""How are other illnesses, the course after a treatment, and what is not needed written down?

Each is a new dated row; what was wrong is withdrawn with a reason.
"""

from typing import Any

from django.db import IntegrityError, transaction

from cases.domain import waiving
from cases.domain.errors import Refused
from cases.models import Case, ComorbidityReview, TreatmentCourse, Waiver
from cases.services.disease._recording import recorded, require_recording


@transaction.atomic
def record_comorbidity(*, case: Case, by, **fields: Any) -> ComorbidityReview:
    """The whole list was gone through: what is not among `items` is recorded as absent."""
    require_recording(case, by=by)
    fact = ComorbidityReview.objects.create(case=case, created_by=by, **fields)
    recorded("comorbidity.recorded", case=case, by=by, fact=str(fact.pk))
    return fact


@transaction.atomic
def record_course(*, case: Case, by, **fields: Any) -> TreatmentCourse:
    require_recording(case, by=by)
    if not fields.get("procedure", "").strip():
        raise Refused("Name the operation or intervention.")
    fact = TreatmentCourse.objects.create(case=case, created_by=by, **fields)
    recorded("course.recorded", case=case, by=by, fact=str(fact.pk))
    return fact


@transaction.atomic
def waive(*, case: Case, item: str, reason: str, by) -> Waiver:
    """The item is not needed for this case; until the waiver is withdrawn it does not count as missing."""
    require_recording(case, by=by)
    if not waiving.may_be_waived(item):
        raise Refused(f"{item} is not asked of any case, so there is nothing to waive.")
    if not reason.strip():
        raise Refused("Say why this is not needed for this case.")
    fact = _write_waiver(case, item, reason.strip(), by=by)
    recorded("item.waived", case=case, by=by, what=item)
    return fact


def _write_waiver(case: Case, item: str, reason: str, *, by) -> Waiver:
    try:
        with transaction.atomic():
            return Waiver.objects.create(case=case, item=item, reason=reason, created_by=by)
    except IntegrityError as error:
        if "one_standing_waiver_an_item" not in str(error):
            raise
    raise Refused("Somebody has waived this for the case already. Reload the case to read why.")
