"""How do the worklist's filters stand in its address and on its page?"""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cases.domain.readiness import State
from cases.queries.worklist import View, Worklist
from cases.templatetags.ui import day
from cases.vocabulary import CaseStatus, PrimarySite, Specialty


@dataclass(frozen=True)
class Bar:
    filters: list[dict[str, Any]]
    views: list[dict[str, Any]]
    keep: list[tuple[str, str]]
    total: str
    clear_url: str
    query: str  # everything but the page, for the links to other pages


def bar(page: Worklist, query) -> Bar:
    """`query` is the address as it stands."""
    said = page.filters
    options = {
        "meeting": ("Meeting", [(str(one.pk), _meeting(one)) for one in page.meetings]),
        "status": ("State", CaseStatus.choices),
        "primary": ("Primary", PrimarySite.choices),
        "readiness": ("Readiness", [(one.value, one.value) for one in State]),
        "owed": ("Owed by", Specialty.choices),
    }
    if len(page.boards) > 1:
        options["board"] = ("Board", [(str(one.pk), one.name) for one in page.boards])
    kept = [(name, query[name]) for name in ("view", "search") if name in query]
    return Bar(
        filters=[
            {"name": name, "label": label, "value": getattr(said, name), "options": choices}
            for name, (label, choices) in options.items()
        ],
        views=[_view(view, label, count, said.view) for view, label, count in page.views],
        keep=kept,
        total=_total(page),
        clear_url=reverse("cases:worklist") if said.is_narrowed else "",
        query=_without_page(query),
    )


def _meeting(meeting) -> str:
    return day(meeting.starts_at.astimezone(meeting.board.zone).date())


def _view(view: View, label: str, count: int, chosen: View) -> dict[str, Any]:
    return {
        "label": label,
        "count": count,
        "url": f"{reverse('cases:worklist')}?view={view}",
        "current": view == chosen,
    }


def _total(page: Worklist) -> str:
    number = page.total
    return f"{number} case{'' if number == 1 else 's'} · sorted by meeting, then due"


def _without_page(query) -> str:
    rest = query.copy()
    rest.pop("page", None)
    return rest.urlencode()
