"""Can everybody in the room read the live screen? One screen, nothing small, nothing over another."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, Meeting, PatientWish
from cases.services import meeting as meetings
from cases.services import recommendation as decisions
from cases.services.recommendation import PlannedAction
from cases.vocabulary import ActionKind, DecisionSection, Intent
from tests.journeys.somebody import PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PROJECTOR = {"width": 1920, "height": 1080}
LEAST = 18  # px, read from four metres

LOOK = Path(__file__).with_name("live_layout.js").read_text()


@pytest.fixture
def demonstration(transactional_db, settings):
    settings.DEMO, settings.DEMO_PASSWORD = True, PASSWORD
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    call_command("demo", stdout=StringIO())


@pytest.fixture
def coordinator(demonstration, django_user_model):
    return django_user_model.objects.get(email="coordinator@demo.invalid")


@pytest.fixture
def running(coordinator) -> Meeting:
    """The meeting that comes, as if its day were here."""
    coming = Meeting.objects.filter(agenda_version=1, status="PLANNED").select_related("board").get()
    soon = timezone.now() + timedelta(hours=3)
    Meeting.objects.filter(pk=coming.pk).update(starts_at=soon, ends_at=soon + timedelta(minutes=90))
    coming.refresh_from_db()
    meetings.open_meeting(meeting=coming, by=coordinator)
    return coming


def items_of(meeting):
    return meeting.items.select_related("meeting__board", "case__board").order_by("position")


def as_long_as_it_gets(item, by):
    """A question, a wish, an urgency and a decision that leave no line empty."""
    long = "Is right hepatectomy with ablation of the small lesion on the left safe in one step, or must "
    Case.objects.filter(pk=item.case_id).update(
        question=f"{long}the remnant be enlarged first, and if so by which vein and for how many weeks?",
        why_now="Six cycles of FOLFOX and bevacizumab ended three weeks ago; nothing outside the liver. " * 2,
        urgency="SOON",
    )
    words = (
        "I want to dance at my grandson’s wedding in June. I accept a big operation if it can cure me. " * 3
    )
    PatientWish.objects.create(
        case=item.case, words=words, told_to="R. Quill, nurse specialist", created_by=by
    )
    item.case.refresh_from_db()
    decision = decisions.begin(item=item, by=by)
    decisions.save_section(
        recommendation=decision,
        section=DecisionSection.INTENT,
        version=0,
        values={"intent": Intent.CURATIVE},
        by=by,
    )
    for number in range(3):
        said = PlannedAction(
            kind=ActionKind.IMAGING, detail=f"{number + 1}. a CT of the whole liver in thin slices"
        )
        decisions.save_action(recommendation=decision, action=None, version=0, said=said, by=by)
    talk = "Surgery presents the volumes. " * 20
    meetings.save_discussion(item=item, version=1, discussion=talk, by=by)


def test_every_case_fits_the_projector(coordinator, running, at_a_browser):
    somebody = at_a_browser(coordinator, viewport=PROJECTOR)
    somebody.arrives()
    wrong = {}
    for theme in ("light", "dark"):
        somebody.page.emulate_media(color_scheme=theme)
        for item in items_of(running):
            meetings.open_case(item=item, by=coordinator)
            wrong |= look(somebody, running, f"{item.case.number} {theme}")
    as_long_as_it_gets(item, coordinator)
    wrong |= look(somebody, running, "the longest")
    assert not wrong


def look(somebody, running, name) -> dict[str, list[str]]:
    somebody.opens(reverse("cases:hold-meeting", args=[running.pk]))
    found = somebody.page.evaluate(LOOK, LEAST)
    return {name: found} if found else {}
