"""What is the transplant surgeon or hepatologist asked? First the liver, a fact of the case."""

from collections.abc import Mapping, Sequence
from typing import Any

from cases.forms.specialist_input._base import Card, DetailsForm, as_asked, fact, shown_when, together
from cases.models import TransplantInput
from cases.models.specialist_input.transplant import Contraindication, Indication, Listing, ViralLoad
from cases.vocabulary import Aetiology, Known, PrimarySite

FIELDS = tuple(f.name for f in TransplantInput._meta.concrete_fields if not f.primary_key)
SIGNIFICANT_HVPG = 10  # mmHg; clinically significant portal hypertension (Baveno VII)
VIRUSES = {"hbv_dna": Aetiology.HBV, "hcv_rna": Aetiology.HCV}

LIVER = Card("Liver", fact("liver"))
PORTAL_PRESSURE = Card(
    "Portal pressure and function", together("hvpg_mmhg", "varices_grade", "icg_r15_percent")
)
CONTRAINDICATION = Card(
    "Contraindication",
    "absolute_contraindication",
    shown_when(
        "absolute_contraindication=YES or contraindications or contraindication_note",
        "contraindications",
        "contraindication_note",
    ),
)
OF_THE_LIVER_DISEASE = Card(
    "Virus, alcohol, AFP and bridging",
    together("hbv_dna", "hcv_rna"),
    together("alcohol_months_abstinent", "afp_trend"),
    "bridging",
)
WORKUP = Card("Work-up", together("cardiac_workup", "psychosocial"), "psychosocial_note")
OF_A_CIRRHOSIS = shown_when(
    "liver-cirrhosis=YES or hbv_dna or hcv_rna or alcohol_months_abstinent or afp_trend or bridging",
    OF_THE_LIVER_DISEASE,
)


class TransplantForm(DetailsForm):
    asks_for = ("primary_site", "aetiologies")

    class Meta:
        model = TransplantInput
        formfield_callback = as_asked
        fields = FIELDS
        help_texts = {
            "absolute_contraindication": "To a transplant, in your judgement.",
            "hvpg_mmhg": "10 mmHg or more is clinically significant.",
            "varices_grade": "0 none to 4.",
            "primary_portal_drained": "Such as small bowel or pancreas; not rectum, lung or oesophagus.",
        }

    def __init__(
        self, *args, primary_site: str | None = "", aetiologies: Sequence[str] | None = (), **kwargs
    ):
        # What was recorded as a cause of the liver disease is not asked again.
        asks_psc = Aetiology.PSC not in (aetiologies or ())
        self.cards = (
            LIVER,
            OF_THE_LIVER_DISEASE if primary_site == PrimarySite.HCC else OF_A_CIRRHOSIS,
            PORTAL_PRESSURE,
            _transplant(primary_site or "", asks_psc=asks_psc),
            CONTRAINDICATION,
            WORKUP,
        )
        super().__init__(*args, **kwargs)
        self.ask_only_what_is_laid_out()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kinds = cleaned.get("contraindications") or []
        if kinds and cleaned.get("absolute_contraindication") == Known.NO:
            self.add_error(
                "absolute_contraindication", "Kinds are ticked below. Answer yes, or take the ticks away."
            )
        if Contraindication.OTHER in kinds and not cleaned.get("contraindication_note"):
            self.add_error("contraindication_note", "Say what the other contraindication is.")
        if cleaned.get("indication") == Indication.NONE and cleaned.get("listing") == Listing.LISTED:
            self.add_error("indication", "The patient is said to be listed. Choose the indication.")
        return cleaned

    def agree_with(self, facts: Mapping[str, Mapping[str, Any]]) -> None:
        """What this part says against the status of the liver in the same form."""
        liver, said = facts.get("liver", {}), self.cleaned_data
        if liver.get("varices") == Known.NO and said.get("varices_grade"):
            self.add_error("varices_grade", "Above it is said that there are no varices. Check both.")
        pressure = said.get("hvpg_mmhg")
        if pressure and pressure >= SIGNIFICANT_HVPG and liver.get("portal_hypertension") == Known.NO:
            self.add_error("hvpg_mmhg", "Above it is said that there is no portal hypertension. Check both.")
        for name, cause in VIRUSES.items():
            if said.get(name) == ViralLoad.NOT_INFECTED and cause in liver.get("aetiologies", ()):
                self.add_error(name, f"{cause.label} is ticked above as a cause. Check both.")


def _transplant(primary_site: str, *, asks_psc: bool) -> Card:
    of_the_disease = {
        PrimarySite.COLORECTAL: ("unresectable_by_panel",),
        PrimarySite.NET_GEP: ("primary_portal_drained", "primary_removed_before_transplant"),
        PrimarySite.PCCA: ("neoadjuvant_protocol_available", *(("psc",) if asks_psc else ())),
    }
    asked = of_the_disease.get(primary_site, ())
    parts = (together(*asked),) if asked else ()
    return Card("Transplant", together("indication", "listing"), *parts, "living_donor")
