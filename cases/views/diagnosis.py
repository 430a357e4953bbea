"""How is the one row of the diagnosis rewritten, and what does whoever comes second see?"""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cases.domain.errors import DomainError, SomeoneWasFaster
from cases.forms.diagnosis import DiagnosisForm
from cases.models import Diagnosis
from cases.services import disease
from cases.views._looking import looked_at
from cases.views._recording import case_to_record_on


@require_http_methods(["GET", "POST"])
def diagnosis(request, pk):
    """The one row that is rewritten. Whoever comes second is shown both wordings."""
    case = case_to_record_on(request, pk)
    known = Diagnosis.objects.filter(case=case).first()
    if request.method == "GET":
        looked_at(request, case)
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
