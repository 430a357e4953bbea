"""What is the interventional radiologist asked?"""

from cases.forms.specialist_input._base import Card, DetailsForm, as_asked, shown_when, together
from cases.models import InterventionalInput


class InterventionalForm(DetailsForm):
    cards = (
        Card(
            "Ablation",
            "ablatable",
            shown_when(
                "ablatable=YES",
                together("ablation_modality", "lesions_to_ablate"),
                together("distance_bile_duct_mm", "distance_vessel_mm", "distance_organ_mm"),
            ),
            "visible_on",
        ),
        Card(
            "Embolisation and radioembolisation",
            together("embolisation_suitable", "y90_suitable"),
            shown_when("embolisation_suitable=NO", "embolisation_stop_reason"),
            shown_when("y90_suitable=YES", together("lung_shunt_percent")),
            together("vein_embolisation_suitable", "portal_vein"),
        ),
        Card(
            "Access and safety",
            together("biliary_status", "anaesthesia"),
            together("anticoagulated", "contrast_allergy"),
            "access_note",
        ),
    )

    class Meta:
        model = InterventionalInput
        formfield_callback = as_asked
        fields = (
            "ablatable",
            "ablation_modality",
            "lesions_to_ablate",
            "distance_bile_duct_mm",
            "distance_vessel_mm",
            "distance_organ_mm",
            "visible_on",
            "embolisation_suitable",
            "y90_suitable",
            "embolisation_stop_reason",
            "lung_shunt_percent",
            "vein_embolisation_suitable",
            "portal_vein",
            "biliary_status",
            "anaesthesia",
            "anticoagulated",
            "contrast_allergy",
            "access_note",
        )
        help_texts = {"lesions_to_ablate": "Such as L1, L4."}
