"""How is what is new of the disease recorded on a case, and a wrong fact taken back?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.models import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from cases import permissions
from cases.domain.errors import DomainError, Refused, SomeoneWasFaster
from cases.forms.disease import (
    DiagnosisForm,
    FitnessForm,
    ImagingForm,
    LiverForm,
    SymptomsForm,
    WishForm,
    WithdrawFactForm,
)
from cases.forms.disease_rows import LesionPanel
from cases.forms.laboratory import LabPanel
from cases.models import (
    Case,
    Diagnosis,
    Fitness,
    ImagingStudy,
    LabResult,
    Lesion,
    LiverStatus,
    PatientWish,
    SymptomReport,
)
from cases.permissions import Permission
from cases.queries.facts import in_words
from cases.queries.last_units import last_units
from cases.queries.referral import lesions_known
from cases.services import disease
from tumorboard.audit import trail

MODELS = {
    "labs": LabResult,
    "lesion": Lesion,
    "imaging": ImagingStudy,
    "fitness": Fitness,
    "liver": LiverStatus,
    "symptoms": SymptomReport,
    "wish": PatientWish,
}


@dataclass(frozen=True)
class Sheet:
    """One kind of fact: its heading, its form, and the service that writes it."""

    what: str
    title: str
    form: Callable[..., Any]
    record: Callable[..., Any]
    empty: str


def _simple(form_class) -> Callable[..., Any]:
    return lambda data, request, case: form_class(data, prefix="fact")


def _with_fields(service) -> Callable[..., Any]:
    return lambda form, case, by: service(case=case, by=by, **form.cleaned_data)


SHEETS = {
    sheet.what: sheet
    for sheet in (
        Sheet(
            "labs",
            "Laboratory values",
            lambda data, request, case: LabPanel(data, units=last_units(request.user)),
            lambda form, case, by: disease.record_labs(case=case, results=form.results, by=by),
            "Give at least one value.",
        ),
        Sheet(
            "lesion",
            "Lesions",
            lambda data, request, case: LesionPanel(data, initial=lesions_known(case)),
            lambda form, case, by: disease.record_lesions(case=case, lesions=form.looked_at(), by=by),
            "Describe at least one lesion.",
        ),
        Sheet(
            "imaging",
            "Imaging",
            _simple(ImagingForm),
            _with_fields(disease.record_imaging),
            "Choose the kind of imaging and its day.",
        ),
        Sheet("fitness", "Fitness", _simple(FitnessForm), _with_fields(disease.record_fitness), ""),
        Sheet(
            "liver",
            "Liver status",
            _simple(LiverForm),
            _with_fields(disease.record_liver_status),
            "Answer at least one of the questions.",
        ),
        Sheet(
            "symptoms",
            "Symptoms and complications",
            _simple(SymptomsForm),
            _with_fields(disease.record_symptoms),
            "Tick what there is, or that you asked and there is none.",
        ),
        Sheet(
            "wish",
            "The patient's wish",
            _simple(WishForm),
            _with_fields(disease.record_wish),
            "Write what the patient wants.",
        ),
    )
}


@require_http_methods(["GET", "POST"])
def record(request, pk, what):
    """One page for each kind of fact; a new fact stands beside the old ones."""
    case, sheet = _case_to_record_on(request, pk), SHEETS[what]
    form = sheet.form(request.POST if request.method == "POST" else None, request, case)
    if request.method == "POST":
        if form.is_valid() and _written(request, case, sheet, form):
            messages.success(request, f"{sheet.title}: recorded.")
            return redirect("cases:case", pk=case.pk)
        return _sheet(request, case, sheet, form, status=422)
    trail.record(actor=request.user, verb="case.viewed", subject=case, about=case.about)
    return _sheet(request, case, sheet, form)


def _written(request, case: Case, sheet: Sheet, form) -> bool:
    try:
        if getattr(form, "is_empty", False) and sheet.empty:
            raise Refused(sheet.empty)
        sheet.record(form, case, request.user)
    except DomainError as error:
        form.refuse(error)
        return False
    return True


def _sheet(request, case: Case, sheet: Sheet, form, *, status: int = 200) -> HttpResponse:
    facts = MODELS[sheet.what].objects.standing().filter(case=case).order_by("-created_at")[:60]
    standing = [(fact, in_words(fact)) for fact in facts]
    context = {"case": case, "sheet": sheet, "form": form, "standing": standing}
    return render(request, f"case/record_{sheet.what}.html", context, status=status)


@require_http_methods(["GET", "POST"])
def diagnosis(request, pk):
    """The one row that is rewritten. Whoever comes second is shown both wordings."""
    case = _case_to_record_on(request, pk)
    known = Diagnosis.objects.filter(case=case).first()
    if request.method == "GET":
        trail.record(actor=request.user, verb="case.viewed", subject=case, about=case.about)
        return _diagnosis_page(
            request, case, DiagnosisForm(prefix="diagnosis", initial=_stands(known)), known
        )
    form = DiagnosisForm(request.POST, prefix="diagnosis")
    differences: list = []
    if form.is_valid():
        try:
            disease.amend_diagnosis(
                case=case, version=_seen_version(request), by=request.user, **form.cleaned_data
            )
        except SomeoneWasFaster as error:
            form.refuse(error)
            known = Diagnosis.objects.filter(case=case).first()
            differences = list(_differences(form, known))
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, "Diagnosis: recorded.")
            return redirect("cases:case", pk=case.pk)
    seen = known.version if differences and known else _seen_version(request)
    return _diagnosis_page(request, case, form, known, version=seen, differences=differences, status=422)


def _diagnosis_page(
    request, case, form, known, *, version=None, differences=(), status: int = 200
) -> HttpResponse:
    if version is None:
        version = known.version if known else 0
    context = {
        "case": case,
        "form": form,
        "known": known,
        "version": version,
        "differences": differences,
        "timing": known.timing if known else None,
    }
    return render(request, "case/record_diagnosis.html", context, status=status)


def _stands(known: Diagnosis | None) -> dict[str, Any]:
    return model_to_dict(known) if known else {}


def _seen_version(request) -> int:
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def _differences(form: DiagnosisForm, known: Diagnosis | None) -> Iterable[dict[str, str]]:
    """Field by field: what stands now, and what this person typed."""
    theirs = DiagnosisForm(prefix="theirs", initial=_stands(known))
    for name in form.fields:
        mine, stands = form.cleaned_data.get(name), theirs.initial.get(name)
        if (mine or None) != (stands or None):
            yield {
                "label": form[name].label,
                "theirs": _in_words(form.fields[name], stands),
                "mine": _in_words(form.fields[name], mine),
            }


def _in_words(field, value: Any) -> str:
    choices = _flat(getattr(field, "choices", ()))
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(choices.get(one, one)) for one in values if one not in (None, "")) or "not recorded"


def _flat(choices) -> dict:
    flat: dict = {}
    for value, label in choices:
        flat |= dict(label) if isinstance(label, list | tuple) else {value: label}
    return flat


@require_http_methods(["GET", "POST"])
def withdraw_fact(request, pk, what, fact):
    """Take back what is wrong, saying why; it stays readable in the history."""
    case = _case_to_record_on(request, pk)
    if what not in MODELS:
        raise Http404
    wrong = get_object_or_404(MODELS[what].objects.standing().filter(case=case), pk=fact)
    form = WithdrawFactForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            disease.withdraw_fact(fact=wrong, reason=form.cleaned_data["reason"], by=request.user)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, "It is withdrawn and counts no more.")
            return redirect("cases:case", pk=case.pk)
    if request.method == "GET":
        trail.record(actor=request.user, verb="case.viewed", subject=case, about=case.about)
    context = {"case": case, "words": in_words(wrong), "form": form}
    return render(
        request, "case/record_withdraw.html", context, status=422 if request.method == "POST" else 200
    )


def _case_to_record_on(request, pk) -> Case:
    visible = Case.objects.visible_to(request.user).select_related("board", "patient", "referred_by")
    case = get_object_or_404(visible, pk=pk)
    if not permissions.may(request.user, Permission.RECORD_FACTS, board=case.board):
        raise PermissionDenied("Your seat on this board does not allow this. Ask the coordinator.")
    return case
