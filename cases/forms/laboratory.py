"""What does a person type of laboratory values? A number with its unit; the unusual is asked about."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from cases.domain import lab_reading, labs
from cases.domain.referral import MARKERS, PANEL, Lab
from cases.forms._base import PlainForm
from cases.forms.disease_rows import _formset, _Panel, _Rows
from cases.vocabulary import Analyte

_ALL_UNITS = sorted({unit for analyte in labs.ANALYTES.values() for unit in analyte.units}, key=str.lower)


def unit_choices(analyte: str) -> list[tuple[str, str]]:
    known = labs.ANALYTES.get(analyte)
    units = known.units if known else _ALL_UNITS
    choices = [(unit, labs.UNIT_LABELS.get(unit, unit) or "no unit") for unit in units]
    return choices if known else [("", "Unit"), *choices]


class LabRow(PlainForm):
    """One value. A preset row knows its analyte; a spare one asks for it."""

    analyte = forms.ChoiceField(choices=[("", "Choose"), *Analyte.choices], required=False, label="Value of")
    value = forms.CharField(
        max_length=20,
        required=False,
        label="Value",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    unit = forms.ChoiceField(required=False, label="Unit")
    upper_limit = forms.DecimalField(
        required=False,
        label="Upper limit of normal",
        max_digits=8,
        decimal_places=2,
        min_value=1,
        error_messages={"invalid": "Give a number.", "min_value": "Give at least 1."},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    taken_on = forms.DateField(required=False, label="Taken on, if another day")
    confirmed = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args, units: Mapping[str, str] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.preset = self.initial.get("analyte", "") if self.initial.get("is_preset") else ""
        self.question = self.typed_unit = ""
        chosen = self.preset or self._typed("analyte")
        self.fields["unit"].choices = unit_choices(self.preset)
        if not self.initial.get("unit") and chosen in labs.ANALYTES:
            self.initial["unit"] = (units or {}).get(chosen) or labs.ANALYTES[chosen].default_unit
        for name in ("value", "upper_limit", "taken_on"):
            self.fields[name].widget.attrs["class"] = "form-control"
        for name in ("analyte", "unit"):
            self.fields[name].widget.attrs["class"] = "form-select"
        if self.preset:
            self.fields["analyte"].widget = forms.HiddenInput()
            self.fields["value"].label = Analyte(self.preset).label

    def _typed(self, name: str) -> str:
        return self.data.get(self.add_prefix(name), "") if self.is_bound else self.initial.get(name, "")

    @property
    def name(self) -> str:
        return Analyte(self.preset).label if self.preset else ""

    @property
    def amount(self) -> str:
        """The value as it would be stored, which a person confirms; another number needs another tick."""
        return f"{self._typed('value').strip()} {self._typed('unit')}".strip()

    @property
    def spoken_amount(self) -> str:
        comparator, value = self.said
        return f"{comparator}{labs.amount(value, self._typed('unit'))}"

    @property
    def is_confirmed(self) -> bool:
        return bool(self._typed("confirmed")) and self._typed("confirmed") == self.amount

    def clean_value(self) -> tuple[str, Decimal] | None:
        typed = self.cleaned_data["value"].strip()
        if not typed:
            return None
        try:
            said = lab_reading.read(typed)
        except lab_reading.Unreadable as error:
            raise forms.ValidationError(str(error)) from None
        self.typed_unit = said.unit
        return said.comparator, said.value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("value") is None:
            if cleaned.get("upper_limit") and "value" not in self.errors:
                self.add_error("value", "Give the value that this limit belongs to.")
            return cleaned
        if self.preset:
            cleaned["analyte"] = self.preset
        if not cleaned.get("analyte"):
            self.add_error("analyte", "Choose what was measured.")
        elif "unit" not in self.errors:
            self._check(cleaned)
        return cleaned

    def _check(self, cleaned: dict[str, Any]) -> None:
        known = labs.ANALYTES[cleaned["analyte"]]
        cleaned["unit"] = cleaned.get("unit") or (known.units[0] if len(known.units) == 1 else "")
        if known.code not in labs.ENZYMES:
            cleaned["upper_limit"] = None
        if self.typed_unit and self.typed_unit != cleaned["unit"]:
            self.add_error("value", self._which_unit(known, cleaned))
            return
        check = labs.check(known.code, cleaned["value"][1], cleaned["unit"])
        if check.refusal:
            self.add_error("value", check.refusal)
        elif check.question:
            self.question, self.said = check.question, cleaned["value"]
            if not self.is_confirmed:
                self.add_error("value", check.question)

    def _which_unit(self, known: labs.Analyte, cleaned: dict[str, Any]) -> str:
        """A unit was typed with the number, and it is not the one beside it."""
        if self.typed_unit not in known.units:
            return str(labs.check(known.code, cleaned["value"][1], self.typed_unit).refusal)
        typed, beside = (labs.UNIT_LABELS.get(one, one) for one in (self.typed_unit, cleaned["unit"]))
        chosen = f"{beside} is chosen" if beside else "no unit is chosen"
        return f"You typed {typed}, and {chosen} beside it. Choose the unit there; the number stays alone."

    def result(self, day: date | None) -> Lab | None:
        if not self.cleaned_data.get("value"):
            return None
        comparator, value = self.cleaned_data["value"]
        return Lab(
            analyte=self.cleaned_data["analyte"],
            value=value,
            comparator=comparator,
            unit=self.cleaned_data["unit"],
            taken_on=self.cleaned_data.get("taken_on") or day,
            confirmed=self.is_confirmed,
            upper_limit=self.cleaned_data.get("upper_limit"),
        )


class _LabRows(_Rows):
    def clean(self) -> None:
        seen = set()
        for form in self.forms:
            cleaned = getattr(form, "cleaned_data", {})
            if not cleaned.get("value") or not cleaned.get("analyte"):
                continue
            if (key := (cleaned["analyte"], cleaned.get("taken_on"))) in seen:
                form.add_error("value", "This value is given twice for the same day. Keep one.")
            seen.add(key)


LabRows = _formset(LabRow, _LabRows)


class LabDayForm(PlainForm):
    taken_on = forms.DateField(label="All taken on", required=False)


class LabPanel(_Panel):
    def __init__(self, data=None, *, prefix="labs", units=None, initial: Sequence[dict] = (), day=None):
        self.refusals: list[str] = []
        self.units = units or {}
        rows = preset_rows(initial)
        self.day = LabDayForm(data, prefix=f"{prefix}-day", initial={"taken_on": day})
        self.rows = LabRows(data, prefix=prefix, initial=rows, form_kwargs={"units": self.units})

    @property
    def units_of_analytes(self) -> str:
        """For the browser: which units go with which value, the one used last in front."""
        usual = {code: self.units.get(code) for code in labs.ANALYTES}
        return json.dumps(
            {
                code: sorted(unit_choices(code), key=lambda choice: choice[0] != usual[code])
                for code in labs.ANALYTES
            }
        )

    @property
    def markers_of_sites(self) -> str:
        return json.dumps(MARKERS)

    @property
    def results(self) -> list[Lab]:
        day = self.day.cleaned_data.get("taken_on")
        return [result for row in self.rows.forms if (result := row.result(day))]


def preset_rows(known: Sequence[dict]) -> list[dict]:
    """The six that every score needs, filled where known; after them whatever else is known."""
    rest = list(known)
    rows = []
    for analyte in PANEL:
        mine = next((one for one in rest if one["analyte"] == analyte), None)
        if mine is not None:
            rest.remove(mine)
        rows.append({**(mine or {"analyte": analyte.value}), "is_preset": True})
    return rows + rest
