"""What is the hepatobiliary surgeon asked?"""

from typing import Any

from cases.forms.specialist_input._base import (
    Card,
    DetailsForm,
    as_asked,
    compact,
    in_a_line,
    shown_when,
    together,
)
from cases.models import SurgicalInput
from cases.models.specialist_input.surgery import CONTACTS, JUDGED, Hypertrophy
from cases.vocabulary import Known, PrimarySite

FIELDS = tuple(f.name for f in SurgicalInput._meta.concrete_fields if not f.primary_key)
VOLUMES = ("flr_volume_ml", "total_liver_volume_ml", "tumour_volume_ml")
ENLARGED = "|".join(one for one in Hypertrophy.values if one != Hypertrophy.NONE)
ENLARGING = ("flr_before_ml", "flr_before_on", "hypertrophy_on")
WITHOUT_PRIMARY = {PrimarySite.UNKNOWN_PRIMARY, ""}

RESECTABILITY = Card(
    "Resectability",
    compact(*JUDGED),
    "contraindication",
)
CONTACT = Card("Contact of the tumour with vessels", compact(*CONTACTS), "vascular_contact")
REMNANT = Card(
    "Remnant",
    together(*VOLUMES),
    together("volumetry_method", "volumetry_on", "volumetry_software"),
    "liver_background",
    "hypertrophy",
    shown_when(f"hypertrophy={ENLARGED} or {' or '.join(ENLARGING)}", together(*ENLARGING)),
)
RISK = Card("Risk", together("asa", "frailty", "cpet_at"), "asa_emergency")


class SurgicalForm(DetailsForm):
    asks_for = ("primary_site",)

    class Meta:
        model = SurgicalInput
        formfield_callback = as_asked
        fields = FIELDS
        labels = {
            "volumetry_method": "Measured by",
            "flr_before_ml": "Remnant before enlarging",
            "flr_before_on": "Measured on, before",
            "vascular_contact": "Vessels, in words",
        }
        help_texts = {
            "frailty": "1 very fit to 9 terminally ill (Rockwood).",
            "planned_procedure": "Only what segments and added procedures do not say.",
            "needs_complex_procedure": "Such as vascular reconstruction, two stages or ALPPS.",
            "abdominal_access": "Such as adhesions, stoma or mesh.",
        }

    def __init__(self, *args, primary_site: str | None = "", **kwargs):
        self.cards = (RESECTABILITY, CONTACT, _operation(primary_site or ""), REMNANT, RISK)
        super().__init__(*args, **kwargs)
        self.ask_only_what_is_laid_out()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_judgement(cleaned)
        self._check_volumes(cleaned)
        self._check_enlarging(cleaned)
        if cleaned.get("asa_emergency") and not cleaned.get("asa"):
            self.add_error("asa", "Choose the class; the E of an emergency is added to it.")
        return cleaned

    def _check_judgement(self, said: dict[str, Any]) -> None:
        if said.get("r0_possible") == Known.NO and said.get("needs_complex_procedure") == Known.YES:
            self.add_error("needs_complex_procedure", "R0 is said not to be possible. Check both.")
        if said.get("resectable") == Known.NO and said.get("segments_to_resect"):
            self.add_error("segments_to_resect", "It is said not to be resectable. Check both.")

    def _check_volumes(self, said: dict[str, Any]) -> None:
        remnant, total, tumour = (said.get(name) for name in VOLUMES)
        before = said.get("flr_before_ml")
        if remnant is not None and total is not None and remnant >= total:
            self.add_error("flr_volume_ml", "The remnant must be smaller than the liver. Check both.")
        if before is not None and total is not None and before >= total:
            self.add_error("flr_before_ml", "The remnant must be smaller than the liver. Check both.")
        if tumour is not None and total is not None and tumour >= total:
            self.add_error(
                "tumour_volume_ml", "The tumour is not smaller than the liver. Check both volumes."
            )

    def _check_enlarging(self, said: dict[str, Any]) -> None:
        """Measured, then enlarged, then measured again."""
        before, enlarged, after = (
            said.get(name) for name in ("flr_before_on", "hypertrophy_on", "volumetry_on")
        )
        if said.get("hypertrophy") == Hypertrophy.NONE and any(said.get(name) for name in ENLARGING):
            self.add_error("hypertrophy", "A volume or day of enlarging is given below. Check both.")
        if before and enlarged and before > enlarged:
            self.add_error("flr_before_on", "This is after the enlarging. Check both days.")
        if said.get("flr_before_ml") is None or said.get("flr_volume_ml") is None or not after:
            return
        if (enlarged and after < enlarged) or (before and after <= before):
            self.add_error(
                "volumetry_on", "Two volumes are given: the later one is measured after the enlarging."
            )


def _operation(primary_site: str) -> Card:
    """What to operate on first is only a question where there is a primary elsewhere."""
    ordered = primary_site not in {*WITHOUT_PRIMARY, *(s for s in PrimarySite if s.is_primary_liver)}
    return Card(
        "Operation",
        in_a_line("segments_to_resect"),
        "added_procedures",
        "planned_procedure",
        together("approach", *(("synchronous_strategy",) if ordered else ())),
        together("previous_liver_surgery", "abdominal_access"),
    )
