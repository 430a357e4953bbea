"""What did earlier scans show of the invented patients' lesions, and what did the radiologist call them?"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cases.models import Case, Lesion
from cases.services import disease


@dataclass(frozen=True)
class Past:
    """Of one lesion: what it was like before, and what is said of it and of its newest size."""

    earlier_mm: str = ""
    described: dict[str, Any] = field(default_factory=dict)
    called: dict[str, Any] = field(default_factory=dict)


TARGET = {"is_target": True}
EARLIER_DAYS = 138
PASTS: dict[str, dict[int, Past]] = {
    "Fairweather": {
        1: Past("42", {**TARGET, "vessels": ["RIGHT_HEPATIC_VEIN"], "vessel_contact": "ABUTMENT"}),
        2: Past("24", {**TARGET, "note": "9 mm to the middle vein"}),
        3: Past("15"),
        4: Past(described={"note": "seen in the hepatobiliary phase only"}),
    },
    "Okonjo-Vale": {
        1: Past(
            described=TARGET,
            called={
                "viable_mm": Decimal(38),
                "li_rads": "LR-5",
                "nonrim_aphe": "YES",
                "washout": "YES",
                "capsule": "YES",
                "threshold_growth": "NO",
            },
        )
    },
}


def look_back(case: Case, *, family: str, today: date, by) -> None:
    """Add what was seen before to the lesions that the referral brought."""
    pasts = PASTS.get(family, {})
    earlier_on = today - timedelta(days=EARLIER_DAYS)
    study = None
    if any(past.earlier_mm for past in pasts.values()):
        study = disease.record_imaging(
            case=case, by=by, modality="CT", performed_on=earlier_on, done_at="Invented district hospital"
        )
    for number, past in pasts.items():
        lesion = Lesion.objects.get(case=case, number=number)
        if past.called:
            _call(lesion, past.called, by=by)
        if past.earlier_mm:
            disease.measure_lesion(lesion=lesion, study=study, long_axis_mm=Decimal(past.earlier_mm), by=by)
        if past.described:
            disease.describe_lesion(case=case, number=number, by=by, **past.described)


def _call(lesion: Lesion, called: dict[str, Any], *, by) -> None:
    look = lesion.measurements.order_by("-measured_on")[0]
    disease.measure_lesion(
        lesion=lesion,
        study=look.study,
        measured_on=look.measured_on,
        replaces=look.pk,
        long_axis_mm=look.long_axis_mm,
        by=by,
        **called,
    )
