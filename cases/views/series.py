"""By which rule do we meet, on which days not, and until when?"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.domain import series as rules
from cases.domain.errors import DomainError
from cases.forms.series import ChangeSeriesForm, DayForm, EndForm, NewSeriesForm, SeriesForm, as_it_is
from cases.models import MeetingSeries, TumorBoard
from cases.permissions import Permission, require
from cases.queries.meetings import boards_to_schedule
from cases.queries.series import all_series, next_dates, series_page
from cases.services.meeting import series as service
from cases.services.meeting.series import Outcome

NAMED = 3  # days that a message names; the page shows the others


@require_GET
def all_of_them(request):
    page = all_series(request.user, now=timezone.now())
    return render(request, "series/list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def new(request):
    boards = _boards(request)
    initial = {"how": "WEEKLY", "on_holidays": "SKIP"}
    form = NewSeriesForm(request.POST or None, boards=boards, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            outcome = service.begin(
                board=typed["board"], first_on=typed["first_on"], by=request.user, **form.said
            )
        except DomainError as error:
            form.refuse(error)
        else:
            return _done(request, outcome)
    context = {"form": form, "dates": _dates(form, _chosen(form))}
    return render(request, "series/form.html", context, status=422 if form.is_bound else 200)


@require_POST
def dates(request):
    """The next days of the rule as it is being typed; nothing is written."""
    boards = _boards(request)
    form = NewSeriesForm(request.POST, boards=boards)
    return render(request, "series/dates.html", {"dates": _dates(form, _chosen(form))})


def _chosen(form: NewSeriesForm) -> TumorBoard | None:
    return form.cleaned_data["board"] if form.is_valid() else None


@require_POST
def dates_then(request, pk):
    """The same for a series that is being changed: its own meetings make room."""
    shown = _changeable(request, pk)
    form = ChangeSeriesForm(request.POST)
    context = {"dates": _dates(form, shown.board, instead_of=shown), "series": shown}
    return render(request, "series/dates.html", context)


def _dates(form: SeriesForm, board: TumorBoard | None, *, instead_of: MeetingSeries | None = None):
    """None until enough is typed to say on which days."""
    if board is None or not form.is_valid():
        return None
    first_on = form.cleaned_data["first_on"]
    left_out = [day for day in instead_of.exceptions if day >= first_on] if instead_of else []
    typed = MeetingSeries(board=board, first_on=first_on, exceptions=left_out, **form.said)
    return {
        "words": rules.read(typed.rule).words,
        "lines": next_dates(typed, now=timezone.now(), instead_of=instead_of),
        "zone": board.time_zone,
    }


@require_GET
def series(request, pk):
    return _page(request, _of(request, pk))


@require_http_methods(["GET", "POST"])
def change(request, pk):
    shown = _changeable(request, pk)
    today = timezone.now().astimezone(shown.board.zone).date()
    form = ChangeSeriesForm(request.POST or None, initial=as_it_is(shown, today=today))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        told = {"version": typed["version"], "from_day": typed["first_on"], "by": request.user}
        try:
            outcome = service.change(series=shown, **told, **form.said)
        except DomainError as error:
            form.refuse(error)
        else:
            return _done(request, outcome)
    context = {"form": form, "series": shown, "dates": _dates(form, shown.board, instead_of=shown)}
    return render(request, "series/form.html", context, status=422 if form.is_bound else 200)


@require_POST
def leave_out(request, pk):
    return _day(request, pk, service.leave_out, "The series does not meet on {:%d-%b-%Y}.")


@require_POST
def take_in(request, pk):
    return _day(request, pk, service.take_in, "The series meets on {:%d-%b-%Y} again.")


def _day(request, pk, step, said: str):
    shown = _changeable(request, pk)
    form = DayForm(request.POST)
    if form.is_valid():
        try:
            step(series=shown, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, said.format(form.cleaned_data["day"]))
            return redirect("cases:series", pk=shown.pk)
    return _page(request, shown, refused=form, status=422)


@require_POST
def end(request, pk):
    shown = _changeable(request, pk)
    form = EndForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            told = {"version": typed["version"], "last_on": typed["day"], "by": request.user}
            outcome = service.end(series=shown, **told)
        except DomainError as error:
            form.refuse(error)
        else:
            return _done(request, outcome, f"The series ends on {typed['day']:%d-%b-%Y}.")
    return _page(request, shown, ending=form, status=422)


def _page(request, shown: MeetingSeries, *, status: int = 200, **more):
    page = series_page(shown, user=request.user, now=timezone.now())
    context = {"page": page, "series": shown, "ending": EndForm(initial={"version": shown.version}), **more}
    return render(request, "series/page.html", context, status=status)


def _done(request, outcome: Outcome, said: str = ""):
    """What was made, and what was not: the coordinator need not count."""
    made = outcome.made
    messages.success(request, said or f"{made} meeting{'' if made == 1 else 's'} made.")
    if outcome.skipped:
        days = [f"{one.day:%d-%b-%Y} ({one.why})" for one in outcome.skipped]
        messages.warning(request, f"Without a meeting: {_few(days)}.")
    if outcome.kept:
        zone = outcome.series.board.zone
        days = [f"{one.starts_at.astimezone(zone):%d-%b-%Y}" for one in outcome.kept]
        messages.warning(
            request, f"Announced, changed by hand or with cases, so left as they are: {_few(days)}."
        )
    return redirect("cases:series", pk=outcome.series.pk)


def _few(days: list[str]) -> str:
    more = len(days) - NAMED
    return ", ".join(days[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _boards(request) -> list[TumorBoard]:
    boards = boards_to_schedule(request.user)
    if not boards:
        raise PermissionDenied("Meetings are set by coordinators and chairs.")
    return boards


def _of(request, pk) -> MeetingSeries:
    visible = MeetingSeries.objects.visible_to(request.user).select_related("board")
    return get_object_or_404(visible, pk=pk)


def _changeable(request, pk) -> MeetingSeries:
    shown = _of(request, pk)
    require(request.user, Permission.SCHEDULE_MEETING, board=shown.board)
    return shown
