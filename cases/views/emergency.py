"""A case that is not one's own, read in an emergency; and who looks at that afterwards."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.domain.emergency import MINUTES, REVIEW_DAYS
from cases.domain.errors import DomainError
from cases.forms.emergency import OpenForm, ReviewForm
from cases.models import EmergencyAccess
from cases.queries import emergency as query
from cases.services import emergency as service
from cases.views._limits import limited
from tumorboard.once import once

NOT_FOUND = "No case of your hospital fits this. Check what you typed, or telephone the board."


@never_cache
@require_http_methods(["GET", "POST"])
@limited("emergency", method="POST")
@once
def emergency(request):
    """Asked for by a posted form: what names a patient stands in no address."""
    hospitals = list(query.hospitals_of(request.user))
    form = OpenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and hospitals and form.is_valid():
        opened = _opened(request, form)
        if opened is not None:
            messages.success(request, f"You may read {opened.case} for {MINUTES} minutes.")
            return redirect("cases:case", pk=opened.case_id)
    context = {"form": form, "hospitals": hospitals, "minutes": MINUTES}
    return render(request, "emergency/open.html", context, status=422 if form.is_bound else 200)


def _opened(request, form: OpenForm) -> EmergencyAccess | None:
    """None where it is refused. Of another hospital it is said what is said of nobody at all."""
    case = query.meant(by=request.user, **form.case_named)
    if case is None:
        form.add_error(None, NOT_FOUND)
        return None
    said = {name: form.cleaned_data[name] for name in ("reason_kind", "reason")}
    try:
        return service.begin(case=case, by=request.user, **said)
    except DomainError as error:
        form.refuse(error)
    return None


@require_POST
def end_emergency(request, pk):
    mine = request.user.emergency_accesses.select_related("case")
    access = get_object_or_404(mine, pk=pk)
    service.end(access=access, by=request.user)
    messages.success(request, f"The emergency access to {access.case} has ended.")
    return redirect("cases:today")


@never_cache
@require_GET
def emergency_reviews(request):
    return _reviews(request)


@require_POST
def review_emergency(request, pk):
    mine = EmergencyAccess.objects.reviewable_by(request.user).exclude(user=request.user)
    access = get_object_or_404(mine.select_related("case"), pk=pk)
    form = ReviewForm(request.POST, prefix=str(pk))
    if form.is_valid():
        try:
            service.review(access=access, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, f"Your review of the access to {access.case} is recorded.")
            return redirect("cases:emergency-reviews")
    return _reviews(request, refused=form, status=422)


def _reviews(request, *, refused: ReviewForm | None = None, status: int = 200) -> HttpResponse:
    """Only for privacy officers; for everybody else the page is not there."""
    if not request.user.privacy_of.exists():
        raise Http404
    page = query.reviews(request.user, now=timezone.now())
    forms = {line.access.pk: ReviewForm(prefix=str(line.access.pk)) for line in page.waiting}
    if refused is not None:
        forms = {pk: refused if refused.prefix == str(pk) else form for pk, form in forms.items()}
    rows = [(line, None if line.is_own else forms[line.access.pk]) for line in page.waiting]
    context = {"page": page, "rows": rows, "refused": refused, "days": REVIEW_DAYS}
    return render(request, "emergency/reviews.html", context, status=status)
