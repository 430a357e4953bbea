"""How does a discipline see what it is asked, and answer?"""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cases.domain.errors import DomainError, SomeoneWasFaster
from cases.domain.inputs import ANSWERABLE, Unfinished
from cases.forms.specialist_input import AmendForm, AskForm, InputForms, NotNeededForm
from cases.models import Draft, SpecialistInput
from cases.queries.addenda import of_an_input
from cases.queries.input_page import input_page
from cases.queries.input_sheet import sheet
from cases.queries.input_stands import stands
from cases.queries.meeting_day import day_at
from cases.queries.recorded import OF_THE_CASE, recorded_of
from cases.services import specialist_input as service
from cases.views._computed import from_form
from cases.views._looking import looked_at
from cases.views.suitability import cautions_of
from cases.vocabulary import InputStatus
from tumorboard.once import once

PAGE = "specialist_input/page.html"
NOT_TYPED = {"csrfmiddlewaretoken", "act"}


@require_http_methods(["GET", "POST"])
def page(request, pk):
    """The form for who may answer, the answer for everybody else on the board."""
    asked = _load(request, pk)
    if request.method == "POST":
        return _sign(request, asked) if request.POST.get("act") == "sign" else _save(request, asked)
    case = asked.case
    looked_at(request, case)
    return _show(request, asked)


@require_http_methods(["GET", "POST"])
def sign(request, pk):
    asked = _load(request, pk)
    return _sign(request, asked) if request.method == "POST" else redirect("cases:input", pk=pk)


def _save(request, asked: SpecialistInput) -> HttpResponse:
    forms = _forms(asked, request.POST)
    forms.check()
    try:
        service.save_draft(
            specialist_input=asked,
            version=_seen_version(request),
            fields=forms.fields,
            details=forms.typed_details,
            typed=_typed(request),
            by=request.user,
        )
    except SomeoneWasFaster as error:
        return _show_both(request, asked, str(error))
    except DomainError as error:
        forms.refuse(str(error))
        return _refused(request, asked, forms)
    unfit = [problem.label for problem in forms.problems]
    kept = f" Kept as typed, not in the record yet: {', '.join(unfit)}." if unfit else ""
    messages.success(request, f"The draft is saved.{kept}")
    return redirect("cases:input", pk=asked.pk)


def _sign(request, asked: SpecialistInput) -> HttpResponse:
    if not service.may_answer(asked, by=request.user):
        raise PermissionDenied("Only who sits for this discipline on the board gives this input.")
    forms = _forms(asked, request.POST)
    if not forms.check_for_signature():
        return _refused(request, asked, forms)
    try:
        service.sign(
            specialist_input=asked,
            version=_seen_version(request),
            fields=forms.fields,
            details=forms.typed_details,
            facts=forms.typed_facts,
            by=request.user,
        )
    except SomeoneWasFaster as error:
        return _show_both(request, asked, str(error))
    except Unfinished as error:
        forms.refuse_missing(error.missing)
    except DomainError as error:
        forms.refuse(str(error))
    else:
        messages.success(request, f"{asked.get_specialty_display()} is signed.")
        return redirect("cases:case", pk=asked.case_id)
    return _refused(request, asked, forms)


def _refused(request, asked: SpecialistInput, forms: InputForms) -> HttpResponse:
    """As it stands in the record, which a refused service may have left differently in memory.

    The version stays the one that the person saw: an answer to a stale form must stay stale.
    """
    version = _seen_version(request)
    return _show(request, _load(request, asked.pk), forms=forms, version=version, status=422)


@require_POST
def amend(request, pk):
    asked, form = _load(request, pk), AmendForm(request.POST)
    if form.is_valid():
        try:
            new = service.amend(specialist_input=asked, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            return redirect("cases:input", pk=new.pk)
    return _show(request, asked, amend_form=form, status=422)


@require_POST
def give_up(request, pk):
    asked = _load(request, pk)
    try:
        service.give_up_amendment(specialist_input=asked, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("cases:input", pk=pk)
    messages.success(request, "The amendment is given up. The signed input stands.")
    return redirect("cases:case", pk=asked.case_id)


@require_POST
def not_needed(request, pk):
    asked, form = _load(request, pk), NotNeededForm(request.POST)
    if form.is_valid():
        try:
            service.mark_not_needed(specialist_input=asked, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, f"{asked.get_specialty_display()} is not needed for this case.")
            return redirect("cases:case", pk=asked.case_id)
    return _show(request, asked, not_needed_form=form, status=422)


@require_POST
@once
def ask(request, pk):
    asked = _load(request, pk)
    form = _ask_form(asked, request.POST)
    if form.is_valid():
        try:
            service.ask(case=asked.case, specialty=asked.specialty, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, f"{form.cleaned_data['asked_of']} is asked.")
            return redirect("cases:input", pk=pk)
    return _show(request, asked, ask_form=form, status=422)


@require_POST
def derived(request, pk):
    """What follows from the answers as they are typed. Nothing is kept."""
    forms = _forms(_load(request, pk), request.POST)
    return render(request, "specialist_input/derived.html", {"derived": forms.derived})


def _load(request, pk) -> SpecialistInput:
    visible = SpecialistInput.objects.visible_to(request.user).select_related(
        *(f"case__{one}" for one in OF_THE_CASE), "asked_of", "signed_by", "created_by"
    )
    return get_object_or_404(visible, pk=pk)


def _forms(asked: SpecialistInput, data=None, *, quiet: bool = False, found=None) -> InputForms:
    return InputForms(data, specialty=asked.specialty, stands=stands(asked, found=found), quiet=quiet)


def _ask_form(asked: SpecialistInput, data=None) -> AskForm:
    board = asked.case.board
    people = get_user_model().objects.filter(pk__in=service.seats(board, asked.specialty).values("user"))
    initial = {"asked_of": asked.asked_of_id}
    return AskForm(data, people=people.by_name(), zone=board.zone, initial=initial, prefix="ask")


def _show(request, asked: SpecialistInput, *, forms=None, version=None, status=200, **more) -> HttpResponse:
    may_answer = _is_open(asked) and service.may_answer(asked, by=request.user)
    draft, found = None, recorded_of(asked.case)
    if may_answer and forms is None:
        draft = Draft.objects.visible_to(request.user).filter(form="input", key=str(asked.pk)).first()
        posted = _as_posted(draft) if draft else None
        forms = _forms(asked, posted, quiet=posted is not None, found=found)
    overtaken = bool(draft and draft.base_version != asked.version)
    view, zone = input_page(asked, request.user, found=found), asked.case.board.zone
    day, addenda = day_at(asked.case, view.meeting, timezone.now()), of_an_input(asked)
    context = {
        "summary_above": True,
        "page": view,
        "input": asked,
        "case": asked.case,
        "zone": zone,
        "forms": forms if may_answer or more.get("differences") else None,
        "may_answer": may_answer,
        "computed": from_form(asked, forms, found=found, day=day) if may_answer else None,
        "version": asked.version if version is None else version,
        "draft": draft,
        "cautions": cautions_of(asked, forms, found=found),
        "addenda": addenda,
        "may_ask_addendum": addenda is not None and service.may_ask_addendum(asked, by=request.user),
        "sheet": () if may_answer else sheet(asked, _forms(asked, found=found).details.questions),
        "differences": forms.differences() if overtaken else (),
        "autosave_url": reverse("cases:save-draft", args=["input", asked.pk]),
        "may_amend": _may_amend(asked, request.user),
        "amend_form": AmendForm(),
        "not_needed_form": NotNeededForm(),
        "ask_form": _ask_form(asked) if view.may_ask else None,
        "may_be_waived": view.may_ask and _is_open(asked) and not asked.amendment_reason,
    }
    return render(request, PAGE, context | more, status=status)


def _show_both(request, asked: SpecialistInput, said: str) -> HttpResponse:
    """Both texts, side by side: the form keeps this person's, and now knows the newer version."""
    now = _load(request, asked.pk)
    forms = _forms(now, request.POST, quiet=True)
    forms.refuse(said)
    return _show(request, now, forms=forms, differences=forms.differences(), status=422)


def _is_open(asked: SpecialistInput) -> bool:
    return (
        asked.status in {InputStatus.ASKED, InputStatus.DRAFT}
        and asked.superseded_at is None
        and _is_of_now(asked)
    )


def _is_of_now(asked: SpecialistInput) -> bool:
    return asked.presentation == asked.case.presentation and asked.case.status in ANSWERABLE


def _may_amend(asked: SpecialistInput, user) -> bool:
    counts = asked.status == InputStatus.SIGNED and asked.superseded_at is None
    return counts and _is_of_now(asked) and service.may_answer(asked, by=user)


def _typed(request) -> dict[str, list[str]]:
    return {name: values for name, values in request.POST.lists() if name not in NOT_TYPED}


def _as_posted(draft: Draft) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in draft.payload.items():
        data.setlist(name, values)
    return data


def _seen_version(request) -> int:
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
