"""The meeting itself: one screen for each case, the same for everybody in the room."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from cases.forms.meeting import ReasonForm
from cases.models import AgendaItem, Case, Meeting
from cases.permissions import Permission, granted
from cases.queries.decision import possible_dissenters
from cases.queries.hold import Stage, said_of, stage_of
from cases.queries.hold_case import case_on_screen
from cases.queries.hold_decision import strip_of
from cases.queries.hold_list import list_of
from cases.views._looking import looked_at
from cases.views._room import Viewer, also_in_the_room, viewer_of
from tumorboard import live
from tumorboard.audit import trail
from tumorboard.signed_in.limits import by_itself


@also_in_the_room
@never_cache
@require_GET
def hold(request, pk):
    return screen(request, the_meeting(request, pk))


@by_itself
@also_in_the_room
@never_cache
@require_GET
def part(request, pk, part):
    """One part of the screen, asked for again when its content has changed."""
    if part not in PARTS or (viewer_of(request).room and part in OF_PEOPLE):
        raise Http404
    shown = the_meeting(request, pk)
    number = live.number_of(shown.about)
    if part in FOR_ALL:
        return HttpResponse(_alike(request, shown, part, number))
    if part == "said" and not _may_write(request, shown):
        return HttpResponse(_read_only(request, shown, number))
    stage = _stage_with_a_case(request, shown)
    if part in SHOWS_THE_CASE:
        _was_viewed(request, stage.item.case, shown)
    context = _context(request, stage) | _filled(request, stage, PARTS[part], number) | {"is_part": True}
    return render(request, f"meeting/hold_{part}.html", context)


def _alike(request, shown: Meeting, part: str, number: int | None) -> str:
    """Of forty screens that ask at once only the first looks the meeting up; who asks is known by then."""

    def draw() -> str:
        stage = _stage_with_a_case(request, shown)
        filled = _filled(request, stage, (part,), number)
        return f"{stage.item.case_id}|" + filled[f"drawn_{part}"] + filled.get("beside", "")

    case, _, drawn = live.shared(_key(request, shown, part), number, draw).partition("|")
    if part in SHOWS_THE_CASE:
        _was_viewed(request, Case(pk=UUID(case)), shown)
    return drawn


def _read_only(request, shown: Meeting, number: int | None) -> str:
    """What is said, for all who only read it: nothing of the person who asks is in it."""

    def draw() -> str:
        stage = _stage_with_a_case(request, shown)
        context = _context(request, stage) | _filled(request, stage, ("said",)) | {"is_part": True}
        return render_to_string("meeting/hold_said.html", context)

    return live.shared(_key(request, shown, "wall" if _is_wall(request) else "said"), number, draw)


def _may_write(request, shown: Meeting) -> bool:
    person = viewer_of(request).person
    return bool(person) and Permission.RUN_MEETING in granted(person, board=shown.board)


def _is_wall(request) -> bool:
    return "wall" in request.GET or viewer_of(request).room is not None


def _key(request, shown: Meeting, part: str) -> str:
    asked = [str(_id(request.GET.get(name)) or "") for name in ("item", "seen")]
    return f"hold:{part}:{shown.pk}:{':'.join(asked)}"


def screen(request, shown: Meeting, *, chosen: UUID | None = None, status: int = 200, **more):
    number = live.number_of(shown.about)
    stage = _stage(request, shown, chosen=chosen)
    fill = EVERYTHING if stage.item else ("people", "list")
    if stage.item:
        _was_viewed(request, stage.item.case, shown)
    context = _context(request, stage) | _filled(request, stage, fill) | {"live_number": number}
    opens = next((name for name in OVERLAYS if name in request.GET), "")
    context |= {"postponing": ReasonForm(), "opens": opens, **more}
    return render(request, "meeting/hold.html", context, status=status)


def the_meeting(request, pk) -> Meeting:
    visible = Meeting.objects.visible_to(viewer_of(request).user)
    return get_object_or_404(visible.select_related("board"), pk=pk)


def the_item(request, pk) -> AgendaItem:
    visible = AgendaItem.objects.visible_to(request.user).select_related("case__board", "meeting__board")
    return get_object_or_404(visible, pk=pk)


# What each part of the screen needs to be drawn.
FILLS: dict[str, Callable[[Viewer, Stage], Any]] = {
    "people": lambda viewer, stage: stage.room,
    "said": lambda viewer, stage: said_of(stage.item, user=viewer.person),
    "strip": lambda viewer, stage: stage.newest,
    "dissenters": lambda viewer, stage: list(possible_dissenters(stage.item)) if stage.may_decide else [],
    "list": lambda viewer, stage: list_of(stage),
}
# What everybody sees alike is drawn once for all screens that ask together.
FOR_ALL: dict[str, Callable[[Viewer, Stage], Any]] = {
    "case": lambda viewer, stage: {"shown": case_on_screen(stage.item, user=viewer.user, now=stage.now)},
    "decision": lambda viewer, stage: {"strip": strip_of(stage.item, stage.newest, now=stage.now)},
    "room": lambda viewer, stage: {"room": stage.room},
}
EVERYTHING = (*FILLS, *FOR_ALL)
PARTS: dict[str, tuple[str, ...]] = {
    "stage": EVERYTHING,
    "head": ("room",),
    "room": ("room",),
    "case": ("case",),
    "said": ("said",),
    "decision": ("decision",),
    "list": ("list",),
}
SHOWS_THE_CASE = {"stage", "case"}
# What only whoever may press something needs; the screen of a room is not given it.
OF_PEOPLE = ("people", "dissenters", "list")
# The strip's template ends with what stands in the overlay: drawn together, shown in two places.
OVERLAY = "<!--overlay-->"
BESIDE = '<div id="lv-readback" hx-swap-oob="innerHTML">{}</div>'
OVERLAYS = ("attendance", "list", "read-back")


def _stage(request, shown: Meeting, *, chosen: UUID | None = None) -> Stage:
    return stage_of(
        shown,
        user=viewer_of(request).person,
        now=timezone.now(),
        chosen=chosen or _id(request.GET.get("item")),
        seen=_id(request.GET.get("seen")),
    )


def _filled(request, stage: Stage, names: tuple[str, ...], number: int | None = None) -> dict[str, Any]:
    """With the number of the message that many screens answer to at once, what is alike is drawn once."""
    viewer = viewer_of(request)
    left_out = OF_PEOPLE if viewer.room else ()
    found = {name: FILLS[name](viewer, stage) for name in names if name in FILLS and name not in left_out}
    for name in names:
        if name in FOR_ALL:
            drawn, _, overlay = _for_all(request, stage, name, number).partition(OVERLAY)
            found[f"drawn_{name}"] = mark_safe(drawn)  # noqa: S308  a template made it
            if overlay:
                found["overlay"] = mark_safe(overlay)  # noqa: S308
                found["beside"] = format_html(BESIDE, found["overlay"])
    return found


def _for_all(request, stage: Stage, name: str, number: int | None) -> str:
    """Nothing of the person who asks is in it."""

    def draw() -> str:
        meeting, item = stage.meeting, stage.item
        context = {"meeting": meeting, "board": meeting.board, "item": item, "case": item.case}
        return render_to_string(
            f"meeting/hold_{name}.html", context | FOR_ALL[name](viewer_of(request), stage)
        )

    return live.shared(f"hold:{name}:{stage.item.pk}", number, draw)


def _context(request, stage: Stage) -> dict[str, Any]:
    return {
        "page": stage,
        "meeting": stage.meeting,
        "board": stage.meeting.board,
        "item": stage.item,
        "case": stage.item.case if stage.item else None,
        "is_wall": _is_wall(request),
        "room_screen": viewer_of(request).room,
    }


def _was_viewed(request, case: Case, shown: Meeting) -> None:
    if room := viewer_of(request).room:
        trail.record(
            actor=room.opened_by,
            verb="case.viewed",
            subject=case,
            about=case.about,
            meeting=str(shown.pk),
            room=str(room.pk),
        )
        return
    looked_at(request, case, meeting=str(shown.pk))


def _stage_with_a_case(request, shown: Meeting) -> Stage:
    stage = _stage(request, shown)
    if stage.item is None:
        raise Http404
    return stage


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
