"""How is a decision read once it stands, and how do its versions differ?"""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases import permissions
from cases.forms.recommendation import AmendForm
from cases.models import Recommendation
from cases.permissions import Permission
from cases.queries.decision_standing import standing, versions_of
from cases.views._looking import looked_at


def decision_of_board(request, pk) -> Recommendation:
    visible = Recommendation.objects.visible_to(request.user).select_related(
        "case__board", "case__patient", "case__referred_by", "item__meeting__board", "signed_by"
    )
    return get_object_or_404(visible, pk=pk)


@require_GET
def decision(request, pk):
    """A decision as it stands. What is not signed yet goes on where it is made."""
    recommendation = decision_of_board(request, pk)
    board = recommendation.case.board
    if recommendation.signed_at is None and permissions.may(
        request.user, Permission.DRAFT_DECISION, board=board
    ):
        return redirect("cases:make-decision", pk=recommendation.item_id)
    return decision_page(request, recommendation, AmendForm())


def decision_page(
    request, recommendation: Recommendation, form: AmendForm, *, status: int = 200
) -> HttpResponse:
    case = recommendation.case
    looked_at(request, case)
    shown = standing(recommendation, user=request.user, now=timezone.now())
    context = {"shown": shown, "recommendation": recommendation, "case": case, "form": form}
    return render(request, "recommendation/decision.html", context, status=status)


@require_GET
def decision_versions(request, pk):
    """Each version beside the one before it, with the reason for the change."""
    recommendation = decision_of_board(request, pk)
    case = recommendation.case
    looked_at(request, case)
    context = {
        "recommendation": recommendation,
        "case": case,
        "versions": versions_of(recommendation, user=request.user),
    }
    return render(request, "recommendation/versions.html", context)
