"""What does a referrer type? Parts of one page, checked together: all that is missing is said at once."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms

from cases.domain import referral as rules
from cases.domain.referral import PatientDetails, Referral
from cases.forms._base import CaseForm, PlainForm, Problem, segmented
from cases.forms.diagnosis import DiagnosisForm, TimingForm
from cases.forms.disease import FitnessForm, ImagingForm, LiverForm, SymptomsForm, WishForm
from cases.forms.disease_rows import LesionPanel
from cases.forms.laboratory import LabPanel
from cases.forms.question import GP_LABELS, about_ticks
from cases.models import Case, Patient, TumorBoard
from cases.vocabulary import Sex, Timing, Urgency

SOMEBODY_ELSE = "not "


def _require(form: forms.BaseForm, *names: str) -> None:
    """Required, in the words of the rule that will be asked again by the service."""
    for name in names:
        form.fields[name].required = True
        form.fields[name].error_messages["required"] = rules.REQUIRED[name]


def _ids(words: str) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(word) for word in words.split()]
    except ValueError:
        return []


class PatientForm(CaseForm):
    sex = segmented(Sex.choices, label="Sex")
    known_as = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    class Meta:
        model = Patient
        fields = ("record_number", "authority", "family_name", "given_name", "birth_date", "sex")
        labels = {"birth_date": "Birth date", "authority": "Record number issued by"}
        help_texts = {"authority": ""}

    def __init__(self, *args, age_is_enough: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        _require(self, "record_number", "family_name", "given_name", "sex")
        if not age_is_enough:
            _require(self, "birth_date")
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"  # another patient's name must not be offered

    def clean_record_number(self) -> str:
        number = rules.normal_number(self.cleaned_data["record_number"])
        if not number:
            raise forms.ValidationError(rules.REQUIRED["record_number"])
        return number

    def _post_clean(self) -> None:
        """Whether the number is another patient's is asked by the service, under a lock."""

    @property
    def same_as(self) -> uuid.UUID | None:
        return next(iter(_ids(self.cleaned_data.get("known_as", ""))), None)

    @property
    def not_same_as(self) -> frozenset[uuid.UUID]:
        said = self.cleaned_data.get("known_as", "")
        return frozenset(_ids(said.removeprefix(SOMEBODY_ELSE)) if said.startswith(SOMEBODY_ELSE) else ())

    @property
    def details(self) -> PatientDetails:
        said = {name: self.cleaned_data[name] for name in self._meta.fields}
        return PatientDetails(**said)


class QuestionForm(CaseForm):
    board = forms.ModelChoiceField(queryset=TumorBoard.objects.none(), label="Board", empty_label="Choose")
    urgency = segmented(Urgency.choices, label="Urgency")
    topics = about_ticks()

    class Meta:
        model = Case
        fields = ("board", "question", "why_now", "topics", "urgency", "gp_name", "gp_address")
        labels = {"question": "Question for the board", "why_now": "Why now"} | GP_LABELS
        help_texts = {
            "question": "What do you want to be decided? One sentence, ending with a question mark.",
            "why_now": "What has changed, or what waits for the answer.",
        }
        widgets = {
            "question": forms.Textarea(attrs={"rows": 2}),
            "why_now": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, boards, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = boards
        _require(self, "board", "question")
        self.initial.setdefault("urgency", Urgency.ROUTINE)
        if "board" not in self.initial and len(boards) == 1:
            self.initial["board"] = boards[0].pk

    def clean_urgency(self) -> str:
        return self.cleaned_data["urgency"] or Urgency.ROUTINE

    def _post_clean(self) -> None:
        """The service writes."""


class ReferralForms:
    """All parts of one referral. Quiet, it shows a draft as typed and judges nothing."""

    ORDER = (
        "patient",
        "question",
        "diagnosis",
        "fitness",
        "liver",
        "symptoms",
        "labs",
        "imaging",
        "lesions",
        "wish",
    )

    def __init__(
        self,
        data=None,
        *,
        boards,
        units: Mapping[str, str],
        initial: Mapping[str, Any] | None = None,
        case: Case | None = None,
        key: uuid.UUID | None = None,
        quiet: bool = False,
    ):
        known = initial or {}
        self.case, self.key, self.namesakes = case, key, ()

        def part(form_class, name: str, **more):
            return form_class(data, prefix=name, initial=dict(known.get(name, {})), **more)

        self.zone = boards[0].zone if boards else None
        stated_age = case.stated_age if case else None
        self.patient = part(PatientForm, "patient", age_is_enough=stated_age is not None)
        self.question = part(QuestionForm, "question", boards=boards)
        self.diagnosis = part(DiagnosisForm, "diagnosis")
        self.fitness = part(FitnessForm, "fitness", thorough=False)
        self.liver = part(LiverForm, "liver", thorough=False)
        self.symptoms = part(SymptomsForm, "symptoms")
        self.imaging = part(ImagingForm, "imaging")
        self.wish = part(WishForm, "wish")
        labs, lesions = known.get("labs", {}), known.get("lesions", {})
        self.labs = LabPanel(data, units=units, initial=labs.get("rows", ()), day=labs.get("day"))
        self.lesions = LesionPanel(data, initial=lesions.get("rows", ()), with_day=False)
        self.refusals: list[str] = []
        if quiet:
            for one in self.parts:
                one.keep_quiet()

    @property
    def parts(self) -> list:
        return [getattr(self, name) for name in self.ORDER]

    def is_valid(self) -> bool:
        """Every part is asked, so that everything is said at once."""
        wrong = [part for part in self.parts if not part.is_valid()]
        return self._days_after_birth() and not wrong

    def _days_after_birth(self) -> bool:
        born = getattr(self.patient, "cleaned_data", {}).get("birth_date")
        early = [
            name
            for name in ("primary_diagnosed_on", "liver_diagnosed_on")
            if born and (day := self.diagnosis.cleaned_data.get(name)) and day < born
        ]
        for name in early:
            self.diagnosis.add_error(name, "This is before the patient was born. Check both dates.")
        return not early

    @property
    def problems(self) -> list[Problem]:
        found = [Problem("", "", refusal) for refusal in self.refusals]
        return found + [problem for part in self.parts for problem in part.problems]

    def refuse(self, message: str) -> None:
        self.refusals.append(message)

    def offer_namesakes(self, patients, *, seen_numbers: Mapping[uuid.UUID, str], message: str) -> None:
        """Ask whether one of these patients is meant; a record number is shown only where it may be seen."""
        choices = [(str(one.pk), f"The same person{_whose(seen_numbers.get(one.pk))}") for one in patients]
        others = SOMEBODY_ELSE + " ".join(str(one.pk) for one in patients)
        choices.append((others, "A different person, with the same name and birth date"))
        field = segmented(choices, label="Is this the same person?", required=True)
        self.patient.fields["known_as"] = field
        self.patient._bound_fields_cache.pop("known_as", None)
        self.namesakes = tuple(patients)
        self.patient.add_error("known_as", message)

    def refuse_missing(self, missing: Mapping[str, str]) -> None:
        for name, message in missing.items():
            home = next(
                part
                for part in (self.patient, self.question, self.diagnosis, self.fitness)
                if name in part.fields
            )
            home.add_error(name, message)

    @property
    def timing(self) -> Timing | None:
        """Synchronous or metachronous, as far as the dates are there."""
        said = {name: self.diagnosis[name].value() or "" for name in TimingForm.base_fields}
        return TimingForm(said).timing

    def to_referral(self) -> Referral:
        """What was typed, as the service takes it. Only after `is_valid`."""
        question, imaging = self.question.cleaned_data, self.imaging.cleaned_data
        studied_on = imaging.get("performed_on")
        return Referral(
            board=question["board"],
            patient=self.patient.details,
            question=question["question"],
            why_now=question["why_now"],
            topics=question["topics"],
            urgency=question["urgency"],
            gp_name=question["gp_name"],
            gp_address=question["gp_address"],
            stated_age=self.case.stated_age if self.case else None,
            diagnosis=self.diagnosis.cleaned_data,
            fitness=self.fitness.cleaned_data,
            liver_status=_unless_empty(self.liver),
            symptoms=_unless_empty(self.symptoms),
            wish=_unless_empty(self.wish),
            imaging=_unless_empty(self.imaging),
            labs=self.labs.results,
            lesions=self.lesions.lesions(studied_on),
            same_as=self.patient.same_as,
            not_same_as=self.patient.not_same_as,
            key=self.key,
        )


def _whose(number: str | None) -> str:
    return f": record number {number}" if number else ", known under another record number"


def _unless_empty(form: PlainForm) -> dict[str, Any] | None:
    return None if form.is_empty else form.cleaned_data
