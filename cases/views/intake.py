"""How does a coordinator bring a table in: upload, answer what is doubtful, import, read the outcome?"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.domain.errors import DomainError, Refused
from cases.exchange import csv_reading
from cases.forms.intake import AnswerForm, ColumnsForm, UploadForm
from cases.models import ImportRun, TumorBoard
from cases.models.intake import RunStatus
from cases.permissions import Permission, roles_granting
from cases.queries.intake import outcomes, plan_of, previews, question_groups
from cases.services import intake
from cases.views._limits import limited
from cases.views._parts import render_part
from tumorboard.audit import trail
from tumorboard.once import once

NEWEST = 50
PAGE = "intake/run.html"


@require_http_methods(["GET", "POST"])
@limited("import", method="POST")
@once
def imports(request):
    """The board's imports so far, and a form for the next."""
    boards = _boards(request.user)
    if not boards:
        raise PermissionDenied("Only coordinators import cases.")
    if request.method == "GET":
        return _imports_page(request, UploadForm(boards=boards))
    form = UploadForm(request.POST, request.FILES, boards=boards)
    if form.is_valid():
        said = form.cleaned_data
        try:
            run = intake.check(
                board=said["board"],
                file_name=said["file"].name,
                data=said["file"].read(),
                profile=said["mapping"],
                taken_on=said["taken_on"],
                by=request.user,
            )
        except DomainError as error:
            form.refuse(error, field="file")
        else:
            return redirect("cases:import-run", pk=run.pk)
    return _imports_page(request, form, status=422)


def _imports_page(request, form, *, status=200):
    runs = ImportRun.objects.visible_to(request.user).defer("content", "report", "decisions")
    newest = runs.select_related("board", "created_by").order_by("-created_at")[:NEWEST]
    return render(request, "intake/list.html", {"form": form, "runs": newest}, status=status)


def _boards(user):
    seats = user.memberships.current().with_role(*roles_granting(Permission.IMPORT_CASES))
    return TumorBoard.objects.filter(is_active=True, pk__in=seats.values("board")).order_by("name")


@require_GET
def run(request, pk):
    """What would be created, then how far it has got, then what became of each row."""
    run = _run(request, pk)
    if not request.htmx:
        trail.record(actor=request.user, verb="import.viewed", subject=run, about=run.about)
    if run.status == RunStatus.CHECKED:
        return _checked_page(request, run)
    if run.is_under_way:
        return render_part(request, PAGE, "progress", {"run": run})
    return render_part(request, PAGE, "progress", {"run": run, "rows": outcomes(run)})


def _checked_page(request, run, *, refused=None, status=200):
    """`refused` is an answer that could not be taken; it is shown with what was chosen."""
    try:
        plan = plan_of(run, today=_today(run))
    except Refused as error:
        messages.error(request, str(error))
        return redirect("cases:import-columns", pk=run.pk)
    forms = [AnswerForm(group=group) for group in question_groups(plan, run)]
    if refused:
        forms = [refused if form.group.key == refused.group.key else form for form in forms]
    context = {
        "run": run,
        "plan": plan,
        "notes": [*run.report.get("notes", []), *plan.notes],
        "forms": forms,
        "refused": refused,
        "open": sum(form.group.open for form in forms),
        "previews": previews(plan),
        "more": max(0, len(plan.to_create) - len(previews(plan))),
    }
    return render_part(request, PAGE, "report", context, status=status)


@require_POST
def answer(request, pk):
    """The answer to one question for a column, with its exceptions."""
    run = _run(request, pk)
    if run.status != RunStatus.CHECKED:
        return redirect("cases:import-run", pk=run.pk)
    form = AnswerForm(request.POST, group=_group(request, run))
    if form.is_valid():
        group = form.group
        try:
            intake.decide(run=run, column=group.column, kind=group.kind, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            run.refresh_from_db()
            return _checked_page(request, run) if request.htmx else _back_to(run, group.key)
    return _checked_page(request, run, refused=form, status=422)


def _group(request, run):
    wanted = request.POST.get("question", "")
    try:
        groups = question_groups(plan_of(run, today=_today(run)), run)
    except Refused:
        groups = []
    found = next((group for group in groups if group.key == wanted), None)
    if found is None:
        raise Http404
    return found


def _back_to(run, anchor: str):
    response = redirect("cases:import-run", pk=run.pk)
    response["Location"] += f"#{anchor}"
    return response


@require_http_methods(["GET", "POST"])
def columns(request, pk):
    """Which column of the file is which of the profile?"""
    run = _run(request, pk)
    if run.status != RunStatus.CHECKED:
        return redirect("cases:import-run", pk=run.pk)
    sheet = csv_reading.read_text(run.content)
    typed = request.POST if request.method == "POST" else None
    form = ColumnsForm(typed, profile=run.profile, headings=sheet.headings)
    if form.is_valid():
        try:
            intake.match_columns(run=run, by=request.user, **form.chosen())
        except DomainError as error:
            form.refuse(error)
        else:
            return redirect("cases:import-run", pk=run.pk)
    context = {"run": run, "form": form, "sheet": sheet, "first_rows": sheet.rows[:3]}
    return render(request, "intake/columns.html", context, status=200 if typed is None else 422)


@require_POST
def start(request, pk):
    run = _run(request, pk)
    try:
        intake.start(run=run, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("cases:import-run", pk=run.pk)


@require_POST
def discard(request, pk):
    run = _run(request, pk)
    try:
        intake.discard(run=run, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("cases:import-run", pk=run.pk)
    messages.success(request, "The file is thrown away. Nothing of it was stored.")
    return redirect("cases:imports")


def _run(request, pk) -> ImportRun:
    visible = ImportRun.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("board", "created_by", "started_by"), pk=pk)


def _today(run):
    return timezone.localdate(timezone=run.board.zone)
