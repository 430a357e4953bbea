"""Who is away when, and who stands in?"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cases.domain.errors import DomainError
from cases.forms.absences import AbsenceForm
from cases.queries.absences import absences_page, colleagues, possible_deputies, visible_to
from cases.services import absences as service


@require_http_methods(["GET", "POST"])
def absences(request):
    page = absences_page(request.user, now=timezone.now())
    form = AbsenceForm(
        request.POST if request.method == "POST" else None,
        me=request.user,
        people=colleagues(request.user) if page.speaks_for_others else None,
        deputies=possible_deputies(request.user),
    )
    if request.method == "POST" and form.is_valid():
        try:
            entered = service.enter(by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            told = f" {entered.deputy} is told." if entered.deputy else ""
            messages.success(request, f"{entered}.{told}")
            return redirect("cases:absences")
    return _page(request, page, form)


@require_POST
def withdraw(request, pk):
    absence = get_object_or_404(visible_to(request.user).select_related("user", "deputy"), pk=pk)
    try:
        service.withdraw(absence=absence, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Withdrawn: {absence}.")
    return redirect("cases:absences")


def _page(request, page, form: AbsenceForm) -> HttpResponse:
    context = {"page": page, "form": form}
    return render(request, "people/absences.html", context, status=422 if form.is_bound else 200)
