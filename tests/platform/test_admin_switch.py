"""Is the administration where an installation says, and nowhere when it says nothing?"""

from importlib import reload

import pytest
from django.urls import clear_url_caches, reverse

import tumorboard.urls
from tests.factories import person
from tests.platform.test_settings import GOOD, start

ASKED = "from django.conf import settings as s; print(s.ADMIN, s.ADMIN_PATH)"


@pytest.mark.parametrize(
    ("env", "is_there"),
    [
        ({"SECRET_KEY": GOOD}, "False admin/"),
        ({"SECRET_KEY": GOOD, "ADMIN": "true", "ADMIN_PATH": "/back-office"}, "True back-office/"),
        ({"DEMO": "true"}, "True admin/"),
    ],
    ids=["a hospital", "a hospital that asks for it", "a demonstration"],
)
def test_a_hospital_asks_for_it(env, is_there):
    assert start("shell", "-v0", "-c", ASKED, **env).stdout.strip() == is_there


@pytest.mark.parametrize("path", ["", "accounts", "health/", "a/b", "Back Office", "^x"])
def test_it_stands_in_nobodys_way(path):
    refused = start(DEMO="true", ADMIN_PATH=path)
    assert refused.returncode != 0
    assert "ADMIN_PATH is one word" in refused.stderr


@pytest.fixture
def addresses(settings):
    """As another installation has them."""

    def have(**said):
        for name, value in said.items():
            setattr(settings, name, value)
        clear_url_caches()
        reload(tumorboard.urls)

    before = {"ADMIN": settings.ADMIN, "ADMIN_PATH": settings.ADMIN_PATH}
    yield have
    have(**before)


@pytest.fixture
def administrator(client, settings):
    settings.ADMINISTRATORS_NEED_SECOND_FACTOR = False
    client.force_login(person(is_staff=True, is_superuser=True))


def found_at(client, address: str) -> int:
    return client.get(address).status_code


@pytest.mark.django_db
@pytest.mark.usefixtures("administrator")
def test_switched_off_there_is_nothing_for_anybody(client, addresses):
    listed = reverse("admin:accounts_user_changelist")
    addresses(ADMIN=False)

    assert {found_at(client, at) for at in ("/admin/", listed, "/admin/login/")} == {404}
    page = client.get("/")
    assert page.status_code == 200
    assert ">Administration<" not in page.text
    client.logout()
    assert {found_at(client, at) for at in ("/admin/", listed)} == {404}


@pytest.mark.django_db
@pytest.mark.usefixtures("administrator")
def test_at_a_path_of_its_own(client, addresses):
    addresses(ADMIN_PATH="back-office/")

    assert found_at(client, "/back-office/accounts/user/") == 200
    assert found_at(client, "/admin/") == 404
    assert '<a href="/back-office/">Administration</a>' in client.get("/").text
    client.force_login(person())
    assert found_at(client, "/back-office/") == 302, "to the door"
