"""Is docker-compose.yml well formed, and are its services watched, confined and started in order?

The schema is the Compose Specification's own (Apache-2.0), as shipped by docker-compose 1.29.2. It says what
may be written, not that the containers run: no container is started here.
"""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from tests.platform.composed import COMPOSE, LASTING, OF_THE_OWNER, ONCE, OURS, ROOT, SERVICES, filled_in
from tumorboard.version import VERSION

# What a service needs beyond nothing, each with its reason in the file.
CAPABILITIES = {"proxy": ["NET_BIND_SERVICE"]}
LISTEN = {"proxy"}


def test_follows_the_compose_schema():
    schema = json.loads((Path(__file__).parent / "compose_spec.json").read_text())
    jsonschema.Draft201909Validator(schema).validate(COMPOSE)


def test_web_worker_and_beat_scale_apart():
    assert {"web", "worker", "ticker", "beat"} | ONCE == set(OURS)


@pytest.mark.parametrize("name", LASTING)
def test_every_lasting_service_is_watched_and_comes_back(name):
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", sorted(set(OURS) - ONCE))
def test_nothing_starts_before_the_tables_are_made(name):
    assert SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_container_may_more_than_it_needs(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service.get("cap_add", []) == CAPABILITIES.get(name, [])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "pid", "ipc", "network_mode", "devices"} & set(service)
    assert not any("docker.sock" in volume for volume in service.get("volumes", []))


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_container_takes_the_whole_machine(name):
    service = SERVICES[name]
    assert re.fullmatch(r"\d+[mg]", service["mem_limit"])
    assert service["pids_limit"] <= 400
    assert service["logging"]["options"] == {"max-size": "20m", "max-file": "10"}


@pytest.mark.parametrize("name", sorted(set(SERVICES) - set(OURS)))
def test_no_image_of_others_runs_as_root(name):
    assert str(SERVICES[name]["user"]).split(":")[0] not in ("", "0", "root")


def test_our_image_runs_as_an_ordinary_user():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert "USER tumorboard" in lines
    assert lines.index("USER tumorboard") < next(n for n, line in enumerate(lines) if line.startswith("CMD"))
    assert not any("user" in SERVICES[name] for name in OURS)


def test_every_image_is_of_a_stated_version_and_ours_of_this_one():
    for name, service in SERVICES.items():
        image, _, tag = service["image"].partition(":")
        assert tag == VERSION if name in OURS else re.match(r"\d", tag), image


def test_only_the_proxy_listens_outside():
    assert {name for name, service in SERVICES.items() if "ports" in service} == LISTEN
    assert set(SERVICES["proxy"]["networks"]) & set(SERVICES["web"]["networks"]) == {"front"}
    assert SERVICES["web"]["environment"]["BEHIND_PROXY"] == "true"


def test_stores_are_reachable_from_inside_only():
    for network in ("inside", "front"):
        assert COMPOSE["networks"][network]["internal"] is True
    for name in ("postgres", "redis"):
        assert SERVICES[name]["networks"] == ["inside"]
        assert "inside" not in SERVICES["proxy"]["networks"]


def test_every_queue_has_a_worker():
    from django.conf import settings

    commands = [SERVICES[name]["command"] for name in ("worker", "ticker")]
    served = {queue for command in commands for queue in command[command.index("-Q") + 1].split(",")}
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    assert served == routed | {settings.CELERY_TASK_DEFAULT_QUEUE}


def test_only_who_makes_the_tables_connects_as_their_owner():
    assert "tumorboard_app@" in SERVICES["web"]["environment"]["DATABASE_URL"]
    for name in set(OURS) - OF_THE_OWNER:
        assert not [key for key in SERVICES[name]["environment"] if key.startswith("DATABASE_OWNER")], name
        assert "postgres_password" not in SERVICES[name]["secrets"]
    assert "audit_rights" in SERVICES["migrate"]["command"][-1]


def test_what_postgresql_logs_holds_no_row_and_no_statement():
    said = SERVICES["postgres"]["command"]
    assert {"log_min_error_statement=panic", "log_error_verbosity=terse"} <= set(said)


# -- the proxy's settings ---------------------------------------------------------------------------------


def test_what_is_not_set_means_the_same_in_both_files():
    caddyfile = (ROOT / "deploy" / "Caddyfile").read_text("utf-8")
    defaults = dict(re.findall(r"\{\$([A-Z_]+):([^}]*)\}", caddyfile))
    given = {
        key: filled_in(value, {"SITE_URL": "-"}) for key, value in SERVICES["proxy"]["environment"].items()
    }
    given.pop("SITE_URL")
    assert given == {key: defaults[key] for key in given}


def test_the_proxy_takes_bodies_as_large_as_the_application():
    from django.conf import settings

    from tumorboard.files.limits import MEGABYTE
    from tumorboard.files.receiving import AROUND, most_bytes

    assert settings.FILE_MAX_MB == 50
    largest = int(filled_in(SERVICES["proxy"]["environment"]["BODY_MAX_MB"], {}))
    assert largest * MEGABYTE == most_bytes() + AROUND
