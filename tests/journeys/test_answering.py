"""Does a surgeon answer for an action from the e-mail, on a phone, in the dark, between two operations?"""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import ActionUpdate
from tests.factories.decisions import a_room
from tests.factories.plans import a_plan
from tests.journeys.somebody import PASSWORD
from tumorboard.notifications.models import Message

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}


def link_in(message: Message) -> str:
    return next(re.finditer(r"/answer/\S+/", message.text)).group()


def test_without_a_password_and_with_one(at_a_browser):
    room = a_room()
    plan = a_plan(room)
    room.surgeon.set_password(PASSWORD)
    room.surgeon.save()
    surgeon = at_a_browser(room.surgeon, **PHONE)
    surgeon.opens(link_in(Message.objects.get(kind="action.handed_over", recipient=room.surgeon)))
    surgeon.sees("Waits for its condition")
    surgeon.chooses("Your answer", "I take it on")
    late = plan.main.due_on + timedelta(days=3)
    surgeon.types("Planned for", late.isoformat())
    surgeon.presses("Answer", then="If it is meant")
    surgeon.page.get_by_label("After the due date").check()
    surgeon.presses("Answer", then="Waits for its condition")
    assert ActionUpdate.objects.get().planned_on == late

    surgeon.signs_in(reverse("cases:report-action", args=[plan.main.pk]))
    surgeon.sees("from the link in the e-mail")
    surgeon.opens(reverse("cases:actions") + "?state=waiting")
    surgeon.sees("Waits for its condition")
