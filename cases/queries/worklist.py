"""Which cases, in which order, with what lacking? The list that a coordinator lives in.

Filters come from the address; the words that are searched for never stand there, because they are often a
patient's name: the view takes them from the session.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery

from cases.domain import lifecycle
from cases.domain.picture import Picture
from cases.domain.readiness import Readiness, State
from cases.models import AgendaItem, Case, Meeting
from cases.models.follow_up import actions
from cases.permissions import Permission
from cases.queries import case_course as course
from cases.queries.picture import pictures_of
from cases.queries.readiness import counting, judge
from cases.queries.recorded import with_inputs
from cases.queries.shell import Seats, owed_inputs
from cases.queries.worklist_row import Row
from cases.vocabulary import CaseStatus, ItemStatus, PrimarySite, Specialty

A_PAGE = 50
Pictures = dict[UUID, Picture]
PREPARING = (CaseStatus.PREPARING, CaseStatus.LISTED)
ON_A_LIST = (ItemStatus.PLANNED, ItemStatus.OPEN)


class View(StrEnum):
    OPEN = "open"
    OWED = "owed"
    TRIAGE = "triage"
    BLOCKED = "blocked"
    NOT_DONE = "not-done"
    WITH_REFERRER = "with-referrer"
    ENDED = "ended"


LABELS = {
    View.OPEN: "Open",
    View.OWED: "I owe",
    View.TRIAGE: "To triage",
    View.BLOCKED: "Blocked",
    View.NOT_DONE: "Decided, not done",
    View.WITH_REFERRER: "With the referrer",
    View.ENDED: "Closed",
}


@dataclass(frozen=True)
class Filters:
    """As they stand in the address; what is not understood counts as not said."""

    view: View = View.OPEN
    board: str = ""
    status: str = ""
    primary: str = ""
    readiness: str = ""
    meeting: str = ""
    owed: str = ""
    page: str = "1"
    words: str = ""  # searched for; from the session

    @classmethod
    def read(cls, query: Mapping[str, str], *, words: str = "") -> "Filters":
        def one_of(name: str, known: Any) -> str:
            said = query.get(name, "")
            return said if said in set(known) else ""

        return cls(
            view=View(one_of("view", View) or View.OPEN),
            board=query.get("board", "") if query.get("board", "").isdecimal() else "",
            status=one_of("status", CaseStatus.values),
            primary=one_of("primary", PrimarySite.values),
            readiness=one_of("readiness", State),
            meeting=_uuid(query.get("meeting", "")),
            owed=one_of("owed", Specialty.values),
            page=query.get("page", "1"),
            words=words.strip(),
        )

    @property
    def is_narrowed(self) -> bool:
        return replace(self, page="1", view=View.OPEN) != Filters()


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""


@dataclass(frozen=True)
class Worklist:
    filters: Filters
    rows: list[Row]
    page: Page
    views: list[tuple[View, str, int]]
    boards: list[Any]
    meetings: list[Meeting]
    total: int = field(default=0)


def worklist(user, filters: Filters, *, seats: Seats, now: datetime) -> Worklist:
    visible = Case.objects.visible_to(user)
    meetings = list(
        Meeting.objects.visible_to(user).upcoming(now=now).select_related("board").order_by("starts_at")
    )
    days = {one.board_id: one for one in reversed(meetings)}
    judged, pictures = _judged(visible, days, now)
    wanted = _narrowed(_in_view(visible, filters.view, user, judged), filters, judged)
    page = Paginator(_in_order(wanted), A_PAGE).get_page(filters.page)
    boards_sat_on = {board.pk for board in seats.boards_where(Permission.VIEW_BOARD)}
    shown = list(page.object_list)
    pictures |= _pictures([case for case in shown if case.pk not in pictures], days, now)
    rows = [_row(case, pictures[case.pk], judged.get(case.pk), boards_sat_on, now) for case in shown]
    return Worklist(
        filters=filters,
        rows=rows,
        page=page,
        views=_views(visible, user, judged, seats),
        boards=seats.boards,
        meetings=meetings,
        total=page.paginator.count,
    )


def _row(case: Any, picture: Picture, judged: Readiness | None, sat_on: set, now: datetime) -> Row:
    inputs = tuple(course.input_line(one, now=now) for one in counting(case))
    sits = case.board_id in sat_on
    return Row(
        case=case,
        picture=picture,
        readiness=judged if sits or judged is None else judged.without_inputs,
        inputs=inputs if sits else (),
        sits=sits,
        zone=case.board.zone,
        now=now,
    )


def _judged(
    visible: QuerySet, days: dict, now: datetime
) -> tuple[dict[UUID, Readiness], dict[UUID, Picture]]:
    """Readiness is derived and so cannot be counted in the database: every case in preparation is judged.

    What a referral lacks is worth seeing when it is triaged, so that those are judged too.
    """
    wanted = with_inputs(visible.filter(status__in=(*PREPARING, CaseStatus.REFERRED)))
    found = list(_with_dates(wanted.select_related("board")))
    pictures = _pictures(found, days, now)
    return {case.pk: judge(case, pictures[case.pk], now=now) for case in found}, pictures


def _pictures(cases: list[Any], days: dict, now: datetime) -> Pictures:
    return pictures_of(cases, days={case.pk: _day(case, days, now) for case in cases})


def _day(case: Any, days: dict, now: datetime) -> date:
    meeting = days.get(case.board_id)
    at = case.meets_at or (meeting.starts_at if meeting else now)
    return at.astimezone(case.board.zone).date()


def _with_dates(cases: QuerySet) -> QuerySet:
    """When the case is on a list, at which place, and when its first open input is due."""
    items = AgendaItem.objects.filter(case=OuterRef("pk"), status__in=ON_A_LIST)
    awaited = owed_inputs().filter(case=OuterRef("pk"), revision=1)
    return cases.annotate(
        meets_at=Subquery(items.values("meeting__starts_at")[:1]),
        place=Subquery(items.values("position")[:1]),
        due_at=Subquery(awaited.values("case").annotate(first=Min("due_at")).values("first")[:1]),
    )


def _in_order(cases: QuerySet) -> QuerySet:
    loaded = with_inputs(_with_dates(cases)).select_related("board", "patient")
    in_time = (F(name).asc(nulls_last=True) for name in ("meets_at", "due_at", "place"))
    return loaded.order_by(*in_time, "-referred_at", "number")


# -- views ------------------------------------------------------------------------------------------------


def _conditions(user, judged: Mapping[UUID, Readiness]) -> dict[View, Q]:
    owed = owed_inputs().filter(asked_of=user)
    unfinished = actions().unfinished().filter(recommendation__signed_at__isnull=False)
    blocked = [pk for pk, readiness in judged.items() if readiness.state == State.BLOCKED]
    with_referrer = (CaseStatus.DRAFT, CaseStatus.RETURNED)
    return {
        View.OPEN: Q(status__in=lifecycle.OPEN - {CaseStatus.DRAFT, CaseStatus.RETURNED}),
        View.OWED: Q(pk__in=owed.values("case")),
        View.TRIAGE: Q(status=CaseStatus.REFERRED),
        View.BLOCKED: Q(pk__in=blocked, status__in=PREPARING),
        View.NOT_DONE: Q(status=CaseStatus.DECIDED, pk__in=unfinished.values("recommendation__case")),
        View.WITH_REFERRER: Q(status__in=with_referrer),
        View.ENDED: Q(status__in=(CaseStatus.CLOSED, CaseStatus.WITHDRAWN)),
    }


def _in_view(visible: QuerySet, view: View, user, judged: Mapping[UUID, Readiness]) -> QuerySet:
    return visible.filter(_conditions(user, judged)[view])


def _views(visible: QuerySet, user, judged: Mapping[UUID, Readiness], seats: Seats) -> list:
    """Each view with how many cases it holds, in one query."""
    conditions = _conditions(user, judged)
    keys = {view: view.name.lower() for view in View}
    counts = visible.aggregate(
        **{key: Count("pk", filter=conditions[view], distinct=True) for view, key in keys.items()}
    )
    shown = [view for view in View if view != View.TRIAGE or seats.may(Permission.TRIAGE_CASE)]
    return [(view, LABELS[view], counts[keys[view]]) for view in shown]


# -- filters ----------------------------------------------------------------------------------------------


def _narrowed(cases: QuerySet, filters: Filters, judged: Mapping[UUID, Readiness]) -> QuerySet:
    said = {
        "board": filters.board,
        "status": filters.status,
        "diagnosis__primary_site": filters.primary,
    }
    cases = cases.filter(**{name: value for name, value in said.items() if value})
    if filters.readiness:
        fitting = [pk for pk, one in judged.items() if one.state == filters.readiness]
        cases = cases.filter(pk__in=fitting, status__in=PREPARING)
    if filters.meeting:
        items = AgendaItem.objects.standing().filter(meeting=filters.meeting)
        cases = cases.filter(pk__in=items.values("case"))
    if filters.owed:
        owed = owed_inputs().filter(specialty=filters.owed)
        cases = cases.filter(pk__in=owed.values("case"))
    for word in filters.words.replace(",", " ").split():
        cases = cases.filter(_found_by(word))
    return cases


def _found_by(word: str) -> Q:
    """A word of a name, as it sounds without its accents or nearly so, or a part of a number."""
    family, given = "patient__family_name__unaccent", "patient__given_name__unaccent"
    named = Q(**{f"{family}__icontains": word}) | Q(**{f"{given}__icontains": word})
    nearly = Q(**{f"{family}__trigram_word_similar": word})
    numbered = Q(number__icontains=word) | Q(patient__record_number__icontains=word)
    return named | numbered | (nearly if len(word) > 3 else Q())
