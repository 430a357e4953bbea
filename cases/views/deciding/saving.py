"""How is one part of a decision written, and what does whoever was slower see?"""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases.domain.errors import DomainError, Refused, SomeoneWasFaster
from cases.queries.decision_making import Making
from cases.services import draft as draft_room
from cases.services import recommendation as decision_room
from cases.services.recommendation.writing import key_of
from cases.views.deciding.making import page, room_of, show_part
from cases.views.deciding.parts import Part, Parts, beside_theirs
from tumorboard.once import once

Write = Callable[[object, Part], str]  # the decision and the part; answers the name of what was written


def by_script(request) -> bool:
    """Only the part is wanted, not the page."""
    return request.headers.get("X-Requested-With") == "fetch" or bool(request.htmx)


@require_POST
def save_section(request, pk, section):
    room = room_of(request, pk)
    if section not in Parts(room).versions or "-" in section:
        raise Http404

    def write(recommendation, part: Part) -> str:
        form = part.form
        decision_room.save_section(
            recommendation=recommendation,
            section=section.upper(),
            version=form.read_version,
            values=form.said,
            by=request.user,
        )
        return section

    return _write(request, room, section, write)


@require_POST
def save_plan(request, pk):
    room = room_of(request, pk)
    seen = next((one for one in room.to_plan if str(one.lesion.pk) == request.POST.get("row")), None)
    if seen is None:
        raise Http404

    def write(recommendation, part: Part) -> str:
        form = part.form
        decision_room.save_plan(
            recommendation=recommendation,
            lesion=seen.lesion,
            version=form.read_version,
            **form.said,
            by=request.user,
        )
        return part.name

    return _write(request, room, f"plan-{seen.label}", write)


@require_POST
@once
def save_action(request, pk):
    room = room_of(request, pk)

    def write(recommendation, part: Part) -> str:
        seen = part.row["seen"]
        if seen is None and part.form.is_blank:
            raise Refused("Say what is to be done.")
        saved = decision_room.save_action(
            recommendation=recommendation,
            action=seen.action if seen else None,
            version=part.form.read_version,
            said=part.form.planned,
            by=request.user,
        )
        return f"action-{saved.pk}"

    return _write(request, room, _row(request, "action"), write)


@require_POST
@once
def save_dissent(request, pk):
    room = room_of(request, pk)

    def write(recommendation, part: Part) -> str:
        saved = decision_room.save_dissent(
            recommendation=recommendation,
            dissent=part.row,
            version=part.form.read_version,
            reason=part.form.said["reason"],
            who=part.form.person,
            by=request.user,
        )
        return f"dissent-{saved.pk}"

    return _write(request, room, _row(request, "dissent"), write)


def _row(request, kind: str) -> str:
    return f"{kind}-{request.POST.get('row') or 'new'}"


def _write(request, room: Making, name: str, write: Write) -> HttpResponse:
    parts = Parts(room)
    part = parts.named(name, request.POST)
    if part is None:
        return _removed_meanwhile(request, room, name)
    if "take" in request.POST:
        draft_room.discard(form=decision_room.FORM, key=key_of(room.item.pk, part.key), by=request.user)
        return _answer(request, name)
    if not part.form.is_valid():
        return _refuse(request, room, part, status=422)
    try:
        recommendation = decision_room.begin(item=room.item, by=request.user)
        written = write(recommendation, part)
    except SomeoneWasFaster as error:
        room = room_of(request, room.item.pk)
        theirs = Parts(room).named(name)
        return _refuse(request, room, beside_theirs(part, theirs, str(error)), status=409)
    except DomainError as error:
        part.form.refuse(error)
        return _refuse(request, room, part, status=422)
    return _answer(request, written)


def _removed_meanwhile(request, room: Making, name: str) -> HttpResponse:
    """What was typed is shown as a new row, to be kept or not."""
    part = Parts(room).named(f"{name.partition('-')[0]}-new", request.POST)
    if part is None or "take" in request.POST:
        return _answer(request, "")
    words = "Somebody else has removed this meanwhile. Keep yours to have it back."
    return _refuse(request, room, beside_theirs(part, None, words), status=409)


def _refuse(request, room: Making, part: Part, *, status: int) -> HttpResponse:
    if by_script(request):
        return show_part(request, room, part, status=status)
    return page(request, room, {part.name: part}, status=status)


def _answer(request, name: str) -> HttpResponse:
    """The part as it stands now; without scripts, the page where it stands."""
    room = room_of(request, request.resolver_match.kwargs["pk"])
    if not by_script(request):
        return redirect(back(request, room.item, anchor=name))
    part = Parts(room).named(name)
    return show_part(request, room, part) if part else HttpResponse(status=204)


def back(request, item, *, anchor: str = "") -> str:
    """To the page of the decision, or to the live screen from which it was sent."""
    if request.POST.get("next") == "hold":
        return reverse("cases:hold-meeting", args=[item.meeting_id])
    return reverse("cases:make-decision", args=[item.pk]) + (f"#{anchor}" if anchor else "")


@require_POST
def remove_action(request, pk):
    return _on_row(request, pk, "action", decision_room.remove_action)


@require_POST
def remove_dissent(request, pk):
    return _on_row(request, pk, "dissent", decision_room.remove_dissent)


def _on_row(request, pk, kind: str, remove) -> HttpResponse:
    room = room_of(request, pk)
    part = Parts(room).named(_row(request, kind))
    if part is None or part.is_new:
        return _answer(request, "")  # somebody else has removed it: it is gone, as was wished
    row = part.row["seen"].action if kind == "action" else part.row
    try:
        remove(**{kind: row}, version=number_of(request.POST.get("version")), by=request.user)
    except DomainError as error:
        return _told(request, room, part, error)
    return _answer(request, "")


@require_POST
def move_action(request, pk):
    room = room_of(request, pk)
    part = Parts(room).named(_row(request, "action"))
    if part is None or part.is_new:
        raise Http404
    try:
        decision_room.move_action(action=part.row["seen"].action, up="up" in request.POST, by=request.user)
    except DomainError as error:
        return _told(request, room, part, error)
    return _answer(request, part.name)


@require_POST
def take_suggestion(request, pk):
    room = room_of(request, pk)
    try:
        recommendation = decision_room.begin(item=room.item, by=request.user)
        decision_room.take_suggestion(
            recommendation=recommendation,
            suggestion_id=request.POST.get("suggestion", ""),
            by=request.user,
        )
    except DomainError as error:
        if by_script(request):
            return HttpResponse(str(error), status=409, content_type="text/plain; charset=utf-8")
        messages.error(request, str(error))
    return _answer(request, "")


def _told(request, room: Making, part: Part, error: DomainError) -> HttpResponse:
    if by_script(request):
        part.faster = str(error)
        return show_part(request, room, part, status=409)
    messages.error(request, str(error))
    return redirect(back(request, room.item, anchor=part.name))


def number_of(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
