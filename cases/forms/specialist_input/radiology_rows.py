"""What does the diagnostic radiologist say of each lesion and each group of nodes, in rows?"""

from typing import Any

from django import forms

from cases.domain.lesions import contradictions
from cases.domain.referral import LesionSeen
from cases.domain.response import GONE, MOST_TARGETS_IN_THE_LIVER
from cases.forms._base import NumberWithUnit, one_of, ticks
from cases.forms.disease_rows import MOST_ROWS, LesionRow, _Rows
from cases.forms.specialist_input._base import DetailsForm, as_asked
from cases.models import NodeFinding
from cases.vocabulary import Known, LiRads, PrimarySite, Vessel, VesselContact

MAJOR_FEATURES = {
    "nonrim_aphe": "Arterial hyperenhancement, not rim",
    "washout": "Washout, not peripheral",
    "capsule": "Enhancing capsule",
    "threshold_growth": "Threshold growth",
}
TICKED = {
    "is_target": "Target",
    "cystic": "Cystic",
    "calcified": "Calcified",
    "disappeared": "No longer seen",
}


def _in_a_list(choices, label: str) -> forms.ChoiceField:
    return forms.ChoiceField(choices=[("", "Not said"), *choices], label=label, required=False)


class LesionReadRow(LesionRow):
    """A lesion as seen in the study that is read: its day is the study's day."""

    asks_for = ("primary_site", "cirrhosis")

    measured_on = None
    viable_mm = forms.DecimalField(
        label="Viable part",
        required=False,
        min_value=0,
        max_value=400,
        max_digits=5,
        decimal_places=1,
        widget=NumberWithUnit("mm"),
    )
    li_rads = _in_a_list(LiRads.choices, "LI-RADS, your category")
    nonrim_aphe, washout, capsule, threshold_growth = (
        _in_a_list(Known.choices, label) for label in MAJOR_FEATURES.values()
    )
    vessels = ticks(Vessel.choices, label="Vessels that it touches")
    vessel_contact = one_of(VesselContact.choices, label="Contact at its closest")
    is_target, cystic, calcified, disappeared = (
        forms.BooleanField(label=label, required=False) for label in TICKED.values()
    )

    def __init__(self, *args, primary_site: str = "", cirrhosis: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.has_li_rads = primary_site == PrimarySite.HCC or cirrhosis == Known.YES
        if not self.has_li_rads:
            for name in ("li_rads", *MAJOR_FEATURES):
                del self.fields[name]
        for field in self.fields.values():
            if isinstance(field.widget, forms.Select):
                field.widget.attrs["class"] = "form-select"

    @property
    def last_size(self) -> str:
        return self.initial.get("last_size", "")

    @property
    def says_more(self) -> bool:
        """Whether something stands, or is wrong, in the part that is folded away."""
        folded = ("vessels", "vessel_contact", "cystic", "calcified", "note")
        return any(self[name].value() or self[name].errors for name in folded if name in self.fields)

    @property
    def says_li_rads(self) -> bool:
        return any(self[name].value() or self[name].errors for name in ("li_rads", *MAJOR_FEATURES))

    @property
    def major_features(self) -> list:
        return [self[name] for name in MAJOR_FEATURES]

    @property
    def is_empty(self) -> bool:
        """Ticked off as gone says something of a lesion that is known already."""
        told = ("li_rads", *MAJOR_FEATURES, "vessels", "vessel_contact", *TICKED)
        return super().is_empty and not any(self.cleaned_data.get(name) for name in told)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        viable, longest = cleaned.get("viable_mm"), cleaned.get("long_axis_mm")
        of_a_look = [viable is not None, *(cleaned.get(name) for name in ("li_rads", *MAJOR_FEATURES))]
        if any(of_a_look) and longest is None and "long_axis_mm" not in self.errors:
            self.add_error("long_axis_mm", "Give the longest axis as well.")
        elif viable is not None and longest is not None and viable > longest:
            self.add_error("viable_mm", "The viable part is larger than the lesion. Check both sizes.")
        if cleaned.get("disappeared"):
            self._check_gone(cleaned)
        for name, what in contradictions(cleaned).items():
            self.add_error(name, what)
        return cleaned

    def _check_gone(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("long_axis_mm") is not None:
            self.add_error("disappeared", "It is measured here. Either it is still seen or it is not.")
        elif not cleaned.get("number"):
            self.add_error("disappeared", "Only a lesion that is known can no longer be seen.")

    def written(self, read) -> LesionSeen | None:
        """None for a row that says nothing new; its day is that of the study."""
        if not self.has_changed() or self.is_empty:
            return None
        said = self.cleaned_data
        looks = {name: said[name] for name in ("viable_mm", "li_rads", *MAJOR_FEATURES) if name in said}
        return LesionSeen(
            number=said["number"],
            segments=tuple(said["segments"]),
            long_axis_mm=GONE if said["disappeared"] else said["long_axis_mm"],
            measured_on=read.get("studied_on"),
            note=said["note"],
            vessels=said["vessels"],
            vessel_contact=said["vessel_contact"],
            **{name: said[name] for name in TICKED},
            **looks,
        )


class _LesionsRead(_Rows):
    def clean(self) -> None:
        said = (getattr(form, "cleaned_data", {}) for form in self.forms)
        targets = sum(bool(one.get("is_target")) for one in said)
        if targets > MOST_TARGETS_IN_THE_LIVER:
            raise forms.ValidationError(
                f"{targets} targets are ticked. RECIST 1.1 follows at most"
                f" {MOST_TARGETS_IN_THE_LIVER} in the liver: choose the two that can be measured best."
            )


def _rows(row, base, *, spare: int, most: int):
    return forms.formset_factory(
        row, formset=base, extra=spare, max_num=most, absolute_max=most, validate_max=True
    )


class NodeRow(DetailsForm):
    """One group of lymph nodes."""

    class Meta:
        model = NodeFinding
        formfield_callback = as_asked
        fields = ("station", "short_axis_mm", "suspicious")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["station"].required = False  # an empty row is no row

    @property
    def name(self) -> str:
        return "Node"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("station") and (cleaned.get("short_axis_mm") or cleaned.get("suspicious")):
            self.add_error("station", "Say where this node is.")
        return cleaned

    def written(self, said) -> dict[str, Any] | None:
        return dict(self.cleaned_data) if self.cleaned_data.get("station") else None


class _Nodes(_Rows):
    title, said_by = "Lymph nodes", ("station", "short_axis_mm")


LesionReadRows = _rows(LesionReadRow, _LesionsRead, spare=2, most=MOST_ROWS)
NodeRows = _rows(NodeRow, _Nodes, spare=1, most=20)
