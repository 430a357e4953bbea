"""The trail of a hospital, for those who answer for privacy there; for everybody else it is not there."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from cases.domain.errors import DomainError
from cases.exchange import csv_writing
from cases.forms.trail import ExportForm, FindForm, LookedForm
from cases.models import UnusualAccess
from cases.queries import trail_review as query
from cases.queries import unusual as unusual_query
from cases.queries.trail_asked import KINDS, Asked
from cases.services import oversight as service
from cases.views._limits import limited

MOST_LINES = 20_000  # of one file
HEAD = ("When", "Who", "What", "Case", "Board", "Detail")
NOBODY = "Nobody in your hospital is on record like this. Check what you typed."


@never_cache
@require_GET
def trail(request):
    hospitals = _mine(request)
    service.record_reading(hospitals=hospitals, by=request.user)
    return _shown(request, hospitals)


@never_cache
@require_GET
def patient(request, pk):
    hospitals, found = _patient(request, pk)
    service.record_reading(hospitals=hospitals, patient=found, by=request.user)
    return _shown(request, hospitals, patient=found)


@never_cache
@require_POST
@limited("search")
def find(request):
    """Posted, because a name in an address is kept by browsers, proxies and logs."""
    hospitals = _mine(request)
    form = FindForm(request.POST)
    if not form.is_valid():
        return _shown(request, hospitals, find=form, status=422)
    like = query.patients_like(hospitals, form.cleaned_data["words"])
    if len(like) == 1:
        return redirect("cases:trail-patient", like[0].pk)
    if not like:
        form.add_error("words", NOBODY)
    return _shown(request, hospitals, find=form, like=like, status=200 if like else 422)


@never_cache
@require_GET
def who_looked(request, pk):
    hospitals, found = _patient(request, pk)
    service.record_reading(hospitals=hospitals, patient=found, by=request.user)
    context = {
        "patient": found,
        "hospitals": hospitals,
        "lines": query.who_looked(hospitals, found),
        "zone": query.zone_of(hospitals),
    }
    return render(request, "trail/who_looked.html", context)


@require_POST
@limited("document")
def export(request, pk=None):
    """What the page shows, without its pages."""
    hospitals, found = _patient(request, pk) if pk else (_mine(request), None)
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _shown(request, hospitals, patient=found, export=form, status=422)
    lines = query.rows(hospitals, Asked.read(request.POST), found, most=MOST_LINES)
    service.record_export(
        hospitals=hospitals, patient=found, lines=len(lines), by=request.user, **form.cleaned_data
    )
    text = csv_writing.table(HEAD, (line.cells for line in lines))
    headers = {"Content-Disposition": 'attachment; filename="trail.csv"', "Cache-Control": "no-store"}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


@never_cache
@require_GET
def unusual(request):
    return _unusual(request)


@require_POST
def look_at(request, pk):
    mine = UnusualAccess.objects.overseen_by(request.user).exclude(user=request.user)
    access = get_object_or_404(mine.select_related("hospital"), pk=pk)
    form = LookedForm(request.POST, prefix=str(pk))
    if form.is_valid():
        try:
            service.look_at(access=access, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, "Noted.")
            return redirect("cases:trail-unusual")
    return _unusual(request, refused=form, status=422)


def _unusual(request, *, refused: LookedForm | None = None, status: int = 200) -> HttpResponse:
    hospitals = _mine(request)
    page = unusual_query.page(hospitals)
    forms = {one.access.pk: LookedForm(prefix=str(one.access.pk)) for one in page.waiting}
    if refused is not None:
        forms = {pk: refused if refused.prefix == str(pk) else form for pk, form in forms.items()}
    rows = [
        (one, None if one.access.user_id == request.user.pk else forms[one.access.pk]) for one in page.waiting
    ]
    context = {"page": page, "rows": rows, "refused": refused, "hospitals": hospitals}
    return render(request, "trail/unusual.html", context, status=status)


def _mine(request):
    if hospitals := query.mine(request.user):
        return hospitals
    raise Http404


def _patient(request, pk):
    hospitals = _mine(request)
    if found := query.patient_of(hospitals, pk):
        return hospitals, found
    raise Http404


def _shown(request, hospitals, *, patient=None, find=None, export=None, like=(), status=200) -> HttpResponse:
    asked = Asked.read(request.POST if export is not None else request.GET)
    page = query.page(hospitals, asked, patient)
    context = {
        "page": page,
        "asked": asked,
        "hospitals": hospitals,
        "patient": patient,
        "like": like,
        "find": find or FindForm(),
        "export": export or ExportForm(),
        "refused": find if find is not None and find.errors else export,
        "kinds": [(name, label) for name, (label, _) in KINDS.items()],
    }
    return render(request, "trail/page.html", context, status=status)
