"""Is this process alive, is the whole fit to serve, and what does an administrator see of it?"""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

from . import alarms
from .beat import NAME
from .models import Alarm, Lease, Matter
from .state import broker_answers, state_of_the_whole

ALARMS_SHOWN = 20


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


@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """For administrators; for all others there is no such page."""
    if not getattr(request.user, "is_staff", False):
        raise Http404
    now = timezone.now()
    wrong = alarms.found(now)
    counts = Message.objects.counts()
    context = {
        "wrong": {what.name: what.value in wrong for what in Matter},
        "lease": Lease.objects.filter(name=NAME).first(),
        "now": now,
        "worker_at": alarms.last_work(),
        "broker": broker_answers(),
        "oldest": Message.objects.oldest_due(now),
        "counts": [(state.label, counts[state.value]) for state in State],
        "alarms": Alarm.objects.order_by("-began_at")[:ALARMS_SHOWN],
    }
    return render(request, "health/page.html", context)
