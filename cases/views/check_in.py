"""Who types the code on the wall is in the room: from a phone, in ten seconds."""

from allauth.core import ratelimit
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cases.domain.errors import DomainError
from cases.forms.attending import CodeForm
from cases.queries.attendance import last_check_in
from cases.services import meeting as service

WRONG = "wrong_check_in_code"  # its limit stands in the settings
TOO_MANY = "Too many wrong codes. Wait five minutes, or ask whoever runs the meeting to tick you in."


@never_cache
@require_http_methods(["GET", "POST"])
def check_in(request):
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "GET":
        return _page(request, form)
    if not _may_try(request):
        form.is_valid()
        form.add_error("code", TOO_MANY)
        return _page(request, form, status=429)
    if form.is_valid():
        try:
            service.check_in(by=request.user, **form.cleaned_data)
        except DomainError as error:
            ratelimit.consume(request, action=WRONG, key=str(request.user.pk))
            form.refuse(error, field="code")
        else:
            return redirect("cases:check-in")
    return _page(request, form, status=422)


def _may_try(request) -> bool:
    """Wrong codes are counted for each person, so that nobody guesses their way into a record."""
    return bool(ratelimit.consume(request, action=WRONG, key=str(request.user.pk), dry_run=True))


def _page(request, form: CodeForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "here": last_check_in(request.user)}
    return render(request, "meeting/check_in.html", context, status=status)
