"""How do lesions and imaging come into the record? A lesion keeps its number; each look at it adds a size."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from cases.domain.errors import Refused
from cases.domain.referral import LesionSeen
from cases.models import Case, ImagingStudy, Lesion, LesionMeasurement
from cases.queries.accession import require_fitting
from cases.services.disease._recording import recorded, require_recording
from cases.services.disease.describing import check_lesions

OF_A_LOOK = ("viable_mm", "li_rads", "nonrim_aphe", "washout", "capsule", "threshold_growth")
OF_THE_LESION = ("vessels", "vessel_contact", "is_target", "cystic", "calcified")


@transaction.atomic
def record_lesions(
    *, case: Case, lesions: Sequence[LesionSeen], study: ImagingStudy | None = None, by
) -> list[Lesion]:
    require_recording(case, by=by)
    if not lesions:
        raise Refused("Describe at least one lesion.")
    written = write_lesions(case, lesions, by=by, study=study)
    recorded("lesions.recorded", case=case, by=by, lesions=[one.label for one in written])
    return written


@transaction.atomic
def record_imaging(*, case: Case, by, **fields: Any) -> ImagingStudy:
    require_recording(case, by=by)
    study = write_imaging(case, fields, by=by)
    recorded("imaging.recorded", case=case, by=by, fact=str(study.pk))
    return study


def write_imaging(case: Case, fields: Mapping[str, Any], *, by) -> ImagingStudy:
    require_fitting(fields.get("accession", ""), case.board.hospital)
    return ImagingStudy.objects.create(case=case, created_by=by, **fields)


def write_lesions(
    case: Case, lesions: Sequence[LesionSeen], *, by, study: ImagingStudy | None = None
) -> list[Lesion]:
    # The case's row is the lock: two people who add a lesion at once get two numbers.
    Case.objects.select_for_update().get(pk=case.pk)
    known = {one.number: one for one in Lesion.objects.filter(case=case)}
    highest = Lesion.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
    written = []
    for seen in lesions:
        if seen.number is None:
            highest += 1
            lesion = _new(case, seen, highest, by=by)
        else:
            lesion = _seen_again(known.get(seen.number), seen)
        _measure(lesion, seen, study, by=by)
        written.append(lesion)
    check_lesions(case)
    return written


def _new(case: Case, seen: LesionSeen, number: int, *, by) -> Lesion:
    return Lesion.objects.create(
        case=case,
        number=number,
        segments=list(seen.segments),
        first_seen_on=seen.measured_on,
        note=seen.note,
        created_by=by,
        **_described(seen),
    )


def _described(seen: LesionSeen) -> dict[str, Any]:
    """What was said of the lesion itself; "no" is said, and nothing said changes nothing."""
    told = {name: getattr(seen, name) for name in OF_THE_LESION}
    return {name: value for name, value in told.items() if value not in (None, "")}


def _seen_again(lesion: Lesion | None, seen: LesionSeen) -> Lesion:
    if lesion is None or lesion.withdrawn_at:
        raise Refused(f"There is no lesion L{seen.number} in this case. Reload it and choose again.")
    told: dict[str, Any] = {"segments": list(seen.segments), "note": seen.note}
    told = {name: value for name, value in told.items() if value} | _described(seen)
    if seen.disappeared is not None:
        told["disappeared_on"] = (lesion.disappeared_on or seen.measured_on) if seen.disappeared else None
    changed = {name: value for name, value in told.items() if getattr(lesion, name) != value}
    if changed:
        Lesion.objects.filter(pk=lesion.pk).update(**changed)
        lesion.refresh_from_db()
    return lesion


def _measure(lesion: Lesion, seen: LesionSeen, study: ImagingStudy | None, *, by) -> None:
    if seen.long_axis_mm is None:
        return
    same_day = LesionMeasurement.objects.filter(lesion=lesion, measured_on=seen.measured_on).first()
    said = {name: value for name in OF_A_LOOK if (value := getattr(seen, name)) not in (None, "")}
    if same_day and same_day.long_axis_mm == seen.long_axis_mm:
        if said:
            LesionMeasurement.objects.filter(pk=same_day.pk).update(**said)
        return
    try:
        with transaction.atomic():
            LesionMeasurement.objects.create(
                lesion=lesion,
                study=study,
                measured_on=seen.measured_on,
                long_axis_mm=seen.long_axis_mm,
                created_by=by,
                **said,
            )
    except IntegrityError as error:
        if "one_measurement_a_lesion_and_day" not in str(error):
            raise
        raise Refused(
            f"{lesion.label} has another size on that day already. Check the day, or withdraw the lesion"
            " and describe it anew."
        ) from None
