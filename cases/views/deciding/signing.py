"""How does the chair confirm what was read back to the room, sign it, and begin to amend what was signed?"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases.domain.errors import DomainError
from cases.forms.recommendation import AmendForm
from cases.models import Recommendation
from cases.queries.decision_making import making
from cases.services import pathway
from cases.services import recommendation as decision_room
from cases.views.deciding.making import side
from cases.views.deciding.saving import back, by_script, number_of
from cases.views.deciding.standing import decision_of_board, decision_page


@require_POST
def confirm_decision(request, pk):
    """The room has heard it and agrees."""
    recommendation = decision_of_board(request, pk)
    refused = ""
    try:
        decision_room.confirm_read_back(
            recommendation=recommendation, version=number_of(request.POST.get("version")), by=request.user
        )
    except DomainError as error:
        refused = str(error)
    if by_script(request):
        return _side(request, recommendation, refused)
    if refused:
        messages.error(request, refused)
    return redirect(back(request, recommendation.item, anchor="read-back"))


def _side(request, recommendation: Recommendation, refused: str) -> HttpResponse:
    item = recommendation.item
    item.case = recommendation.case
    room = making(item, user=request.user, now=timezone.now())
    return side(request, room, status=409 if refused else 200, refused=refused)


@require_POST
def sign_decision(request, pk):
    """Sign what was read back and confirmed, unchanged."""
    recommendation = decision_of_board(request, pk)
    version = number_of(request.POST.get("version"))
    try:
        pathway.sign_off(recommendation=recommendation, version=version, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("cases:make-decision", pk=recommendation.item_id)
    messages.success(request, "The decision is signed. The owners are told; the letters wait for approval.")
    return redirect("cases:decision", pk=recommendation.pk)


@require_POST
def amend_decision(request, pk):
    """A new version to write on; what was signed stands until the new one is signed."""
    recommendation = decision_of_board(request, pk)
    form = AmendForm(request.POST)
    if form.is_valid():
        try:
            decision_room.begin_amendment(
                recommendation=recommendation, reason=form.cleaned_data["reason"], by=request.user
            )
        except DomainError as error:
            form.refuse(error)
        else:
            return redirect("cases:make-decision", pk=recommendation.item_id)
    return decision_page(request, recommendation, form, status=422)
