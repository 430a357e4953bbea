"""How does the browser keep what is being typed?"""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases.domain.errors import DomainError
from cases.models import TumorBoard
from cases.services import draft as draft_room


@require_POST
def save(request, form, key):
    """Keep the raw form, valid or not. The answer says when, or why not."""
    try:
        kept = draft_room.save(
            form=form,
            key=key,
            payload=_payload(request),
            base_version=_base_version(request),
            by=request.user,
        )
    except DomainError as error:
        return JsonResponse({"error": str(error)}, status=422)
    at = kept.saved_at if kept else timezone.now()
    return JsonResponse({"saved": f"{timezone.localtime(at, _zone(request.user)):%H:%M}"})


@require_POST
def discard(request, form, key):
    draft_room.discard(form=form, key=key, by=request.user)
    messages.success(request, "The draft is gone.")
    return redirect("cases:today")


def _zone(user):
    """People work in the time zone of their board."""
    board = TumorBoard.objects.filter(memberships__user=user, memberships__ended_at=None).first()
    return board.zone if board else None


def _payload(request) -> dict[str, list[str]]:
    return {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}


def _base_version(request) -> int:
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
