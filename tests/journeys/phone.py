"""Do the pages hold on a phone in a dark room?"""

from collections.abc import Iterable

from django.urls import reverse

from cases.models import Case, Meeting
from tests.journeys.somebody import Somebody

PHONE_IN_THE_DARK = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}


def main_pages(case: Case, meeting: Meeting) -> Iterable[str]:
    for name in (
        "today",
        "worklist",
        "refer",
        "meetings",
        "schedule-meeting",
        "actions",
        "messages",
        "message-kinds",
        "imports",
    ):
        yield reverse(f"cases:{name}")
    for name in ("case", "history"):
        yield reverse(f"cases:{name}", args=[case.pk])
    for name in ("meeting", "hold-meeting"):
        yield reverse(f"cases:{name}", args=[meeting.pk])
    decision = case.recommendations.in_force().get(item__meeting=meeting)
    yield reverse("cases:decision", args=[decision.pk])
    yield reverse("cases:letter", args=[case.letters.get(kind="REFERRER").pk])
    yield reverse("cases:report-action", args=[decision.actions.first().pk])
    yield reverse("cases:input", args=[case.inputs.first().pk])


def then_every_main_page_holds_on_a_phone_in_the_dark(
    somebody: Somebody, case: Case, meeting: Meeting
) -> None:
    somebody.signs_in()
    for address in main_pages(case, meeting):
        somebody.opens(address)
        assert somebody.status == 200, address
