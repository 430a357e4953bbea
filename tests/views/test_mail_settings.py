"""My e-mail and calendar: chosen once, by oneself, and told in the trail."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import MailSettings
from cases.notices.feed_link import feed_url
from cases.services import mail_settings as service
from tests.factories import board, member, person
from tests.together import at_once
from tumorboard.audit import trail

pytestmark = pytest.mark.django_db
PAGE = "cases:mail-settings"


def said_of(user) -> list[str]:
    return [event.verb for event in trail.of(f"user:{user.pk}").exclude(verb="sign_in.done")]


def test_who_never_chose_sees_the_usual_and_has_no_row(client):
    user = member(board(name="Northern liver board"))
    client.force_login(user)
    page = client.get(reverse(PAGE)).content.decode()

    assert re.search(r'value="AT_ONCE"[^>]* checked', page)
    assert "Northern liver board" in page
    assert "08:00" in page
    assert not MailSettings.objects.exists()


def test_a_choice_is_kept_and_told_once(client):
    user = person()
    client.force_login(user)
    for _ in range(2):
        answer = client.post(reverse(PAGE), {"mail": "DAILY", "calendar": "FEED"})
        assert answer.status_code == 302

    chosen = MailSettings.objects.get()
    assert (chosen.user, chosen.mail, chosen.calendar) == (user, "DAILY", "FEED")
    assert said_of(user) == ["mail_settings.chosen"]


def test_what_cannot_be_chosen_is_refused_beside_the_field(client):
    client.force_login(person())
    answer = client.post(reverse(PAGE), {"mail": "NEVER", "calendar": "FEED"})

    assert answer.status_code == 422
    assert "NEVER" in answer.content.decode()
    assert not MailSettings.objects.exists()


def test_a_renewed_address_counts_on(client):
    user = person()
    client.force_login(user)
    client.post(reverse("cases:renew-feed"))
    client.post(reverse("cases:renew-feed"))

    assert MailSettings.objects.get().feed_version == 3
    assert said_of(user) == ["calendar_feed.renewed"] * 2
    assert client.get(reverse("cases:renew-feed")).status_code == 405


def test_the_page_shows_the_address_and_renewed_the_one_before_is_of_no_use(client):
    user = member(board())
    client.force_login(user)
    before = urlsplit(feed_url(user)).path
    assert before in client.get(reverse(PAGE)).content.decode()
    assert Client().get(before).status_code == 200
    client.post(reverse("cases:renew-feed"))

    assert before not in client.get(reverse(PAGE)).content.decode()
    assert Client().get(before).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_renew_at_once_renew_twice():
    user = person()
    at_once(*[lambda: service.renew_feed(by=user)] * 2)

    assert MailSettings.objects.get().feed_version == 3
