"""What do the tests of open screens share? A Redis to kill, a real app server, and ears."""

import pytest
from django.urls import reverse

from tests.conftest import _test_database_url
from tests.platform.live.served import Ear, Web, cookie_of
from tumorboard.embedded.valkey import EmbeddedValkey
from tumorboard.live import channel
from tumorboard.live.hub import hub

QUICK = {"DJANGO_SETTINGS_MODULE": "tests.platform.live.quick_settings", "WEB_THREADS": "24"}


@pytest.fixture(scope="module")
def valkey(tmp_path_factory):
    server = EmbeddedValkey(tmp_path_factory.mktemp("valkey"))
    server.start()
    yield server
    hub.end()
    hub.begin()
    server.stop()


@pytest.fixture
def our_redis(valkey, settings):
    """This process says things there too."""
    valkey.start()
    settings.CELERY_BROKER_URL = valkey.url
    settings.LIVE_TIMING = {"say_pause": 0.2, "say_again": 0.1}
    channel.line.cache_clear()
    channel._quiet_until = 0.0
    yield valkey
    channel.line.cache_clear()
    channel._quiet_until = 0.0


@pytest.fixture(scope="module")
def web(django_db_setup, valkey, tmp_path_factory):
    addresses = {"DATABASE_URL": _test_database_url(), "REDIS_URL": valkey.url}
    server = Web(tmp_path_factory.mktemp("web") / "web.log", **addresses, **QUICK)
    yield server
    if server.process.poll() is None:
        server.stop()


@pytest.fixture
def listen(web):
    """Open the live stream of a meeting as somebody."""
    ears: list[Ear] = []

    def listen(meeting, user) -> Ear:
        ear = Ear(web.port, reverse("cases:live-meeting", args=[meeting.pk]), cookie_of(user))
        ears.append(ear)
        return ear

    yield listen
    for ear in ears:
        ear.hang_up()
