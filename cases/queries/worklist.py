"""Which cases, in which order, with what lacking? The list that a coordinator lives in.

Filters come from the address; the words that are searched for never stand there, because they are often a
patient's name: the view takes them from the session.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery

from cases.domain.picture import Picture
from cases.domain.readiness import Readiness, State
from cases.models import AgendaItem, Case, Meeting
from cases.permissions import Permission
from cases.queries import case_course as course
from cases.queries.picture import drawn
from cases.queries.readiness import counting, judge
from cases.queries.recorded import OF_THE_CASE, recorded
from cases.queries.shell import Seats, owed_inputs
from cases.queries.worklist_row import Row
from cases.queries.worklist_views import LABELS, View, conditions, counts_of
from cases.vocabulary import CaseStatus, ItemStatus, PrimarySite, Specialty

A_PAGE = 50
LONGEST_ID = 19  # digits
PREPARING = (CaseStatus.PREPARING, CaseStatus.LISTED)
ON_A_LIST = (ItemStatus.PLANNED, ItemStatus.OPEN)


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
            board=said if (said := query.get("board", "")).isdecimal() and len(said) < LONGEST_ID else "",
            status=one_of("status", CaseStatus.values),
            primary=one_of("primary", PrimarySite.values),
            readiness=one_of("readiness", State),
            meeting=_uuid(query.get("meeting", "")),
            owed=one_of("owed", Specialty.values),
            page=query.get("page", "1"),
            words=words.strip(),
        )

    @property
    def ask_readiness(self) -> bool:
        """Of every case in preparation, before it is known which are wanted."""
        return self.view == View.BLOCKED or bool(self.readiness)

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
    prepared = list(_loaded(visible.filter(status__in=(*PREPARING, CaseStatus.REFERRED))))
    told = _told(prepared, (), days, now) if filters.ask_readiness else None
    wanted = _in_view(visible, filters, user, told)
    counts = counts_of(user)
    whole = not filters.is_narrowed and filters.view != View.BLOCKED
    count = counts[filters.view.name.lower()] if whole else wanted.count()
    page = Counted(_in_order(wanted), count=count).get_page(filters.page)
    known = {case.pk: case for case in prepared}
    shown = [known.get(case.pk, case) for case in page.object_list]
    told = told or _told(prepared, [case for case in shown if case.pk not in known], days, now)
    boards_sat_on = {board.pk for board in seats.boards_where(Permission.VIEW_BOARD)}
    return Worklist(
        filters=filters,
        rows=[_row(case, told, boards_sat_on, now) for case in shown],
        page=page,
        views=_views(counts, len(told.blocked), seats),
        boards=seats.boards,
        meetings=meetings,
        total=page.paginator.count,
    )


class Counted(Paginator):
    """Pages of what has been counted already."""

    def __init__(self, cases: QuerySet, *, count: int):
        super().__init__(cases, A_PAGE)
        self.count = count


@dataclass(frozen=True)
class _Told:
    pictures: dict[UUID, Picture]
    readiness: dict[UUID, Readiness]
    blocked: list[UUID]


def _told(prepared: Sequence[Any], others: Iterable[Any], days: dict, now: datetime) -> _Told:
    """Readiness is derived and so cannot be counted in the database: every case in preparation is judged.

    What a referral lacks is worth seeing when it is triaged, so that those are judged too.
    """
    found = recorded([*prepared, *others])
    pictures = {pk: drawn(one, on=_day(one.case, days, now)) for pk, one in found.items()}
    readiness = {case.pk: judge(case, pictures[case.pk], now=now) for case in prepared}
    blocked = [
        case.pk for case in prepared if case.status in PREPARING and readiness[case.pk].state == State.BLOCKED
    ]
    return _Told(pictures, readiness, blocked)


def _row(case: Any, told: _Told, sat_on: set, now: datetime) -> Row:
    inputs = tuple(course.input_line(one, now=now) for one in counting(case))
    judged, sits = told.readiness.get(case.pk), case.board_id in sat_on
    return Row(
        case=case,
        picture=told.pictures[case.pk],
        readiness=judged if sits or judged is None else judged.without_inputs,
        inputs=inputs if sits else (),
        sits=sits,
        zone=case.board.zone,
        now=now,
    )


def _day(case: Any, days: dict, now: datetime) -> date:
    meeting = days.get(case.board_id)
    at = case.meets_at or (meeting.starts_at if meeting else now)
    return at.astimezone(case.board.zone).date()


def _with_dates(cases: QuerySet) -> QuerySet:
    """When it is on a list, at which place, why it was postponed, and when its first open input is due."""
    items = AgendaItem.objects.filter(case=OuterRef("pk"), status__in=ON_A_LIST)
    last = AgendaItem.objects.standing().filter(case=OuterRef("pk"), presentation=OuterRef("presentation"))
    awaited = owed_inputs().filter(case=OuterRef("pk"), revision=1)
    return cases.annotate(
        meets_at=Subquery(items.values("meeting__starts_at")[:1]),
        place=Subquery(items.values("position")[:1]),
        put_off=Subquery(last.order_by("-created_at").values("defer_reason")[:1]),
        due_at=Subquery(awaited.values("case").annotate(first=Min("due_at")).values("first")[:1]),
    )


def _loaded(cases: QuerySet) -> QuerySet:
    return _with_dates(cases).select_related(*OF_THE_CASE)


def _in_order(cases: QuerySet) -> QuerySet:
    in_time = (F(name).asc(nulls_last=True) for name in ("meets_at", "due_at", "place"))
    return _loaded(cases).order_by(*in_time, "-referred_at", "number")


# -- views ------------------------------------------------------------------------------------------------


def _views(counts: Mapping[str, int], blocked: int, seats: Seats) -> list[tuple[View, str, int]]:
    numbers = {**counts, View.BLOCKED.name.lower(): blocked}
    shown = [view for view in View if view != View.TRIAGE or seats.may(Permission.TRIAGE_CASE)]
    return [(view, LABELS[view], numbers[view.name.lower()]) for view in shown]


# -- filters ----------------------------------------------------------------------------------------------


def _in_view(visible: QuerySet, filters: Filters, user, judged: _Told | None) -> QuerySet:
    """`judged` is there where the filters ask for readiness."""
    cases = _narrowed(visible, filters)
    if filters.view != View.BLOCKED:
        cases = cases.filter(conditions(user)[filters.view])
    elif judged:
        cases = cases.filter(pk__in=judged.blocked)
    if filters.readiness and judged:
        fitting = [pk for pk, one in judged.readiness.items() if one.state == filters.readiness]
        cases = cases.filter(pk__in=fitting, status__in=PREPARING)
    return cases


def _narrowed(cases: QuerySet, filters: Filters) -> QuerySet:
    said = {
        "board": filters.board,
        "status": filters.status,
        "diagnosis__primary_site": filters.primary,
    }
    cases = cases.filter(**{name: value for name, value in said.items() if value})
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
