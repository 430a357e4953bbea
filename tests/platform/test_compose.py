"""Is docker-compose.yml well formed, and are its services watched, confined and started in order?

The schema is the Compose Specification's own (Apache-2.0), as shipped by docker-compose 1.29.2. It says what
may be written, not that the containers run.
"""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
LASTING = sorted(set(SERVICES) - {"migrate"})
OURS = sorted(name for name, service in SERVICES.items() if service["image"].startswith("tumorboard"))


def test_follows_the_compose_schema():
    schema = json.loads((Path(__file__).parent / "compose_spec.json").read_text())
    jsonschema.Draft201909Validator(schema).validate(COMPOSE)


def test_web_worker_and_beat_scale_apart():
    assert {"web", "worker", "ticker", "beat", "migrate"} == set(OURS)


@pytest.mark.parametrize("name", LASTING)
def test_every_lasting_service_is_watched_and_comes_back(name):
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", sorted(set(OURS) - {"migrate"}))
def test_nothing_starts_before_the_tables_are_made(name):
    assert SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


@pytest.mark.parametrize("name", OURS)
def test_our_containers_hold_no_privileges(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "privileged" not in service


def test_the_image_runs_as_an_ordinary_user():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert "USER tumorboard" in lines
    assert lines.index("USER tumorboard") < next(n for n, line in enumerate(lines) if line.startswith("CMD"))


def test_stores_are_reachable_from_inside_only():
    assert COMPOSE["networks"]["inside"]["internal"] is True
    for name in ("postgres", "redis"):
        assert SERVICES[name]["networks"] == ["inside"]
        assert "ports" not in SERVICES[name]


def test_every_queue_has_a_worker():
    from django.conf import settings

    commands = [SERVICES[name]["command"] for name in ("worker", "ticker")]
    served = {queue for command in commands for queue in command[command.index("-Q") + 1].split(",")}
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    assert served == routed | {settings.CELERY_TASK_DEFAULT_QUEUE}


def test_no_secret_stands_in_the_file():
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if value and ("PASSWORD" in name or name.endswith("_URL")):
                assert "${" in value, name


def test_only_who_makes_the_tables_connects_as_their_owner():
    assert "tumorboard_app:" in SERVICES["web"]["environment"]["DATABASE_URL"]
    for name in set(OURS) - {"migrate"}:
        known = SERVICES[name]["environment"]
        assert known["POSTGRES_PASSWORD"] == ""
        assert "DATABASE_OWNER_URL" not in known, name
    assert "audit_rights" in SERVICES["migrate"]["command"][-1]
