"""Is whoever must have a second step led to set one up, and to nothing else, until it is there?"""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.vocabulary import Role
from tests.factories import board, member, person
from tests.platform.test_accounts_codes import APP, PASSWORD, code_at
from tumorboard.audit.models import AuditEvent
from tumorboard.notifications.models import Message

NEEDED = "/accounts/second-step/needed/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered(db):
    cache.clear()


@pytest.fixture
def strict():
    room = board()
    room.second_factor_roles = [Role.CHAIR, Role.COORDINATOR]
    room.save()
    return room


def is_led_there(client, address="/") -> bool:
    answer = client.get(address)
    return answer.status_code == 302 and answer["Location"] == NEEDED


def set_up(user) -> Authenticator:
    return Authenticator.objects.create(user=user, type="totp", data={"secret": "-"})


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.label)
def test_by_role(client, strict, role):
    client.force_login(member(strict, role=role))
    assert is_led_there(client) == (role in {Role.CHAIR, Role.COORDINATOR})


def test_on_any_board_and_only_while_the_seat_is_held(client, strict):
    chair = member(board(), role=Role.MEMBER)
    client.force_login(chair)
    assert not is_led_there(client)
    seat = strict.memberships.create(user=chair, role=Role.CHAIR)
    assert is_led_there(client), "with the next click"
    seat.ended_at = timezone.now()
    seat.save()
    assert not is_led_there(client)


def test_nothing_else_is_open(client, strict):
    client.force_login(member(strict, role=Role.CHAIR))
    closed = ["cases:worklist", "cases:meetings", "cases:actions", "profile", "mfa_index", "cases:search"]
    assert all(is_led_there(client, reverse(name)) for name in closed)
    assert client.post(reverse("cases:search"), {"q": "x"})["Location"] == NEEDED
    assert client.get("/admin/")["Location"] == NEEDED
    part = client.get(reverse("cases:worklist"), headers={"HX-Request": "true"})
    assert (part["HX-Redirect"], part.content) == (NEEDED, b"")
    page = client.get(NEEDED).text
    assert "Set up a second step" in page
    assert 'class="tb-nav"' not in page
    assert client.get("/health/live").status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302


@pytest.fixture
def chair(client, strict):
    """Signed in, and asked for the password once more, as before any change of this kind."""
    chair = member(strict, role=Role.CHAIR)
    chair.set_password(PASSWORD)
    chair.save()
    client.force_login(chair)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return chair


def test_setting_one_up_opens_the_rest(client, chair):
    page = client.get(APP).text
    assert 'class="tb-nav"' not in page
    [seed] = re.findall(r'class="si-key">([A-Z2-7]+)<', page)
    client.post(APP, {"code": code_at(seed)})
    assert client.get("/").status_code == 200
    assert client.get(NEEDED)["Location"] == reverse("mfa_index")


def test_the_last_one_stays_while_it_is_required(client, chair):
    app = set_up(chair)
    refused = client.post(reverse("mfa_deactivate_totp"))
    assert refused.status_code == 422
    assert "Set up another one first" in refused.text
    assert Authenticator.objects.filter(pk=app.pk).exists()


def test_administrators_when_the_installation_says_so(client, settings):
    client.force_login(person(is_staff=True, is_superuser=True))
    assert client.get("/admin/").status_code == 200
    settings.ADMINISTRATORS_NEED_SECOND_FACTOR = True
    assert is_led_there(client, "/admin/")


def test_a_demonstration_asks_nobody(client, strict, settings):
    settings.SECOND_FACTOR_ENFORCED = False
    client.force_login(member(strict, role=Role.CHAIR))
    assert not is_led_there(client)


def test_it_costs_a_full_page_no_query(client, strict, django_assert_num_queries, settings):
    """The rule asks the seats that the frame of the page shows anyway."""
    client.force_login(member(strict, role=Role.MEMBER))
    client.get(reverse("profile"))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("profile"))
    settings.SECOND_FACTOR_ENFORCED = False
    with django_assert_num_queries(len(asked)):
        client.get(reverse("profile"))


# -- a lost phone -----------------------------------------------------------------------------------------


@pytest.fixture
def administrator():
    return person(is_staff=True, is_superuser=True)


def test_an_administrator_removes_a_lost_phone_and_its_owner_is_told(client, administrator):
    ines = person()
    set_up(ines)
    address = reverse("admin:remove-factors", args=[ines.pk])
    client.force_login(administrator)
    assert address in client.get(reverse("admin:accounts_user_change", args=[ines.pk])).text
    assert client.get(address).status_code == 200
    assert Authenticator.objects.exists(), "looking removes nothing"
    assert client.post(address, {"reason": "lost"}).status_code == 422, "without having made sure"
    assert client.post(address, {"checked": "on"}).status_code == 422, "without a reason"
    assert client.post(address, {"reason": "lost", "checked": "on"}).status_code == 302
    assert not Authenticator.objects.exists()
    told = Message.objects.get(recipient=ines)
    assert told.kind == "account.factors_removed"
    assert administrator.display_name in told.text
    assert "The phone or key is lost" in told.text
    kept = AuditEvent.objects.get(verb="second_factor.removed_by_administrator")
    assert (kept.actor_id, kept.about, kept.details["reason"]) == (
        administrator.pk,
        f"user:{ines.pk}",
        "lost",
    )


def test_nobody_else_does_it_nor_for_themselves(client, administrator):
    set_up(administrator)
    address = reverse("admin:remove-factors", args=[administrator.pk])
    agreed = {"reason": "lost", "checked": "on"}
    client.force_login(administrator)
    assert client.post(address, agreed).status_code == 403
    client.force_login(person(is_staff=True))
    assert client.post(address, agreed).status_code == 403
    client.force_login(person())
    assert client.post(address, agreed).status_code == 302, "to the door of the administration"
    assert Authenticator.objects.exists()


@pytest.mark.parametrize("table", ["mfa/authenticator", "socialaccount/socialaccount"])
def test_what_proves_a_person_stands_in_no_list(client, administrator, table):
    client.force_login(administrator)
    assert client.get(f"/admin/{table}/").status_code == 404
