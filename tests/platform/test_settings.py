"""Does an installation refuse to start when it is not safe, and do the settings name all that they read?"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = "k9Zr3vQ8mW1xT6yB4nL7pS2dF5gH0jC8aE3uI6oR9tY2wK5zXq"
ADDRESSES = {"DATABASE_URL": "postgres://app:x@127.0.0.1:9/app", "REDIS_URL": "redis://127.0.0.1:9/0"}


def start(*command, **env):
    """A process of its own, with nothing of ours in its environment."""
    base = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "FIELD_KEYS": GOOD} | ADDRESSES
    run = [sys.executable, "manage.py", *(command or ["check"])]
    return subprocess.run(run, env=base | env, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "secret",
    [{}, {"SECRET_KEY": "short"}, {"SECRET_KEY": "demo-key-for-invented-patients-only" + "x" * 40}],
    ids=["none", "too short", "the demonstration's"],
)
def test_no_start_without_a_private_secret(secret):
    refused = start(**secret)
    assert refused.returncode != 0
    assert "SECRET_KEY must be a private random text of at least 50 characters" in refused.stderr


def test_no_start_without_private_keys_for_what_is_secret_in_the_database():
    for keys in ("", "short", f"{GOOD},demo-key-for-invented-people-only" + "x" * 40):
        refused = start(SECRET_KEY=GOOD, FIELD_KEYS=keys)
        assert refused.returncode != 0
        assert "FIELD_KEYS must be a private random text of at least 50 characters" in refused.stderr


def test_nobody_signs_on_over_an_open_line():
    refused = start(SECRET_KEY=GOOD, OIDC_URL="http://id.example", OIDC_CLIENT_ID="x")
    assert refused.returncode != 0
    assert "OIDC_URL must begin with https://" in refused.stderr


def test_the_secret_may_come_from_a_file(tmp_path):
    (tmp_path / "secret").write_text(GOOD + "\n")
    shown = start("shell", "-v0", "-c", "from django.conf import settings; print(settings.SECRET_KEY)",
                  SECRET_KEY_FILE=str(tmp_path / "secret"))  # fmt: skip
    assert shown.stdout.strip() == GOOD


def test_a_demonstration_starts_without_a_secret():
    assert start(DEMO="true").returncode == 0


def test_cookies_are_bound_to_the_host_over_https():
    code = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE)"
    assert start("shell", "-v0", "-c", code, SECRET_KEY=GOOD).stdout.split() == ["__Host-session", "True"]


@pytest.fixture(scope="module")
def named_in_example():
    text = (ROOT / ".env.example").read_text()
    return set(re.findall(r"^(?:# )?([A-Z][A-Z0-9_]+)=", text, re.MULTILINE))


def test_env_example_names_every_variable(named_in_example):
    code = "import tumorboard.gunicorn_conf; from tumorboard.env import env; print(*env.names)"
    read = set()
    signed_on = {"SECRET_KEY": GOOD, "OIDC_URL": "https://id.example", "OIDC_CLIENT_ID": "x"}
    for flags in (signed_on, {"DEMO": "true"}, {"DEBUG": "true"}):
        read |= set(start("shell", "-v0", "-c", code, **flags).stdout.split())
    composed = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    assert {"SECRET_KEY", "DATABASE_URL", "EMAIL_URL", "WEB_THREADS"} <= read
    assert read | composed == named_in_example
