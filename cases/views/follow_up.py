"""What is to be done, by whom and by when, and what became of it?"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cases.domain.errors import DomainError
from cases.forms.follow_up import ReportForm
from cases.models import Case, RecommendedAction
from cases.models.follow_up import actions as all_actions
from cases.queries.actions import Filters, actions_page
from cases.services import follow_up
from cases.views._parts import render_part
from tumorboard.audit import trail


@require_http_methods(["GET"])
def actions(request):
    """Mine, or the board's; the filters live in the address."""
    page = actions_page(request.user, Filters.read(request.GET), now=timezone.now())
    return render_part(request, "follow_up/actions.html", "list", {"page": page})


@require_http_methods(["GET", "POST"])
def report(request, pk):
    action = _action(request, pk)
    if request.method == "GET":
        return _page(request, action, ReportForm())
    form = ReportForm(request.POST)
    if form.is_valid():
        try:
            follow_up.report(action=action, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, f"Recorded for {action.recommendation.case.number}.")
            return redirect("cases:actions")
    return _page(request, action, form, status=422)


def _action(request, pk) -> RecommendedAction:
    visible = all_actions().visible_to(request.user).with_report()
    return get_object_or_404(
        visible.select_related(
            "owner",
            "recommendation__case__board",
            "recommendation__case__patient",
            "recommendation__item__meeting__board",
        ),
        pk=pk,
    )


def _page(request, action: RecommendedAction, form: ReportForm, *, status: int = 200) -> HttpResponse:
    """An owner from elsewhere sees the action, and nothing else of the case."""
    case = (
        Case.objects.visible_to(request.user)
        .select_related("patient", "board")
        .filter(pk=action.recommendation.case_id)
        .first()
    )
    if case:
        trail.record(actor=request.user, verb="case.viewed", subject=case, about=case.about)
    context = {
        "action": action,
        "case": case,
        "board": action.recommendation.case.board,
        "form": form,
        "reports": action.updates.select_related("created_by").order_by("-created_at"),
        "may_report": follow_up.may_report(action, by=request.user),
    }
    return render(request, "follow_up/report.html", context, status=status)
