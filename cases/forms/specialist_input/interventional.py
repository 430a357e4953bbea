"""What is the interventional radiologist asked?"""

from django import forms

from cases.forms.disease_rows import _Rows
from cases.forms.specialist_input._base import Card, DetailsForm, as_asked, shown_when, together
from cases.models import InterventionalInput, LesionAccess


class InterventionalForm(DetailsForm):
    cards = (
        Card(
            "Ablation",
            "ablatable",
            shown_when(
                "ablatable=YES",
                together("ablation_modality"),
            ),
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


class AccessRow(DetailsForm):
    """How one known lesion can be reached."""

    class Meta:
        model = LesionAccess
        formfield_callback = as_asked
        fields = (
            "lesion",
            "ablatable",
            "visible_on",
            "distance_bile_duct_mm",
            "distance_vessel_mm",
            "vessel",
            "distance_organ_mm",
            "organ",
            "subcapsular",
            "expected_margin_mm",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lesion"].widget = forms.HiddenInput()

    @property
    def name(self) -> str:
        return self.initial.get("label", "Lesion")

    def written(self, said) -> dict | None:
        return dict(self.cleaned_data) if not self.is_empty else None


class _Accesses(_Rows):
    title, said_by = "Access to lesions", ("lesion", "ablatable")


AccessRows = forms.formset_factory(
    AccessRow, formset=_Accesses, extra=0, max_num=60, absolute_max=60, validate_max=True
)
