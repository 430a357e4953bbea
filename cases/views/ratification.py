"""A decision made without a discipline: read it, and stand by it or object."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from cases.domain.errors import DomainError
from cases.forms.ratification import AnswerForm
from cases.models import Ratification, TumorBoard
from cases.notices.ratification import read_token
from cases.queries.ratification import ratification_page
from cases.services import pathway
from cases.services import ratification as service
from cases.views._looking import looked_at


@never_cache
@require_http_methods(["GET", "POST"])
def ratification(request, pk):
    one = _ratification(request, pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "GET":
        return _page(request, one, form)
    if form.is_valid():
        try:
            pathway.answer_ratification(ratification=one, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, f"Your answer to {one.recommendation.case} is recorded.")
            return redirect("cases:ratification", pk=one.pk)
    one.refresh_from_db()
    return _page(request, one, form, status=422)


@never_cache
@require_GET
def ratify(request, token):
    """From the e-mail. Whoever else holds the link, and whoever changed it, finds nothing here."""
    known = read_token(token)
    if known is None or known[1] != request.user.pk:
        raise Http404
    return redirect("cases:ratification", pk=_ratification(request, known[0]).pk)


def _ratification(request, pk) -> Ratification:
    # What a discipline says to the board is the board's own: a referrer reads the decision, not this.
    boards = TumorBoard.objects.seated(request.user).values("pk")
    visible = Ratification.objects.visible_to(request.user).filter(recommendation__case__board__in=boards)
    loaded = visible.select_related(
        "asked_of",
        "answered_by",
        "recommendation__signed_by",
        "recommendation__case__board",
        "recommendation__case__patient",
        "recommendation__item__meeting__board",
    )
    return get_object_or_404(loaded.exclude(recommendation__signed_at=None), pk=pk)


def _page(request, one: Ratification, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    case = one.recommendation.case
    looked_at(request, case)
    page = ratification_page(
        one,
        may_answer=service.may_answer(one, by=request.user),
        today=timezone.now().astimezone(case.board.zone).date(),
    )
    context = {"page": page, "one": one, "case": case, "board": case.board, "form": form}
    return render(request, "ratification/page.html", context, status=status)
