"""Does a stolen copy of the database give away what people sign in with?"""

import os
import re
import subprocess
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from tests.platform.test_accounts_codes import APP, PASSWORD, code_at, sign_in
from tumorboard.embedded.postgres import installed_binaries


def dump() -> str:
    address = urlsplit(os.environ["DATABASE_URL"])
    place = ["-h", address.hostname, "-p", str(address.port), "-U", address.username]
    return subprocess.run(
        [installed_binaries() / "pg_dump", *place, "--data-only", connection.settings_dict["NAME"]],
        env={**os.environ, "PGPASSWORD": address.password},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.mark.django_db(transaction=True)
def test_no_seed_and_no_recovery_code_stands_in_a_dump(client, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    ines = get_user_model().objects.create_user("ines.duarte@example.org", PASSWORD)
    sign_in(client, ines)
    [seed] = re.findall(r'class="si-key">([A-Z2-7]+)<', client.get(APP).text)
    client.post(APP, {"code": code_at(seed)})
    codes = re.findall(r"<li><code>(\d+)</code>", client.get(reverse("mfa_view_recovery_codes")).text)

    text = dump()

    assert ines.email in text, "it is a dump of this database"
    assert len(codes) == 10
    assert not [secret for secret in (seed, *codes, PASSWORD) if secret in text]
    assert "last_step" in text, "and the app's row is in it"
