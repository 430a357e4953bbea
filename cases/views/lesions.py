"""How are the lesions of a case seen through time, and one of them described and measured?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cases import permissions
from cases.domain.errors import DomainError, SomeoneWasFaster
from cases.forms.lesions import LesionForm, SizeForm
from cases.models import Case, Lesion
from cases.permissions import Permission
from cases.queries import lesion_page as pages
from cases.queries.lesion_rows import lesions_of
from cases.queries.lesions import studies_of
from cases.services import disease
from cases.views._looking import looked_at
from cases.views._recording import case_to_record_on
from cases.vocabulary import CaseStatus, Known, Segment
from tumorboard.once import once


@require_GET
def lesions(request, pk):
    """The map beside the grid. A segment adds a lesion or shows those in it, as the switch says."""
    visible = Case.objects.visible_to(request.user).select_related("board", "patient")
    case = get_object_or_404(visible, pk=pk)
    granted = permissions.granted(request.user, board=case.board)
    may_record = Permission.RECORD_FACTS in granted and case.status != CaseStatus.WITHDRAWN
    segment = _segment(request)
    adding = may_record and not segment and request.GET.get("do") != "show"
    page = pages.lesions_page(case, user=request.user, segment=segment, sits=Permission.VIEW_BOARD in granted)
    looked_at(request, case)
    here = reverse("cases:lesions", args=[case.pk])
    add_here = reverse("cases:new-lesion", args=[case.pk])
    context = {
        "case": case,
        "page": page,
        "may_record": may_record,
        "adding": adding,
        "segment_link": f"{add_here if adding else here}?segment=",
        "lesion_link": "#lesion-",
    }
    return render(request, "lesions/page.html", context)


@require_http_methods(["GET", "POST"])
@once
def new_lesion(request, pk):
    case = case_to_record_on(request, pk)
    segment = _segment(request)
    started = {"segments": [segment] if segment else [], "viable": Known.YES}
    return _describe(request, case, None, started)


@require_http_methods(["GET", "POST"])
def lesion(request, pk, number):
    """One lesion through time. `?size=` opens one of its sizes to be corrected."""
    case = case_to_record_on(request, pk)
    known = get_object_or_404(Lesion, case=case, number=number)
    if known.withdrawn_at:
        looked_at(request, case)
        return render(request, "lesions/withdrawn.html", {"case": case, "page": pages.one_lesion(known)})
    return _describe(request, case, known, pages.as_described(known))


def _describe(request, case: Case, known: Lesion | None, started: dict) -> HttpResponse:
    page = pages.one_lesion(known) if known else None
    look = page.look(_uuid(request.GET.get("size"))) if page else None
    typed = request.POST if request.method == "POST" else None
    studies = studies_of(case)
    form = LesionForm(typed, initial=started)
    size = SizeForm(
        typed,
        prefix="size",
        studies=studies,
        replaces=look.pk if look else None,
        initial=pages.as_measured(look, studies, page.days if page else ()),
    )
    context = {
        "case": case,
        "page": page,
        "form": form,
        "size": size,
        "look": look,
        "lesion": known,
        "drawn": lesions_of(case, plans={}).drawn,
        "hepatocellular": pages.is_hepatocellular(case),
    }
    if request.method == "POST":
        described = _described(request, case, known, form, size)
        if described:
            messages.success(request, f"{described.label}: recorded.")
            return redirect(f"{reverse('cases:lesions', args=[case.pk])}#lesion-{described.number}")
        context["differences"] = pages.differences(form, known)
        return render(request, "lesions/lesion.html", context, status=422)
    looked_at(request, case)
    return render(request, "lesions/lesion.html", context)


def _described(request, case: Case, known: Lesion | None, form: LesionForm, size: SizeForm) -> Lesion | None:
    both = [form.is_valid(), size.is_valid()]
    if not all(both):
        return None
    try:
        return disease.describe_lesion(
            case=case,
            number=known.number if known else None,
            seen=form.seen_wording,
            size=size.size,
            by=request.user,
            **form.described,
        )
    except DomainError as error:
        form.refuse(error)
        form.was_overtaken = isinstance(error, SomeoneWasFaster)
        return None


def _segment(request) -> str:
    asked = request.GET.get("segment", "")
    return asked if asked in Segment.values else ""


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
