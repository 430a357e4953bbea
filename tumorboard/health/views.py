"""Is this process alive, and is the whole fit to serve?"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from .state import state_of_the_whole


@never_cache
@login_not_required
def live(request: HttpRequest) -> JsonResponse:
    """Nothing is asked of others: a dead database is no reason to restart this process."""
    return JsonResponse({"status": "ok"})


@never_cache
@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    state = state_of_the_whole()
    return JsonResponse(state, status=503 if state["status"] == "failing" else 200)
