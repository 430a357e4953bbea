"""How does the page look on which a decision is written, and each of its parts?"""

import json

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases import permissions
from cases.domain.errors import DomainError
from cases.models import AgendaItem, Draft
from cases.permissions import Permission
from cases.queries.decision import in_force
from cases.queries.decision_making import Making, making
from cases.queries.memory import record_of
from cases.queries.suggestions import suggestions_for
from cases.services import recommendation as decision_room
from cases.services.recommendation.writing import require_before_the_board
from cases.views._looking import looked_at
from cases.views.deciding.parts import Part, Parts, beside_theirs, kept_typing
from cases.vocabulary import ActionKind
from tumorboard.signed_in.limits import by_itself

PAGE = "recommendation/make.html"
PART = "recommendation/parts/part.html"
SIDE = "recommendation/side.html"
KEPT = "Somebody else had changed this when you saved. Your words were kept."


def room_of(request, pk) -> Making:
    visible = AgendaItem.objects.visible_to(request.user).select_related(
        "meeting__board", "case__board", "case__patient", "case__referred_by"
    )
    item = get_object_or_404(visible, pk=pk)
    permissions.require(request.user, Permission.DRAFT_DECISION, board=item.meeting.board)
    return making(item, user=request.user, now=timezone.now())


@require_GET
def make_decision(request, pk):
    """Everybody writes on the same page, each part by itself."""
    room = room_of(request, pk)
    if room.recommendation is None:
        if standing := in_force(room.item):
            return redirect("cases:decision", pk=standing.pk)
        try:
            require_before_the_board(room.item)
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("cases:case", pk=room.case.pk)
    looked_at(request, room.case)
    return page(request, room, _kept(request, room))


def _kept(request, room: Making) -> dict[str, Part]:
    """The parts in which this person's words still stand beside somebody else's."""
    mine = Draft.objects.visible_to(request.user).filter(
        form=decision_room.FORM, key__startswith=f"{room.item.pk}:"
    )
    parts, found = Parts(room), {}
    for name, typed in kept_typing(mine).items():
        theirs = parts.named(name)
        part = parts.named(name if theirs else f"{name.partition('-')[0]}-new", typed)
        if part and typed:
            found[part.name] = beside_theirs(part, theirs, KEPT)
    return found


def page(request, room: Making, instead: dict[str, Part] | None = None, *, status: int = 200) -> HttpResponse:
    """`instead`: parts that show what was typed and not what stands in the record."""
    parts, instead = Parts(room), instead or {}
    shown = {part.name: instead.get(part.name, part) for part in parts.all()}
    new = [part for name, part in instead.items() if name not in shown]
    context = {
        **side_context(room, parts),
        "shown": {name: part for name, part in shown.items() if "-" not in name},
        **{
            kind: [shown[name] for name in names if name in shown]
            + [one for one in new if one.name[0] == kind[0]]
            for kind, names in parts.lists.items()
        },
        "spare": [parts.action(None)],
        "spare_dissent": [parts.dissent()],
        "suggestions": suggestions_for(room.item, room.recommendation),
        "problems": [problem for part in instead.values() for problem in part.problems],
    }
    return render(request, PAGE, context, status=status)


def side_context(room: Making, parts: Parts, **more) -> dict:
    return {
        "room": room,
        "item": room.item,
        "case": room.case,
        "checks": [(check, parts.place(check.field)) for check in room.checks],
        "state": json.dumps({"versions": parts.versions, "lists": parts.lists, "needs": parts.needs}),
        **more,
    }


@require_GET
def read_back(request, pk):
    """The paragraph as it stands, what is lacking, and the version of every part."""
    room = room_of(request, pk)
    return side(request, room)


def side(request, room: Making, *, status: int = 200, **more) -> HttpResponse:
    return render(request, SIDE, side_context(room, Parts(room), **more), status=status)


@by_itself
@require_GET
def decision_part(request, pk, part):
    """One part as it stands in the record."""
    room = room_of(request, pk)
    if part == "suggestions":
        found = suggestions_for(room.item, room.recommendation)
        return render(
            request, "recommendation/parts/suggestions.html", {"item": room.item, "suggestions": found}
        )
    if part == "here":
        who = {"there": room.there, "guests": room.guests, "absent": room.absent}
        return render(request, "recommendation/_attendance.html", who)
    if part == "memory":
        return _memory(request, room)
    found = Parts(room).named(part)
    if found is None:
        raise Http404
    return show_part(request, room, found)


def _memory(request, room: Making) -> HttpResponse:
    """What became of such actions on this board before."""
    kind = request.GET.get("kind", "")
    if kind not in ActionKind.values:
        raise Http404
    memory = record_of(room.item.meeting.board, kind, _disease(room))
    context = {"memory": memory, "kind": ActionKind(kind).label}
    return render(request, "recommendation/parts/memory.html", context)


def _disease(room: Making) -> str:
    diagnosis = getattr(room.case, "diagnosis", None)
    return diagnosis.primary_site if diagnosis else ""


def show_part(request, room: Making, part: Part, *, status: int = 200) -> HttpResponse:
    return render(request, PART, {"part": part, "room": room, "item": room.item}, status=status)
