"""How is a list put in order from its page: by hand or as suggested, with a break, with who leaves early?"""

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from cases.domain import agenda as rules
from cases.domain.errors import DomainError
from cases.forms.arranging import BreakForm, LeaveForm, MinutesForm, OrderForm
from cases.forms.meeting import ReasonForm
from cases.permissions import Permission, require
from cases.services import meeting as service
from cases.views._agenda import LEFT, done, item_of, meeting_of, page, pressed
from tumorboard.signed_in.limits import by_itself


@require_POST
def reorder(request, pk):
    """The whole order at once. Who saw an older list is shown the one there is."""
    shown = meeting_of(request, pk)
    form = OrderForm(request.POST)
    if not form.is_valid():
        return page(request, shown, arranging=form, status=422)
    said = form.cleaned_data
    order = {"meeting": shown, "version": said["version"], "order": said["order"], "by": request.user}
    if said["is_suggested"]:
        take = {**order, "break_after": said["break_after"]}
        return pressed(
            request, shown, lambda: service.take_order(**take), "The suggested order stands on the list."
        )
    return pressed(request, shown, lambda: service.reorder(**order), "The order is saved.")


@by_itself
@never_cache
@require_GET
def changed(request, pk):
    """Whether the list is still the one that the page shows; asked when something is heard of it."""
    shown = meeting_of(request, pk)
    seen = request.GET.get("version", "")
    context = {"meeting": shown, "is_changed": seen != str(shown.version)}
    return render(request, "meeting/changed.html", context)


@require_POST
def leave_order(request, pk):
    """The suggestion is declined: it does not come again until it is another one."""
    shown = meeting_of(request, pk)
    require(request.user, Permission.LIST_CASE, board=shown.board)
    declined = {str(shown.pk): request.POST.get("key", "")[:16]}
    request.session[LEFT] = {**request.session.get(LEFT, {}), **declined}
    return done(request, shown, "The order stays as it is.")


@require_POST
def plan_minutes(request, pk):
    shown = meeting_of(request, pk)
    form = MinutesForm(request.POST)
    if not form.is_valid():
        return page(request, shown, arranging=form, status=422)
    planned = {**form.cleaned_data, "meeting": shown, "by": request.user}
    return pressed(request, shown, lambda: service.plan_minutes(**planned), "The minutes are planned.")


@require_POST
def set_break(request, pk):
    shown = meeting_of(request, pk)
    form = BreakForm(request.POST)
    if form.is_valid():
        try:
            service.set_break(meeting=shown, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error, field="after")
        else:
            return done(request, shown, "The break is set." if form.cleaned_data["after"] else "No break.")
    return page(request, shown, breaking=form, status=422)


@require_POST
def leaves_early(request, pk):
    """Until when a discipline stays; without a time, to the end."""
    shown = meeting_of(request, pk)
    form = LeaveForm(request.POST)
    if form.is_valid():
        who = {"meeting": shown, "specialty": form.cleaned_data["specialty"], "by": request.user}
        try:
            _say_when(form.cleaned_data["leaves_at"], shown, who)
        except DomainError as error:
            form.refuse(error, field="leaves_at")
        else:
            return done(request, shown, "Noted.")
    return page(request, shown, leaving=form, status=422)


def _say_when(clock, shown, who: dict) -> None:
    if clock is None:
        service.stays_to_the_end(**who)
        return
    at = rules.next_on_the_wall(shown.starts_at, clock, zone=shown.board.zone)
    service.leaves_early(leaves_at=at, **who)


@require_POST
def pull_back(request, pk):
    """From the list, or from the live screen, to which `back=hold` returns."""
    item = item_of(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            service.pull_back(item=item, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            if request.POST.get("back") == "hold":
                return redirect("cases:hold-meeting", pk=item.meeting_id)
            return done(request, item.meeting, f"{item.case} is to be discussed.")
    return page(request, item.meeting, pulling=form, pulled=item, status=422)
