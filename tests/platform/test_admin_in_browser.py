"""Does Django's own administration work under our content security policy?"""

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def complaints(page):
    """What the browser refused or could not do."""
    heard = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.fixture
def administrator(django_user_model, client, context, live_server):
    person = django_user_model.objects.create_superuser(
        email="admin@example.org", password="a long enough word"
    )
    client.force_login(person)
    cookie = client.cookies["sessionid"]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    return person


@pytest.mark.parametrize("address", ["/admin/", "/admin/accounts/user/", "/admin/accounts/user/add/"])
def test_pages_come_up_without_complaint(page, live_server, administrator, complaints, address):
    assert page.goto(live_server.url + address).status == 200
    page.get_by_role("link", name="administration").first.wait_for()
    assert complaints == []
