"""What the question is about, put right by those who triage."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from cases import permissions
from cases.domain.errors import DomainError
from cases.forms.question import AboutForm
from cases.models import Case
from cases.permissions import Permission
from cases.services import case as service
from cases.views._looking import looked_at


@require_http_methods(["GET", "POST"])
def record(request, pk):
    visible = Case.objects.visible_to(request.user).select_related("board", "patient")
    case = get_object_or_404(visible, pk=pk)
    permissions.require(request.user, Permission.TRIAGE_CASE, board=case.board)
    if request.method == "GET":
        looked_at(request, case)
        known = {name: getattr(case, name) for name in ("topics", "gp_name", "gp_address", "version")}
        return render(request, "case/record_question.html", {"case": case, "form": AboutForm(initial=known)})
    form = AboutForm(request.POST)
    if form.is_valid():
        try:
            service.describe(case=case, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, "Recorded.")
            return redirect("cases:case", pk=case.pk)
    return render(request, "case/record_question.html", {"case": case, "form": form}, status=422)
