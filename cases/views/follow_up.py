"""What is to be done, by whom and by when, and what became of it?"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cases.domain.errors import DomainError
from cases.domain.plan_state import PlanState
from cases.forms.follow_up import ReportForm, SettleForm
from cases.models import Case, Matter
from cases.models.follow_up import actions as all_actions
from cases.queries.action_standing import family_of, reports_of, standing_of
from cases.queries.actions import Filters, actions_page
from cases.services import follow_up, matters
from cases.views._looking import looked_at
from cases.views._parts import render_part
from tumorboard.once import once


@require_http_methods(["GET"])
def actions(request):
    """Mine, or the board's; the filters live in the address."""
    page = actions_page(request.user, Filters.read(request.GET), now=timezone.now())
    return render_part(request, "follow_up/actions.html", "list", {"page": page})


@require_http_methods(["GET", "POST"])
@once
def report(request, pk):
    action = _action(request, pk)
    form = _form(action, request.POST if request.method == "POST" else None)
    if request.method == "GET":
        return _page(request, action, form)
    if form.is_valid():
        try:
            follow_up.report(action=action, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, f"Recorded for {action.recommendation.case.number}.")
            return redirect("cases:actions")
    return _page(request, action, form, status=422)


@require_http_methods(["GET", "POST"])
def settle(request, pk):
    """What the board says of something that has come back to it."""
    visible = Matter.objects.visible_to(request.user).select_related(
        "meeting__board", "case__patient", "action__owner", "ratification__asked_of", "settled_by"
    )
    matter = get_object_or_404(visible, pk=pk)
    form = SettleForm(request.POST or None, initial={"version": matter.version})
    if request.method == "POST" and form.is_valid():
        try:
            matters.settle(matter=matter, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            return redirect(_back_to(matter.meeting, request.POST.get("back", "")))
    looked_at(request, matter.case)
    context = {
        "matter": matter,
        "form": form,
        "reports": reports_of(matter.action)[:3] if matter.action else (),
        "may_settle": matters.may_settle(matter, by=request.user),
        "back": request.POST.get("back") or request.GET.get("back", ""),
    }
    return render(request, "follow_up/matter.html", context, status=422 if form.errors else 200)


def _back_to(meeting, where: str) -> str:
    """To the screen of the running meeting, where it was settled from there."""
    return reverse("cases:hold-meeting" if where == "hold" else "cases:meeting", args=[meeting.pk])


def _form(action: Any, data) -> ReportForm:
    return ReportForm(data, role=action.role, state=PlanState(action.state), due_on=action.due_on)


def _action(request, pk) -> Any:
    visible = all_actions().visible_to(request.user).with_state()
    return get_object_or_404(
        visible.select_related(
            "owner",
            "recommendation__case__board",
            "recommendation__case__patient",
            "recommendation__item__meeting",
            "parent__owner",
        ),
        pk=pk,
    )


def _page(request, action: Any, form: ReportForm, *, status: int = 200) -> HttpResponse:
    """An owner from elsewhere sees the action, and nothing else of the case."""
    case = (
        Case.objects.visible_to(request.user)
        .select_related("patient", "board")
        .filter(pk=action.recommendation.case_id)
        .first()
    )
    if case:
        looked_at(request, case)
    board = action.recommendation.case.board
    today = timezone.now().astimezone(board.zone).date()
    context = {
        "action": action,
        "standing": standing_of(action, today=today),
        "plan": family_of(action, user=request.user, today=today),
        "case": case,
        "board": board,
        "form": form,
        "reports": reports_of(action),
        "may_report": follow_up.may_report(action, by=request.user),
    }
    return render(request, "follow_up/report.html", context, status=status)
