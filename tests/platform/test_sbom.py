"""Does the bill of materials follow its schema, and name everything that a hospital installs?"""

import json
import re
import subprocess
from datetime import UTC, datetime

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.spdx import is_expression, is_supported_id
from cyclonedx.validation.json import JsonStrictValidator

from tools import sbom
from tumorboard.embedded.valkey import installed_server

REQUIREMENTS = (sbom.ROOT / "requirements.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def bill():
    return sbom.bill(datetime(2026, 11, 23, tzinfo=UTC))


@pytest.fixture(scope="module")
def packages(bill):
    return {part["name"]: part for part in bill["components"] if part["type"] == "library"}


def test_it_follows_the_schema(bill):
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill)) is None


def test_every_pinned_package_is_named_with_all_its_hashes(packages):
    pinned = dict(re.findall(r"^([a-z0-9._-]+)(?:\[.*?\])?==([^ ]+)", REQUIREMENTS, re.MULTILINE))
    assert {name: part["version"] for name, part in packages.items()} == pinned
    sources = [part["externalReferences"][0] for part in packages.values()]
    named = [each["content"] for source in sources for each in source["hashes"]]
    assert sorted(named) == sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", REQUIREMENTS))


def test_each_package_has_a_licence_by_a_known_word(packages):
    for name, part in packages.items():
        [said] = part["licenses"]
        word = said.get("expression") or said["license"]["id"]
        assert is_supported_id(word) or is_expression(word), name


def test_no_licence_is_said_by_hand_of_a_package_that_has_gone(packages):
    assert set(sbom.LICENCES) <= set(packages)


def test_programs_inside_packages_are_named_with_version_and_bytes(packages):
    inside = {part["name"]: part for package in packages.values() for part in package.get("components", [])}
    assert set(inside) >= {"PostgreSQL", "Valkey", "PDFium", "libpq", "Bootstrap", "htmx", "openssl", "age"}
    summed = subprocess.run(["sha256sum", installed_server()], capture_output=True, text=True, check=True)
    assert inside["Valkey"]["hashes"][0]["content"] == summed.stdout.split()[0]


def test_who_needs_whom_leads_from_the_application_to_every_package(bill):
    needs = {one["ref"]: one["dependsOn"] for one in bill["dependencies"]}
    reached, left = set(), ["tumorboard"]
    while left:
        ref = left.pop()
        left += [needed for needed in needs[ref] if needed not in reached]
        reached.update(needs[ref])
    assert reached == set(needs) - {"tumorboard"}


def test_the_images_that_containers_start_from_are_named(bill):
    images = {part["name"] for part in bill["components"] if part["type"] == "container"}
    assert images == {"caddy", "clamav/clamav", "postgres", "python", "redis"}
