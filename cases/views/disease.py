"""How is what is new of the disease recorded on a case, and a wrong fact taken back?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cases.domain import course, waiving
from cases.domain.accession import AccessionRefused
from cases.domain.errors import DomainError, Refused
from cases.forms.comorbidity import ComorbidityForm, CourseForm, CourseSoFar, WaiverForm
from cases.forms.disease import (
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
    ComorbidityReview,
    Fitness,
    ImagingStudy,
    LabResult,
    Lesion,
    LiverStatus,
    PatientWish,
    SymptomReport,
    TreatmentCourse,
    Waiver,
)
from cases.queries.facts import in_words
from cases.queries.last_units import last_units
from cases.queries.referral import lesions_known
from cases.queries.sheet import as_typed, last_said
from cases.services import disease
from cases.views._looking import looked_at
from cases.views._recording import case_to_record_on
from tumorboard.once import once

MODELS = {
    "labs": LabResult,
    "lesion": Lesion,
    "imaging": ImagingStudy,
    "fitness": Fitness,
    "liver": LiverStatus,
    "symptoms": SymptomReport,
    "wish": PatientWish,
    "comorbidity": ComorbidityReview,
    "course": TreatmentCourse,
    "waiver": Waiver,
}


@dataclass(frozen=True)
class Sheet:
    """One kind of fact: its heading, its form, and the service that writes it."""

    what: str
    title: str
    form: Callable[..., Any]
    record: Callable[..., Any]
    empty: str = ""
    goes_on: bool = False  # the form begins with what stands, since the newest row speaks for all of it


def _simple(form_class) -> Callable[..., Any]:
    return lambda data, request, case: form_class(data, prefix="fact")


def _going_on(form_class) -> Callable[..., Any]:
    """A new row counts instead of the one before, so it begins with what that one says."""

    def filled(data, request, case: Case) -> Any:
        return form_class(data, prefix="fact", initial=as_typed(last_said(form_class.Meta.model, case)))

    return filled


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
        Sheet(
            "fitness",
            "Fitness",
            _going_on(FitnessForm),
            _with_fields(disease.record_fitness),
            goes_on=True,
        ),
        Sheet(
            "liver",
            "Liver status",
            _going_on(LiverForm),
            _with_fields(disease.record_liver_status),
            "Answer at least one of the questions.",
            goes_on=True,
        ),
        Sheet(
            "comorbidity",
            "Comorbidity (Charlson)",
            _going_on(ComorbidityForm),
            _with_fields(disease.record_comorbidity),
            goes_on=True,
        ),
        Sheet("course", "Course after a treatment", _simple(CourseForm), _with_fields(disease.record_course)),
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
@once
def record(request, pk, what):
    """One page for each kind of fact; a new fact stands beside the old ones."""
    case, sheet = case_to_record_on(request, pk), SHEETS[what]
    form = sheet.form(request.POST if request.method == "POST" else None, request, case)
    if request.method == "POST":
        if form.is_valid() and _written(request, case, sheet, form):
            messages.success(request, f"{sheet.title}: recorded.")
            return redirect("cases:case", pk=case.pk)
        return _sheet(request, case, sheet, form, status=422)
    looked_at(request, case)
    return _sheet(request, case, sheet, form)


def _written(request, case: Case, sheet: Sheet, form) -> bool:
    try:
        if getattr(form, "is_empty", False) and sheet.empty:
            raise Refused(sheet.empty)
        sheet.record(form, case, request.user)
    except AccessionRefused as error:
        form.refuse(error, field="accession")
        return False
    except DomainError as error:
        form.refuse(error)
        return False
    return True


def _sheet(request, case: Case, sheet: Sheet, form, *, status: int = 200) -> HttpResponse:
    facts = MODELS[sheet.what].objects.standing().filter(case=case)
    facts = facts.select_related("created_by").order_by("-created_at")[:60]
    standing = [(fact, in_words(fact)) for fact in facts]
    last = facts[0] if sheet.goes_on and facts else None
    context = {"case": case, "sheet": sheet, "form": form, "standing": standing, "last": last}
    return render(request, f"case/record_{sheet.what}.html", context, status=status)


@require_POST
def course_grade(request, pk):
    """The Clavien-Dindo grade of what is typed so far."""
    case_to_record_on(request, pk)
    said = CourseSoFar(request.POST, prefix="fact").said
    return render(request, "case/course_grade.html", {"grade": course.in_words(course.grade(said))})


@require_http_methods(["GET", "POST"])
def waive(request, pk, item):
    """Say, with a reason, that an item is not needed for this case."""
    case = case_to_record_on(request, pk)
    if not waiving.may_be_waived(item):
        raise Http404
    form = WaiverForm(request.POST if request.method == "POST" else None, prefix="fact")
    words = waiving.words_of(item)
    if request.method == "POST" and form.is_valid():
        try:
            disease.waive(case=case, item=item, reason=form.cleaned_data["reason"], by=request.user)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, f"Not needed for this case: {words}.")
            return redirect("cases:case", pk=case.pk)
    if request.method == "GET":
        looked_at(request, case)
    context = {"case": case, "words": words, "form": form}
    return render(
        request, "case/record_waiver.html", context, status=422 if request.method == "POST" else 200
    )


@require_http_methods(["GET", "POST"])
def withdraw_fact(request, pk, what, fact):
    """Take back what is wrong, saying why; it stays readable in the history."""
    case = case_to_record_on(request, pk)
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
        looked_at(request, case)
    context = {"case": case, "words": in_words(wrong), "form": form}
    return render(
        request, "case/record_withdraw.html", context, status=422 if request.method == "POST" else 200
    )
