"""What of lesions and outside studies do the two radiologists begin from?"""

from collections.abc import Iterable
from typing import Any

from django.forms.models import model_to_dict
from django.utils.formats import date_format

from cases.domain.labs import plain
from cases.models import Case, ImagingStudy, Lesion, LesionAccess, LesionMeasurement
from cases.vocabulary import Known, LocalTreatment

DESCRIBED = ("number", "segments", "note", "vessels", "vessel_contact", "is_target", "cystic", "calcified")
ACCESS = tuple(
    f.name
    for f in LesionAccess._meta.concrete_fields
    if f.name not in {"id", "details", "created_at", "created_by"}
)


def lesions_to_read(lesions: Iterable[Lesion]) -> list[dict[str, Any]]:
    """Every lesion as it is described; its size and category are to be seen anew, the last ones stand by."""
    return [
        {
            **model_to_dict(one, fields=DESCRIBED),
            "number": one.number,
            "disappeared": one.disappeared_on is not None,
            "last_size": _last(_newest_look(one)),
        }
        for one in lesions
    ]


def accesses_to_judge(lesions: Iterable[Lesion], said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every known lesion with its newest size, and what was said of its access."""
    by_lesion = {one["lesion"]: one for one in said}
    looks = ((one, _newest_look(one)) for one in lesions)
    return [
        {
            **by_lesion.get(one.pk, {}),
            "lesion": one.pk,
            "label": one.label,
            "segments": ", ".join(one.segments),
            "last_size": _last(look),
            "size_mm": look.long_axis_mm if look and _is_there(one) else None,
            "treated": ", ".join(_treatments(one)),
        }
        for one, look in looks
    ]


def _is_there(lesion: Lesion) -> bool:
    return lesion.disappeared_on is None and lesion.viable != Known.NO


def newest_outside_study(case: Case) -> ImagingStudy | None:
    """The study with whose report our reading is compared."""
    outside = ImagingStudy.objects.standing().filter(case=case).exclude(done_at="")
    return outside.order_by("-performed_on", "-created_at").first()


def newest_outside(studies: Iterable[ImagingStudy]) -> ImagingStudy | None:
    """The same of studies that a page has loaded."""
    outside = [one for one in studies if one.done_at]
    return max(outside, key=lambda one: (one.performed_on, one.created_at), default=None)


def _newest_look(lesion: Lesion) -> LesionMeasurement | None:
    return next(iter(lesion.measurements.all()), None)


def _last(look: LesionMeasurement | None) -> str:
    if look is None:
        return ""
    day = date_format(look.measured_on, "d-M-Y") if look.measured_on else "day not known"
    viable = f", viable {plain(look.viable_mm)} mm" if look.viable_mm is not None else ""
    category = f", {look.li_rads}" if look.li_rads.startswith("LR-") else ""
    return f"{plain(look.long_axis_mm)} mm{viable}{category}, {day}"


def _treatments(lesion: Lesion) -> list[str]:
    labels = dict(LocalTreatment.choices)
    return [str(labels.get(code, code)) for code in lesion.treatments]
