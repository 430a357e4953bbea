"""Whom does a board ask about one case, and how does each of them answer in a browser?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from cases.models import Case, SpecialistInput
from cases.vocabulary import Specialty
from tests.factories import member
from tests.factories.inputs import an_input
from tests.journeys.filling import POINTER, Said, fill, keep_picture, sign
from tests.journeys.reading import then_it_is_computed
from tests.journeys.somebody import Somebody, Words

AtABrowser = Callable[..., Somebody]


@dataclass(frozen=True)
class Answer:
    """What one discipline types, in the order of its form, and which option it prefers."""

    said: Said
    option: str
    reason: str
    confidence: str = "High"
    computed: Mapping[str, Words] = field(default_factory=dict)  # said beside it, before signing


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def born(years: int) -> date:
    """So that the age on the day of the test, and for months after it, is this one."""
    return date(timezone.localdate().year - years, 1, 1)


def ask(case: Case, *specialties: Specialty) -> Mapping[Specialty, SpecialistInput]:
    """One person of each discipline sits on the board and is asked."""
    return {one: an_input(case, member(case.board, specialty=one), one) for one in specialties}


def when_they_answer(
    at_a_browser: AtABrowser, asked: SpecialistInput, answer: Answer, *, hands=POINTER, picture: str = ""
) -> Somebody:
    """From the address of the form, through it, and back to the case."""
    somebody = at_a_browser(asked.asked_of)
    somebody.arrives(reverse("cases:input", args=[asked.pk]))
    fill(somebody, answer.said, hands=hands)
    then_it_is_computed(somebody.page, answer.computed)
    if picture:
        somebody.page.wait_for_load_state("networkidle")
        keep_picture(somebody.page, picture)
    sign(somebody, answer.option, answer.confidence, answer.reason, hands=hands)
    return somebody
