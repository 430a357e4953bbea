"""Which fields could name a patient, and do they stay where they belong?

`field_classes.txt` classes every stored field: identifying (names somebody, or is free text that may),
clinical (about their health), secret (opens something; locked by a key outside the database), plain. A new
field fails here until a person has thought about it.
"""

import re

import pytest
from django.apps import apps

from tests.guards.source import ROOT

CLASSES = dict(
    line.split()
    for line in (ROOT / "tests/guards/field_classes.txt").read_text(encoding="utf-8").splitlines()
)
APPS = ("accounts", "mfa", "socialaccount", "audit", "notifications", "health", "cases")
NAMING = sorted(
    key.split(".")[1] for key, kind in CLASSES.items() if kind == "identifying" and key.startswith("Patient.")
)
NOTICES = sorted((ROOT / "templates" / "notices").glob("*"))


def stored_fields() -> set[str]:
    return {
        f"{model.__name__}.{field.name}"
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.local_concrete_fields
    }


def test_every_stored_field_is_classed():
    stored = stored_fields()

    assert stored - set(CLASSES) == set(), "Class these in tests/guards/field_classes.txt"
    assert set(CLASSES) - stored == set(), "These are no longer stored"
    assert set(CLASSES.values()) == {"identifying", "clinical", "secret", "plain"}


@pytest.mark.parametrize("template", NOTICES, ids=lambda path: path.name)
def test_no_notice_can_name_a_patient(template):
    """Notices reach mail servers: they know a case number, a board, a date and a link."""
    text = template.read_text(encoding="utf-8")

    assert not re.search(r"patient\s*\.|\.patient\b|diagnosis|question|why_now|lesion|wish\b", text), text
    for name in NAMING:
        assert not re.search(rf"(?<!recipient\.)\b{name}\b", text), name


def test_addresses_carry_ids_only():
    """A path takes a uuid, a number or a fixed word: never free text that could be a name."""
    from django.urls import get_resolver

    def parts(patterns, prefix=""):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from parts(pattern.url_patterns, prefix + str(pattern.pattern))
            else:
                yield prefix + str(pattern.pattern), pattern.pattern

    free = [
        address
        for address, pattern in parts(get_resolver().url_patterns)
        if address.startswith(tuple("abcdefghijklmnopqrstuvwxyz"))
        and not address.startswith(("admin/", "accounts/", "mailbox/", "static/"))
        and any(type(c).__name__ in {"StringConverter", "PathConverter"} for c in pattern.converters.values())
    ]

    assert set(free) <= {"drafts/<str:form>/<str:key>/", "drafts/<slug:form>/<slug:key>/"}, free
