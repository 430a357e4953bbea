"""Do the main pages fit a laptop's window? With PICTURES=1 they are also kept, for README and docs."""

import base64
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from cases.models import Case, Meeting
from cases.vocabulary import ItemStatus, MeetingStatus
from tests.journeys.somebody import PASSWORD, Somebody

pytestmark = [pytest.mark.journey, pytest.mark.long, pytest.mark.django_db(transaction=True)]

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
WINDOW = {"width": 1366, "height": 900}
PROJECTOR = {"width": 1920, "height": 1080}


@pytest.fixture
def demonstration(transactional_db, settings):
    settings.DEMO, settings.DEMO_PASSWORD = True, PASSWORD
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    call_command("demo", stdout=StringIO())


@pytest.fixture
def coordinator(demonstration, at_a_browser, django_user_model):
    user = django_user_model.objects.get(email="coordinator@demo.invalid")
    somebody = at_a_browser(user, viewport=WINDOW)
    somebody.arrives()
    return somebody


def test_worklist_case_lesions_and_live_screen(coordinator):
    coordinator.opens(reverse("cases:worklist"))
    take_picture(coordinator, "worklist")

    case = Case.objects.get(patient__family_name="Fairweather")
    coordinator.opens(reverse("cases:case", args=[case.pk]))
    take_picture(coordinator, "case")
    coordinator.opens(reverse("cases:lesions", args=[case.pk]))
    take_picture(coordinator, "lesions")

    running = Meeting.objects.get(status=MeetingStatus.RUNNING)
    coordinator.opens(reverse("cases:hold-meeting", args=[running.pk]))
    take_picture(coordinator, "meeting")
    [item] = running.items.filter(status=ItemStatus.OPEN)
    coordinator.opens(reverse("cases:make-decision", args=[item.pk]))
    take_picture(coordinator, "decision")


def test_what_is_owed_and_what_is_sent(coordinator):
    coordinator.opens(reverse("cases:chase"))
    take_picture(coordinator, "chase")
    coordinator.opens(reverse("cases:messages"))
    take_picture(coordinator, "messages")
    coordinator.opens(reverse("cases:message-kinds"))
    take_picture(coordinator, "kinds")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_wall(demonstration, at_a_browser, django_user_model, scheme):
    """As a projector shows it."""
    user = django_user_model.objects.get(email="coordinator@demo.invalid")
    wall = at_a_browser(user, viewport=PROJECTOR, color_scheme=scheme)
    running = Meeting.objects.get(status=MeetingStatus.RUNNING)
    wall.arrives(at=reverse("cases:hold-meeting", args=[running.pk]))
    take_picture(wall, f"live-{scheme}")


def take_picture(somebody: Somebody, name: str) -> None:
    """By the browser's own protocol: Playwright's picture adds a style, which our content policy refuses."""
    if os.environ.get("PICTURES") != "1":
        return
    shot = somebody.page.context.new_cdp_session(somebody.page).send("Page.captureScreenshot")
    (PICTURES / f"{name}.png").write_bytes(base64.b64decode(shot["data"]))
