"""A real app server with a hospital's settings, for all tests of what is seen from outside."""

import pytest

from tests.conftest import _test_database_url
from tests.platform.live.served import Web

OF_A_HOSPITAL = {
    "DJANGO_SETTINGS_MODULE": "tests.platform.outside.settings",
    "HTTPS": "true",
    "BEHIND_PROXY": "true",
    "WEB_CONCURRENCY": "1",
    "ADMIN": "true",
}


@pytest.fixture(scope="package")
def web(django_db_setup, tmp_path_factory):
    log = tmp_path_factory.mktemp("web") / "web.log"
    server = Web(log, DATABASE_URL=_test_database_url(), **OF_A_HOSPITAL)
    yield server
    server.stop()
