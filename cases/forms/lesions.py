"""What does a person describe of one lesion, and of one look at it?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MinValueValidator

from cases.domain import lesions as rules
from cases.forms._base import CaseForm, segmented, ticks
from cases.forms.specialist_input._base import as_asked
from cases.models import ImagingStudy, Lesion, LesionMeasurement
from cases.vocabulary import Known, LocalTreatment, Segment, Vessel

FEATURES = ("nonrim_aphe", "washout", "capsule", "threshold_growth")
OF_A_LOOK = ("viable_mm", "li_rads", *FEATURES)


class LesionForm(CaseForm):
    """The lesion itself. `seen` travels with the page: what the record said when it was opened."""

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    segments = ticks(Segment.choices, label="Segments")
    viable = segmented(Known.choices, label="Viable", required=True)
    treatments = ticks(LocalTreatment.choices, label="Treated by")
    vessels = ticks(Vessel.choices, label="Vessels that it touches")

    class Meta:
        model = Lesion
        formfield_callback = as_asked
        fields = rules.DESCRIBED
        labels = {"disappeared_on": "No longer seen on"}
        help_texts = {
            "is_target": "One of the two in the liver whose sizes are summed (RECIST 1.1).",
            "disappeared_on": "The first day on which it was looked for and not found.",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, what in rules.contradictions(cleaned).items():
            if name not in self.errors:
                self.add_error(name, what)
        return cleaned

    def _post_clean(self) -> None:
        """Nothing is put on an instance: the service writes."""

    @property
    def seen_wording(self) -> str:
        return self.cleaned_data["seen"]

    @property
    def described(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in rules.DESCRIBED}


class SizeForm(CaseForm):
    """One look: in a study of the record, or on a day. Left empty, nothing is measured."""

    study = forms.ModelChoiceField(
        ImagingStudy.objects.none(),
        label="Measured in",
        required=False,
        empty_label="No study: on a day",
    )

    class Meta:
        model = LesionMeasurement
        formfield_callback = as_asked
        fields = ("measured_on", "long_axis_mm", *OF_A_LOOK)
        labels = {"li_rads": "LI-RADS, the radiologist's category"}

    def __init__(self, *args, studies: Sequence[ImagingStudy] = (), replaces=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.replaces = replaces
        field = self.fields["study"]
        field.queryset = ImagingStudy.objects.filter(pk__in=[one.pk for one in studies])
        field.label_from_instance = lambda one: f"{one.get_modality_display()}, {one.performed_on:%d-%b-%Y}"
        self.fields["measured_on"].label = "Measured on"
        longest = self.fields["long_axis_mm"]
        longest.required = False
        longest.validators.append(MinValueValidator(1))
        longest.widget.attrs["min"] = 1
        self.fields["viable_mm"].help_text = "That enhances in the arterial phase; 0 when nothing does."

    @property
    def is_empty(self) -> bool:
        return self.replaces is None and not self._says_a_size()

    def _says_a_size(self) -> bool:
        said = [self.cleaned_data.get(name) for name in ("long_axis_mm", *OF_A_LOOK)]
        return any(one not in (None, "") for one in said)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_empty and "long_axis_mm" not in self.errors:
            for name, what in rules.size_contradictions(cleaned).items():
                self.add_error(name, what)
        return cleaned

    def _post_clean(self) -> None:
        """Nothing is put on an instance: the service writes."""

    @property
    def when_on_a_day(self) -> str:
        """The page asks for the day where no study is chosen."""
        studies = [str(pk) for pk in self.fields["study"].queryset.values_list("pk", flat=True)]
        return f"{self['study'].html_name}!={'|'.join(studies or ['-'])}"

    @property
    def features(self) -> list:
        return [self[name] for name in FEATURES]

    @property
    def says_li_rads(self) -> bool:
        return any(self[name].value() or self[name].errors for name in ("li_rads", *FEATURES))

    @property
    def size(self) -> dict[str, Any] | None:
        """As the service takes it; None when nothing was measured."""
        if self.is_empty:
            return None
        return {**self.cleaned_data, "replaces": self.replaces}
