"""What does every journey have at hand? A board, and a browser for each of its people."""

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache

from tests.journeys.cast import seat_everyone
from tests.journeys.somebody import PASSWORD, Somebody

LAPTOP = {"width": 1366, "height": 768}


@pytest.fixture
def cast(transactional_db, settings, django_user_model):
    cache.clear()  # counts of wrong passwords outlive a test
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    seated = seat_everyone()
    django_user_model.objects.update(password=make_password(PASSWORD))  # quick to check, for ten sign-ins
    return seated


@pytest.fixture(scope="session")
def seen():
    """What axe has looked at in this run."""
    return set()


@pytest.fixture
def at_a_browser(new_context, live_server, settings, seen):
    """Somebody at a fresh browser. What is wrong with any page that anybody saw fails the test at its end."""
    settings.SITE_URL = live_server.url
    everybody: list[Somebody] = []

    def sit_down(user, **device) -> Somebody:
        page = new_context(**{"locale": "en-GB", "viewport": LAPTOP, **device}).new_page()
        somebody = Somebody(user, page, live_server.url, device=device, seen=seen)
        everybody.append(somebody)
        return somebody

    yield sit_down
    found = [line for somebody in everybody for line in somebody.found]
    assert not found, "\n".join(dict.fromkeys(found))
