"""Who sits on the board of a meeting and what have they said, found by name, answer or discipline?"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator

from cases.domain.coming import Word
from cases.models import Meeting
from cases.queries.forecast import COME, DO_NOT, Forecast, Member, forecast_of
from cases.queries.sitting import Sitting, seats_of
from cases.vocabulary import Specialty

A_PAGE = 50
GROUPS = {"come": ("Come", COME), "not": ("Do not come", DO_NOT), "silent": ("Nothing heard", {Word.SILENT})}


@dataclass(frozen=True)
class Everyone:
    page: Page
    forecast: Forecast | None  # of a meeting that is still to come
    views: list[tuple[str, str, int, bool]]  # address, label, how many, is shown
    typed: str
    said: str
    specialty: str
    specialties: list[Specialty]

    def _address(self, number: int) -> str:
        return _address(q=self.typed, specialty=self.specialty, said=self.said, page=number)

    @property
    def before(self) -> str:
        return self._address(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def after(self) -> str:
        return self._address(self.page.number + 1) if self.page.has_next() else ""


def everyone(meeting: Meeting, *, asked: Mapping[str, str]) -> Everyone:
    forecast = forecast_of([meeting]).get(meeting.pk)
    seats = forecast.everyone if forecast else seats_of([meeting.board_id]).get(meeting.board_id, [])
    typed, specialty = asked.get("q", "").strip(), asked.get("specialty", "")
    heard = forecast.heard if forecast else {}
    wanted = [
        heard.get(seat) or Member(seat, Word.SILENT)
        for seat in seats
        if (not specialty or seat.specialty == specialty) and _is_called(seat, typed)
    ]
    said = asked.get("said", "") if forecast and asked.get("said") in GROUPS else ""
    shown = [one for one in wanted if one.word in GROUPS[said][1]] if said else wanted
    return Everyone(
        page=Paginator(shown, A_PAGE).get_page(asked.get("page")),
        forecast=forecast,
        views=_views(wanted, said, q=typed, specialty=specialty) if forecast else [],
        typed=typed,
        said=said,
        specialty=specialty,
        specialties=[code for code in Specialty if any(seat.specialty == code for seat in seats)],
    )


def _is_called(seat: Sitting, typed: str) -> bool:
    whole = " ".join(seat[4:]).casefold()
    return all(word in whole for word in typed.casefold().split())


def _views(wanted: list[Member], said: str, **rest: str) -> list[tuple[str, str, int, bool]]:
    return [
        (_address(**rest), "All", len(wanted), not said),
        *(
            (_address(**rest, said=key), label, sum(one.word in words for one in wanted), said == key)
            for key, (label, words) in GROUPS.items()
        ),
    ]


def _address(**asked: object) -> str:
    return "?" + urlencode({name: value for name, value in asked.items() if value})
