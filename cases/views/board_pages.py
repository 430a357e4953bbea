"""On which pages does a board look at its cases? Today, the list, one case, and its past."""

from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from cases import permissions
from cases.models import Case
from cases.permissions import Permission
from cases.queries import case_page as page_query
from cases.queries import history as past
from cases.queries import today as today_query
from cases.queries import worklist as list_query
from cases.queries.worklist import Filters
from cases.views._limits import limited
from cases.views._looking import looked_at
from cases.views._worklist import bar
from cases.views.shell import shell_of
from tumorboard.audit import trail

SEARCHED = "searched"  # the key in the session
LONGEST_SEARCH = 100


@require_GET
def today(request):
    page = today_query.today(request.user, seats=shell_of(request).seats, now=timezone.now())
    return render(request, "case/today.html", {"page": page})


@require_GET
def worklist(request):
    words = request.session.get(SEARCHED, "") if "search" in request.GET else ""
    filters = Filters.read(request.GET, words=words)
    page = list_query.worklist(request.user, filters, seats=shell_of(request).seats, now=timezone.now())
    if words:
        trail.record_each(actor=request.user, verb="case.found", subjects=page.page.object_list)
    return render(
        request, "case/worklist.html", {"page": page, "bar": bar(page, request.GET), "searched": words}
    )


@require_POST
@limited("search")
def search(request):
    """Keep the words in the session and say in the address only that there are some.

    They are often a patient's name, and addresses are kept by browsers, proxies and logs.
    """
    words = request.POST.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    request.session[SEARCHED] = words
    exact = Case.objects.visible_to(request.user).filter(number__iexact=words).first() if words else None
    if exact is not None:
        return redirect("cases:case", pk=exact.pk)
    query = QueryDict(mutable=True)
    if words:
        query["search"] = "1"
    return redirect(f"{reverse('cases:worklist')}?{query.urlencode()}".rstrip("?"))


@require_GET
def case(request, pk):
    found = page_query.load(request.user, pk)
    looked_at(request, found)
    page = page_query.case_page(found, user=request.user, now=timezone.now())
    return render(request, "case/page.html", {"page": page, "asked_by": _asked_by(found)})


def _asked_by(found: Case) -> str:
    if found.referred_at is None:
        return f"Being written by {found.referred_by}."
    return f"Asked by {found.referred_by}, {found.referred_at.astimezone(found.board.zone):%d-%b-%Y}."


@require_GET
def history(request, pk):
    visible = Case.objects.visible_to(request.user).select_related("board", "patient")
    found = get_object_or_404(visible, pk=pk)
    looked_at(request, found)
    sits = permissions.may(request.user, Permission.VIEW_BOARD, board=found.board)
    told = past.history(
        found,
        user=request.user,
        sits=sits,
        with_reads=request.GET.get("reads") != "no",
        page=request.GET.get("page", "1"),
    )
    return render(request, "case/history.html", {"case": found, "history": told})
