"""What is the hepatobiliary surgeon asked?"""

from decimal import Decimal
from typing import Any

from crispy_forms.layout import HTML
from django.core.exceptions import ValidationError

from cases.domain.remnant import remnant_percent
from cases.forms.specialist_input._base import Card, DetailsForm, as_asked, together
from cases.models import SurgicalInput

VOLUMES = ("flr_volume_ml", "total_liver_volume_ml", "tumour_volume_ml")


class SurgicalForm(DetailsForm):
    cards = (
        Card(
            "Resectability",
            together("resectable", "r0_possible"),
            together("two_adjacent_segments_spared", "inflow_outflow_biliary_preserved"),
            "vascular_contact",
            "contraindication",
        ),
        Card(
            "Operation",
            "segments_to_resect",
            "planned_procedure",
            together("approach", "synchronous_strategy"),
            "previous_liver_surgery",
        ),
        Card(
            "Remnant",
            together(*VOLUMES),
            HTML('{% include "specialist_input/remnant_live.html" %}'),
            together("volumetry_on", "liver_background"),
            "hypertrophy",
        ),
        Card("Risk", together("asa", "frailty")),
    )

    class Meta:
        model = SurgicalInput
        formfield_callback = as_asked
        fields = (
            "resectable",
            "r0_possible",
            "two_adjacent_segments_spared",
            "inflow_outflow_biliary_preserved",
            "vascular_contact",
            "contraindication",
            "segments_to_resect",
            "planned_procedure",
            "approach",
            "synchronous_strategy",
            "previous_liver_surgery",
            *VOLUMES,
            "volumetry_on",
            "liver_background",
            "hypertrophy",
            "asa",
            "frailty",
        )
        help_texts = {"frailty": "1 very fit to 9 terminally ill (Rockwood)."}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        remnant, total, tumour = (cleaned.get(name) for name in VOLUMES)
        if remnant is not None and total is not None and remnant >= total:
            self.add_error("flr_volume_ml", "The remnant must be smaller than the liver. Check both.")
        if tumour is not None and total is not None and tumour >= total:
            self.add_error(
                "tumour_volume_ml", "The tumour is not smaller than the liver. Check both volumes."
            )
        return cleaned

    @property
    def remnant(self) -> dict[str, Any]:
        """The share that would remain, with what it is computed from; from what is in the form now."""
        volumes = [self._volume(name) for name in VOLUMES]
        share = remnant_percent(**dict(zip(("remnant", "total", "tumour"), volumes, strict=True)))
        return {"percent": share, "inputs": volumes}

    def _volume(self, name: str) -> Decimal | None:
        field, value = self.fields[name], self[name].value()
        try:
            return field.clean(value)
        except ValidationError:
            return None
