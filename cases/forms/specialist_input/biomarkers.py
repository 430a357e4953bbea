"""How is a biomarker answered? With the results of that marker only, or with why there is none."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms

from cases.domain.biomarkers import MARKERS, OF_ANY_TUMOUR, WORDS, answers_of, her2_group, ras, wrong_with
from cases.forms._base import NumberWithUnit, one_of
from cases.forms.disease_rows import _Rows
from cases.forms.specialist_input._base import DetailsForm, as_asked
from cases.models import BiomarkerResult
from cases.vocabulary import Absent, PrimarySite

SPARE, MOST = 1, 60
OF_A_RESULT = ("figure", "variant")
OF_A_TEST = ("method", "laboratory", "tested_on")
SENT = Absent.PENDING  # on its way: where and since when is known


class BiomarkerRow(DetailsForm):
    """One marker: asked for because of the primary, or added."""

    asks_for = ("primary_site",)

    class Meta:
        model = BiomarkerResult
        formfield_callback = as_asked
        fields = ("marker", "result", "figure", "variant", "method", "laboratory", "tested_on")
        labels = {"tested_on": "Date"}

    def __init__(self, *args, primary_site: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.primary_site = primary_site
        self.preset = self.initial.get("marker", "")
        if self.preset and self.is_bound and (typed := self.data.get(self.add_prefix("marker"))) in MARKERS:
            self.preset = typed  # the record may have come to ask for another in this place meanwhile
        self.fields["marker"].required = self.fields["result"].required = False
        if self.preset:
            self._ask_for_the_preset()
        else:
            self._offer_all()

    def _ask_for_the_preset(self) -> None:
        known = MARKERS[self.preset]
        self.initial["marker"] = self.preset
        self.fields["marker"].widget = forms.HiddenInput()
        self.fields["result"] = one_of(_results(answers_of(known.code, self.primary_site)), label=known.name)
        if known.figure:
            self.fields["figure"].widget = NumberWithUnit(known.figure)
            self.fields["figure"].label = "Number"
        else:
            del self.fields["figure"]
        if known.variant:
            self.fields["variant"].label = known.variant
        else:
            del self.fields["variant"]

    def _offer_all(self) -> None:
        def those(wanted) -> list:
            return [(one.code, one.name) for one in MARKERS.values() if wanted(one.code)]

        groups = [
            ("Of any tumour", those(lambda code: code in OF_ANY_TUMOUR)),
            ("Others", those(lambda code: code not in OF_ANY_TUMOUR)),
        ]
        self.fields["marker"].choices = [("", "Choose"), *groups]
        self.fields["result"].choices = [
            ("", "Choose"),
            ("Results", list(WORDS.items())),
            ("No answer because", Absent.choices),
        ]

    @property
    def code(self) -> str:
        code = self.preset or self["marker"].value()
        return code if code in MARKERS else ""

    @property
    def name(self) -> str:
        return MARKERS[self.code].name if self.code else "Another marker"

    @property
    def resulted(self) -> str:
        """Which answers bring a number or a variant with them, for `data-shown-when`."""
        return "|".join(answers_of(self.preset, self.primary_site) if self.preset else WORDS)

    @property
    def tested(self) -> str:
        return f"{self.resulted}|{SENT}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        marker = cleaned["marker"] = self.preset or cleaned.get("marker") or ""
        result = cleaned.get("result")
        if "result" in self.errors or "marker" in self.errors:
            return cleaned
        if not result:
            begun = any(cleaned.get(name) for name in self.fields if name != "marker")
            if begun or (marker and not self.preset):
                self.add_error("result", "Choose the result, or say why there is none.")
            return cleaned
        _forget(cleaned, result)
        if "figure" not in self.errors:
            for name, words in wrong_with(marker, result, cleaned.get("figure")).items():
                self.add_error(name, words)
        return cleaned

    def written(self, said: Mapping[str, Any]) -> dict[str, Any] | None:
        return dict(self.cleaned_data) if self.cleaned_data.get("result") else None


def _results(codes) -> list[tuple[str, str]]:
    return [*((code, WORDS[code]) for code in codes), *Absent.choices]


def _forget(cleaned: dict[str, Any], result: str) -> None:
    """Where there is no result there is no number; where nothing was sent there is no laboratory."""
    gone = OF_A_RESULT if result == SENT else (*OF_A_RESULT, *OF_A_TEST) if result in Absent.values else ()
    for name in gone:
        if name in cleaned:
            cleaned[name] = None if name in {"figure", "tested_on"} else ""


class _Biomarkers(_Rows):
    title = "Biomarkers"

    @staticmethod
    def said_by(row: Mapping[str, Any]) -> str:
        """One row in words; without a result it says nothing."""
        known, more = MARKERS.get(row.get("marker", "")), [row.get("figure"), row.get("variant")]
        if known is None or not row.get("result"):
            return ""
        return " ".join([known.name, _word(row["result"]), *(str(one) for one in more if one)])

    @property
    def answers_of_markers(self) -> str:
        """For the browser: which results a chosen marker has."""
        site = self.form_kwargs.get("primary_site", "")
        return json.dumps({code: [*answers_of(code, site), *Absent.values] for code in MARKERS})

    def clean(self) -> None:
        seen = set()
        for row in self.forms:
            cleaned = getattr(row, "cleaned_data", {})
            marker = cleaned.get("marker")
            if not marker or not cleaned.get("result"):
                continue
            if marker in seen:
                where = "result" if row.preset else "marker"
                row.add_error(where, f"{row.name} is answered twice. Keep one.")
            seen.add(marker)

    @property
    def derived(self) -> dict[str, str]:
        said = {row.code: row.now("result") for row in self.forms if row.code}
        site = self.form_kwargs.get("primary_site", "")
        sentences = [
            _ras_in_words(said) if site == PrimarySite.COLORECTAL or said.keys() >= {"KRAS", "NRAS"} else "",
            _her2_in_words(said) if site == PrimarySite.BREAST else "",
        ]
        return {"markers": " ".join(filter(None, sentences))}


def _ras_in_words(said: Mapping[str, str | None]) -> str:
    if not said.get("KRAS") and not said.get("NRAS"):
        return ""
    either = ras(said.get("KRAS"), said.get("NRAS"))
    genes = ", ".join(f"{gene} {_word(said.get(gene))}" for gene in ("KRAS", "NRAS"))
    return f"RAS {_word(either) if either else 'not known'}: {genes}."


def _her2_in_words(said: Mapping[str, str | None]) -> str:
    if said.get("HER2") == "2+" and said.get("HER2_FISH") not in {"positive", "negative"}:
        return "HER2 2+ is open until in situ hybridisation."
    group = her2_group(said.get("HER2"), said.get("HER2_FISH"))
    return f"HER2 taken together: {group}." if group else ""


def _word(code: str | None) -> str:
    return (WORDS | dict(Absent.choices)).get(code or "", "not recorded").lower()


BiomarkerRows = forms.formset_factory(
    BiomarkerRow, formset=_Biomarkers, extra=SPARE, max_num=MOST, absolute_max=MOST, validate_max=True
)
