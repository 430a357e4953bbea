"""Does a board's setting name only what exists, and does the administration say what that is?"""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cases.domain.board_settings import refusals
from tests.factories import board, person
from tumorboard.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

SETTINGS = ("items_not_required", "switched_off", "confirmed_locally")


@pytest.mark.parametrize(
    ("setting", "wrong", "known"),
    [
        ("items_not_required", "rash", "ras"),
        ("switched_off", "child_pew", "child_pugh"),
        ("confirmed_locally", "flag_of_truce", "flag_resection"),
    ],
)
def test_a_wrong_name_is_refused_with_the_list_of_the_known(setting, wrong, known):
    sits = board(**{setting: [wrong, known]})

    with pytest.raises(ValidationError) as refused:
        sits.full_clean()

    [told] = refused.value.message_dict[setting]
    assert told.startswith(f"Not known: “{wrong}”. Choose from: ")
    assert f" {known}," in told


def test_known_names_and_none_are_accepted():
    board(items_not_required=["ras", "msi"], switched_off=["icg_r15_makuuchi"]).full_clean()
    assert refusals(dict.fromkeys(SETTINGS, ())) == {}


@pytest.fixture
def admin(client):
    client.force_login(person(is_staff=True, is_superuser=True))
    return client


def test_the_administration_keeps_what_was_typed_and_says_what_is_known(admin):
    sits = board()
    address = reverse("admin:cases_tumorboard_change", args=[sits.pk])
    fields = admin.get(address).context["adminform"].form.initial
    typed = {name: value for name, value in fields.items() if not isinstance(value, list | bool)}
    rows = ("memberships", "quorum_rules")
    seats = {f"{row}-{name}_FORMS": "0" for row in rows for name in ("TOTAL", "INITIAL")}
    form = typed | seats | {"input_specialties": ["SURGERY"], "reminder_hours": "72", "is_active": "on"}

    refused = admin.post(address, form | {"items_not_required": "ras, rash", "imaging_days": "56"})
    assert "Not known: “rash”." in refused.text
    assert "ras,rash" in refused.text.replace(" ", "")

    accepted = admin.post(address, form | {"items_not_required": "ras, msi", "imaging_days": "56"})
    sits.refresh_from_db()
    assert (accepted.status_code, sits.items_not_required, sits.imaging_days) == (302, ["ras", "msi"], 56)


def test_a_rule_of_who_must_be_there_is_kept_and_in_the_trail(admin):
    sits = board()
    address = reverse("admin:cases_tumorboard_change", args=[sits.pk])
    fields = admin.get(address).context["adminform"].form.initial
    typed = {name: value for name, value in fields.items() if not isinstance(value, list | bool)}
    rows = {f"{row}-INITIAL_FORMS": "0" for row in ("memberships", "quorum_rules")}
    rows |= {"memberships-TOTAL_FORMS": "0", "quorum_rules-TOTAL_FORMS": "1"}
    rule = {"quorum_rules-0-topic": "TRANSPLANT", "quorum_rules-0-specialties": ["TRANSPLANT", "NURSING"]}
    form = typed | rows | {"input_specialties": ["SURGERY"], "reminder_hours": "72", "is_active": "on"}

    assert admin.post(address, form | rule | {"ratify_days": "3"}).status_code == 302
    sits.refresh_from_db()
    kept = sits.quorum_rules.get()
    assert (kept.topic, kept.disease, kept.specialties) == ("TRANSPLANT", "", ["TRANSPLANT", "NURSING"])
    assert sits.ratify_days == 3
    assert AuditEvent.objects.filter(verb="quorum.changed", about=sits.scope).exists()
    of_nothing = {"quorum_rules-0-topic": "", "quorum_rules-0-specialties": ["NURSING"]}
    assert admin.post(address, form | of_nothing).status_code == 200
    assert sits.quorum_rules.count() == 1
