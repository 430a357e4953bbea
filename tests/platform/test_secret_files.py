"""Does every process get the secrets that it needs, as files, and none that it does not need?"""

import os
import re
import shutil
import socket
import stat
import subprocess

import pytest

from tests.platform.composed import (
    COMPOSE,
    OF_THE_HOSPITAL,
    OF_THE_OWNER,
    OURS,
    ROOT,
    SERVICES,
    environment,
    filled_in,
    make_secrets,
    settings_of,
)
from tests.platform.live.served import wait_until
from tumorboard.embedded.valkey import installed_server

EVERYBODY = {"secret_key", "field_keys", "database_password", "redis_password"}
# By hand: what else a process is for. Nobody else is given it.
ALSO = {
    "migrate": {"postgres_password"},
    "backup": {"postgres_password", "audit_seal_key", "s3_secret_access_key"},
    "restore": {"postgres_password", "audit_seal_key", "s3_secret_access_key"},
    "web": {"oidc_secret", "s3_secret_access_key"},
    "worker": {"email_password", "audit_seal_key", "s3_secret_access_key"},
    "ticker": set(),
    "beat": set(),
}
SAYS = {
    "secret_key": "s.SECRET_KEY",
    "field_keys": "s.FIELD_KEYS[0]",
    "database_password": "s.DATABASE_ROLE['password']",
    "postgres_password": "s.DATABASES['default']['PASSWORD']",
    "audit_seal_key": "s.AUDIT_SEAL_KEY",
    "email_password": "s.EMAIL_HOST_PASSWORD",
    "oidc_secret": "s.SINGLE_SIGN_ON['secret']",
    "s3_secret_access_key": "files.KEY",
}


@pytest.fixture(scope="module")
def secrets(tmp_path_factory):
    folder = make_secrets(tmp_path_factory.mktemp("installation") / "secrets")
    for name in ("email_password", "oidc_secret", "s3_secret_access_key"):
        (folder / name).write_text(f"of:{name}/with@signs\n")
    return folder


def test_they_are_made_once(tmp_path):
    folder = make_secrets(tmp_path / "secrets")
    made = {file.name: file.read_text() for file in folder.iterdir()}
    assert set(made) == set(COMPOSE["secrets"])
    keys = ("secret_key", "field_keys", "audit_seal_key")
    assert all(len(made[name]) >= 50 for name in keys)
    assert len({made[name] for name in made if made[name]}) == 6
    assert {file.name: file.read_text() for file in make_secrets(folder).iterdir()} == made


def test_only_their_owner_finds_them_and_every_container_reads_its_own(secrets):
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in secrets.iterdir()} == {0o644}


@pytest.mark.parametrize("name", OURS)
def test_a_process_is_given_what_it_needs_and_reads_it(name, secrets):
    assert SERVICES[name]["env_file"] == [".env"]  # whatever is no secret
    given = set(SERVICES[name]["secrets"])
    assert given == EVERYBODY | ALSO[name]
    read = sorted(given - {"redis_password"})
    asked = [*(SAYS[secret] for secret in read), "s.CELERY_BROKER_URL"]
    command = name if name in OF_THE_OWNER else "check"
    *found, broker = settings_of(environment(name, secrets), *asked, command=command)
    assert found == [(secrets / secret).read_text().strip() for secret in read]
    assert broker == f"redis://:{(secrets / 'redis_password').read_text()}@redis:6379/0"


def test_who_seals_the_trail_has_the_key_and_a_place_that_lasts():
    from django.conf import settings

    task = settings.SEAL_TICK["task"]
    assert not any(re.fullmatch(route.replace("*", ".*"), task) for route in settings.CELERY_TASK_ROUTES)
    sealing = [
        name
        for name in OURS
        if "-Q" in (run := SERVICES[name].get("command", []))
        and settings.CELERY_TASK_DEFAULT_QUEUE in run[run.index("-Q") + 1].split(",")
    ]
    assert sealing == ["worker"]
    said = SERVICES["worker"]["environment"]
    assert filled_in(said["AUDIT_SEAL_FILE"], {}).startswith("/srv/seals/")
    assert any(volume.endswith(":/srv/seals") for volume in SERVICES["worker"]["volumes"])
    assert "/srv/seals" in (ROOT / "Dockerfile").read_text()


def test_no_secret_stands_in_a_variable():
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|KEY", name):
                assert name.endswith("_FILE"), name
                assert str(value).startswith("/run/secrets/"), name
            assert not re.search(r"://[^/@]*:[^/@]*@", str(value)), name
    example = (ROOT / ".env.example").read_text()
    assert not re.search(r"^\w*(PASSWORD|SECRET|KEYS?)=", example, re.MULTILINE)


@pytest.mark.parametrize(
    ("content", "why"), [(None, "No such file or directory"), (b"\xff\xfe\x00", "it is not text")]
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, secrets, content, why):
    file = tmp_path / "field_keys"
    if content:
        file.write_bytes(content)
    env = environment("beat", secrets) | {"FIELD_KEYS_FILE": str(file)}
    with pytest.raises(
        AssertionError, match=f"FIELD_KEYS_FILE points to {file}, which cannot be read: {why}"
    ):
        settings_of(env, "s.DEBUG")


def test_a_password_in_an_address_comes_first(secrets):
    env = environment("beat", secrets) | {"REDIS_URL": "rediss://someone:theirs@elsewhere:6380/2"}
    assert settings_of(env, "s.CELERY_BROKER_URL") == ["rediss://someone:theirs@elsewhere:6380/2"]


def test_the_deployment_check_of_django_is_content_with_what_a_hospital_gets(secrets):
    import sys

    run = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    env = {"LANG": "C.UTF-8"} | environment("web", secrets, OF_THE_HOSPITAL)
    done = subprocess.run(run, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# -- Redis, as the file starts it -------------------------------------------------------------------------


@pytest.fixture
def redis(tmp_path, secrets):
    """The very command of the file, with the embedded server in Redis's place, in a folder of its own."""
    os.symlink(installed_server(), tmp_path / "redis-server")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    shell, option, text = SERVICES["redis"]["command"]
    text = filled_in(text, {}).replace("/run/secrets", str(secrets)).replace("/data", str(tmp_path))
    text = text.replace("redis-server -", f"redis-server - --port {port} --bind 127.0.0.1")
    env = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen([shutil.which(shell), option, text], env=env, stdout=log, stderr=log)
    yield process, port
    process.terminate()
    process.wait(20)


def test_redis_asks_for_the_password_and_shows_it_to_nobody(redis, secrets):
    from redis import AuthenticationError, ConnectionError, Redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    process, port = redis
    once = {"port": port, "retry": Retry(NoBackoff(), 0)}
    password = (secrets / "redis_password").read_text()

    def answers():
        try:
            return Redis(password=password, **once).ping()
        except ConnectionError:
            return False

    wait_until(answers, 20, "Redis")
    with pytest.raises(AuthenticationError):
        Redis(**once).ping()
    inside = Redis(password=password, **once)
    assert inside.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    shown = subprocess.run(["cat", f"/proc/{process.pid}/cmdline"], capture_output=True, check=True).stdout
    assert b"redis-server" in shown
    assert password.encode() not in shown
