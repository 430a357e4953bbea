"""What is owed by whom, one button to chase them, and what they said."""

from typing import Any

from csp.decorators import csp
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods

from cases import permissions
from cases.domain.errors import DomainError
from cases.forms.chasing import ChaseForm, NoteForm
from cases.models import SpecialistInput
from cases.permissions import Permission
from cases.queries.chase_log import notes_on
from cases.queries.chase_page import NOT_LISTED, ChasePage, Filters, chase_page
from cases.services import chasing as service
from cases.templatetags.ui import day
from cases.views.messages import MAIL_POLICY, shows_a_mail
from cases.views.shell import shell_of
from tumorboard.once import once

OF_THE_FILTERS = ("board", "meeting", "owed", "who", "late")
FEW = 3  # e-mails that are shown open, one below the other


@require_GET
def chase(request):
    _require_chasing(request)
    page = chase_page(request.user, Filters.read(request.GET), now=timezone.now())
    return render(request, "chase/page.html", {"page": page, "bar": _bar(page)})


@require_http_methods(["GET", "POST"])
@shows_a_mail
def send(request):
    """The e-mails as they would leave; a POST sends them."""
    _require_chasing(request)
    form = ChaseForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        messages.error(request, "Nobody is chosen. Choose whom to chase.")
        return redirect(_back(request))
    if request.method == "POST":
        try:
            sent = service.chase(by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _said(sent, form.cleaned_data["people"]))
            return redirect(_back(request))
    return _preview(request, form)


def _preview(request, form: ChaseForm) -> HttpResponse:
    mails = service.prepare(people=form.cleaned_data["people"], by=request.user)
    context = {
        "mails": mails,
        "recent": sum(mail.just_chased for mail in mails),
        "later": next((mail for mail in mails if mail.leaves_at), None),
        "few": len(mails) <= FEW,
        "seen": service.mark_of(mails),
        "form": form,
        "again": form.cleaned_data.get("again", ()),
        "back": _back(request),
        "kept": _kept(request),
    }
    return render(request, "chase/send.html", context, status=422 if form.errors else 200)


@require_GET
@xframe_options_sameorigin
@csp(MAIL_POLICY)
def mail(request, board, person):
    """One of them as a mail program shows it."""
    _require_chasing(request)
    mails = service.prepare(people=[(board, person)], by=request.user)
    if not mails:
        raise Http404
    return HttpResponse(mails[0].entry.html)


@require_http_methods(["GET", "POST"])
@once
def note(request, pk):
    """In its row; without htmx on the whole page."""
    visible = SpecialistInput.objects.visible_to(request.user).select_related("case__board", "asked_of")
    wanted = get_object_or_404(visible, pk=pk)
    permissions.require(request.user, Permission.ASK_FOR_INPUT, board=wanted.case.board)
    if "shut" in request.GET:
        return _notes(request, wanted, None)
    form = NoteForm(request.POST if request.method == "POST" else None, auto_id=f"note-{wanted.pk}-%s")
    if form.is_valid():
        try:
            service.note(input=wanted, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error, field="words")
        else:
            return _noted(request, wanted)
    return _notes(request, wanted, form, status=422 if form.errors else 200)


def _noted(request, wanted: SpecialistInput) -> HttpResponse:
    if request.htmx:
        return _notes(request, wanted, None)
    messages.success(request, f"Noted for {wanted.case.number}.")
    return redirect("cases:chase")


def _notes(request, wanted: SpecialistInput, form: NoteForm | None, *, status: int = 200) -> HttpResponse:
    """The cell of a row, or for a browser without scripts a page of its own."""
    context = {
        "input": wanted,
        "case": wanted.case,
        "notes": notes_on([wanted.pk]).get(wanted.pk, []),
        "form": form,
        "is_new": request.method == "POST" and form is None,
    }
    template = "chase/notes.html" if request.htmx else "chase/note.html"
    return render(request, template, context, status=status)


def _require_chasing(request) -> None:
    if not shell_of(request).seats.may(Permission.ASK_FOR_INPUT):
        raise PermissionDenied("Coordinators and chairs chase what is owed.")


def _said(sent: list[service.Mail], people: set) -> str:
    names = ", ".join(dict.fromkeys(str(mail.debts[0].who) for mail in sent))
    left_out = len(people) - len(sent)
    more = f" {left_out} left out: chased already, or nothing owed any more." if left_out else ""
    return f"On its way to {names}.{more}"


# -- the address --------------------------------------------------------------------------------------------


def _kept(request) -> list[tuple[str, str]]:
    """The filters of the list from which somebody came, to go back to it."""
    said = request.POST if request.method == "POST" else request.GET
    return [(name, said[name]) for name in OF_THE_FILTERS if said.get(name)]


def _back(request) -> str:
    return _address(dict(_kept(request)))


def _address(filters: dict[str, str]) -> str:
    return f"{reverse('cases:chase')}?{_encoded(filters)}".rstrip("?")


def _encoded(filters: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update(filters)
    return query.urlencode()


def _bar(page: ChasePage) -> dict[str, Any]:
    said = {name: value for name in OF_THE_FILTERS if (value := getattr(page.filters, name))}
    rest = {name: value for name, value in said.items() if name != "late"}
    meetings = [(str(one.pk), _meeting(one, page)) for one in page.meetings]
    options: dict[str, tuple[str, list]] = {
        "meeting": ("Meeting", [*meetings, (NOT_LISTED, "not listed")]),
        "owed": ("Discipline", [(one.value, one.label) for one in page.disciplines]),
        "who": ("Person", [(str(one.who.pk), f"{one.who} ({one.many})") for one in page.people]),
    }
    if len(page.boards) > 1:
        options["board"] = ("Board", [(str(one.pk), one.name) for one in page.boards])
    return {
        "filters": [
            {"name": name, "label": label, "value": said.get(name, ""), "options": choices}
            for name, (label, choices) in options.items()
        ],
        "views": [
            ("All", page.counts["all"], _address(rest), not page.filters.late),
            ("Overdue", page.counts["late"], _address(rest | {"late": "1"}), bool(page.filters.late)),
        ],
        "keep": [("late", "1")] if page.filters.late else [],
        "kept": _encoded(said),
        "total": f"{page.people_to_chase} {'person' if page.people_to_chase == 1 else 'people'} to chase",
        "clear": reverse("cases:chase"),
        "clear_url": reverse("cases:chase") if page.filters.is_narrowed else "",
    }


def _meeting(meeting, page: ChasePage) -> str:
    on = day(meeting.starts_at.astimezone(meeting.board.zone).date())
    return f"{on}, {meeting.board}" if len(page.boards) > 1 else on
