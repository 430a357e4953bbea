"""Is a hospital at work again on another machine, with nothing but a backup, its keys and the code?

A new cluster, an empty store, the command, the application as its own role; then somebody signs in and reads
a case. `./dev test --long` does it with ten thousand cases and prints how long it took.
"""

import http.cookiejar
import os
import re
import resource
import time
import urllib.parse
import urllib.request
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from cases.models import Case
from tests.platform.backed_up import (
    PASSWORD,
    a_board_with_cases,
    a_place_for_servers,
    command,
    key_file,
    manage,
    store_in,
)
from tests.platform.live.served import Web
from tumorboard.backups import contents
from tumorboard.embedded.postgres import EmbeddedPostgres

SIGN_IN = "/accounts/sign-in/"
TABLES = (
    "cases_case",
    "cases_patient",
    "cases_labresult",
    "cases_specialistinput",
    "cases_casefile",
    "audit_rowchange",
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other_machine():
    """Its PostgreSQL, where nothing of ours has ever been."""
    with a_place_for_servers() as home:
        server = EmbeddedPostgres(home / "postgres")
        yield server
        server.stop()


class Browser:
    """Cookies and a token: what signing in takes."""

    def __init__(self, port: int):
        self.site, cookies = f"http://127.0.0.1:{port}", http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))

    def get(self, path: str) -> str:
        return self._opener.open(self.site + path, timeout=30).read().decode()

    def sign_in(self, email: str) -> None:
        [token] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(SIGN_IN))[:1]
        typed = {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token}
        self._opener.open(self.site + SIGN_IN, urllib.parse.urlencode(typed).encode(), timeout=30)


def drill(cases: int, files: int, *, settings, tmp_path: Path, other_machine) -> dict[str, float]:
    here, there = tmp_path / "here", tmp_path / "there"
    store_in(settings, here)
    who, key = a_board_with_cases(cases, files), key_file(tmp_path, settings)
    shown = Case.objects.select_related("patient").order_by("number").last()
    began = time.monotonic()
    command("backup", tmp_path / "backup")
    took = {"backup": time.monotonic() - began, "MB": (tmp_path / "backup").stat().st_size / 1e6}

    began = time.monotonic()
    env = other_machine.addresses(other_machine.start()) | {"FILES_URL": f"file://{there}"}
    took["new cluster"] = time.monotonic() - began
    restored = manage("restore", tmp_path / "backup", "--identity", key, **env)
    assert restored.returncode == 0, restored.stdout + restored.stderr
    took["until restored and verified"] = time.monotonic() - began
    took["most memory, MB"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    assert "tumorboard_app has the rights of the application, and none that go further." in restored.stdout

    web = Web(tmp_path / "web.log", WEB_CONCURRENCY="1", **env)
    try:
        browser = Browser(web.port)
        browser.sign_in(who.email)
        page = browser.get(f"/cases/{shown.pk}/")
    finally:
        web.stop()
    took["until somebody reads a case"] = time.monotonic() - began
    assert shown.question in page
    assert shown.patient.family_name.upper() in page
    is_the_same(env, here, there, files)
    return took


def is_the_same(env: dict[str, str], here: Path, there: Path, files: int) -> None:
    """Asked apart from what the command says of itself."""
    with psycopg.connect(env["DATABASE_OWNER_URL"]) as restored, connection.cursor() as cursor:
        for table in TABLES:
            query = f"select count(*), md5(string_agg(t::text, '|' order by t::text)) from {table} as t"
            cursor.execute(query)
            assert restored.execute(query).fetchone() == cursor.fetchone(), table
        assert restored.execute(f"select count(*) from {contents.FILES}").fetchone() == (files,)
    was = {file.name: file.read_bytes() for file in here.rglob("*") if file.is_file()}
    assert len(was) == files
    assert {file.name: file.read_bytes() for file in there.rglob("*") if file.is_file()} == was


def test_thirty_cases_are_read_on_another_machine(settings, tmp_path, other_machine):
    drill(30, 10, settings=settings, tmp_path=tmp_path, other_machine=other_machine)


@pytest.mark.long
def test_ten_thousand_cases_are_read_on_another_machine(settings, tmp_path, other_machine, capsys):
    took = drill(10_000, 1_000, settings=settings, tmp_path=tmp_path, other_machine=other_machine)
    with capsys.disabled():
        print(f"\n10,000 cases, 1,000 files, load {os.getloadavg()[0]:.1f}:")
        for what, figure in took.items():
            print(f"  {what:<30}{figure:>8.1f}")
    assert took["most memory, MB"] < 400
