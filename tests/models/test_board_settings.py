"""Does a board's setting name only what exists, and does the administration say what that is?"""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from cases.domain.board_settings import refusals
from cases.models import ClosedDay
from cases.queries.board_days import rules_of
from tests.factories import board, meeting, member, person
from tumorboard.audit.models import AuditEvent
from tumorboard.notifications import outbox

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
    rows = ("memberships", "quorum_rules", "closed_days")
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
    rows = {f"{row}-INITIAL_FORMS": "0" for row in ("memberships", "quorum_rules", "closed_days")}
    rows |= {"memberships-TOTAL_FORMS": "0", "quorum_rules-TOTAL_FORMS": "1", "closed_days-TOTAL_FORMS": "0"}
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


def typed_in(admin, address, **more):
    """What the page of a board would send back as it stands."""
    fields = admin.get(address).context["adminform"].form.initial
    typed = {name: value for name, value in fields.items() if not isinstance(value, list | bool)}
    rows = ("memberships", "quorum_rules", "closed_days")
    rows = {f"{row}-{name}_FORMS": "0" for row in rows for name in ("TOTAL", "INITIAL")}
    usual = {"input_specialties": ["SURGERY"], "reminder_hours": "72", "is_active": "on"}
    return typed | rows | usual | more


def test_an_unknown_place_of_holidays_is_refused_with_examples(admin):
    sits = board(quiet_from=time(20), quiet_until=time(7))
    address = reverse("admin:cases_tumorboard_change", args=[sits.pk])

    refused = admin.post(address, typed_in(admin, address, holidays="England"))
    assert "“England” is not a country or region whose holidays are known." in refused.text
    assert "GB-ENG, DE-BY" in refused.text
    assert 'value="England"' in refused.text

    kept = typed_in(admin, address, holidays="GB-ENG", reminder_days="1, 5, 5", morning_at="08:30")
    assert admin.post(address, kept).status_code == 302
    sits.refresh_from_db()
    assert (sits.holidays, sits.reminder_days, sits.morning_at) == ("GB-ENG", [5, 1], time(8, 30))


@pytest.mark.parametrize("morning", ["20:00", "06:59", "23:59"])
def test_a_morning_in_the_hours_without_e_mail_is_refused(morning):
    sits = board(quiet_from=time(20), quiet_until=time(7), morning_at=time.fromisoformat(morning))
    with pytest.raises(ValidationError) as refused:
        sits.full_clean()
    assert refused.value.message_dict["morning_at"] == [
        "This lies in the hours without e-mail. Choose a time outside them."
    ]


def test_a_closed_day_is_kept_and_taken_out_again_and_both_are_in_the_trail(admin):
    sits = board()
    address = reverse("admin:cases_tumorboard_change", args=[sits.pk])
    day = {"closed_days-TOTAL_FORMS": "1", "closed_days-0-day": "2026-12-24", "closed_days-0-name": "Eve"}

    assert admin.post(address, typed_in(admin, address) | day).status_code == 302
    closed = sits.closed_days.get()
    assert (closed.day, closed.name, closed.created_by.is_superuser) == (date(2026, 12, 24), "Eve", True)
    assert not rules_of(sits).days.is_working(date(2026, 12, 24))
    gone = day | {"closed_days-INITIAL_FORMS": "1", "closed_days-0-DELETE": "on"}
    gone |= {"closed_days-0-id": str(closed.pk), "closed_days-0-board": str(sits.pk)}
    assert admin.post(address, typed_in(admin, address) | gone).status_code == 302
    assert not sits.closed_days.exists()
    verbs = AuditEvent.objects.filter(about=sits.scope).values_list("verb", flat=True)
    assert {"closed_day.changed", "closed_day.removed"} <= set(verbs)


def test_a_closed_day_on_which_the_board_meets_is_kept_and_the_meetings_are_named(admin):
    sits = board(time_zone="Europe/Berlin")
    noon = datetime(2030, 12, 24, 12, tzinfo=UTC)
    there = meeting(sits, starts_at=noon)
    cancelled = meeting(sits, starts_at=noon + timedelta(hours=4), status="CANCELLED")
    other = meeting(sits, starts_at=noon + timedelta(days=1))
    address = reverse("admin:cases_tumorboard_change", args=[sits.pk])
    day = {"closed_days-TOTAL_FORMS": "1", "closed_days-0-day": "2030-12-24", "closed_days-0-name": "Eve"}

    said = admin.post(address, typed_in(admin, address) | day, follow=True).text
    assert f'<a href="{reverse("cases:meeting", args=[there.pk])}">24-Dec-2030, 13:00</a>' in said
    assert not any(str(one.pk) in said for one in (cancelled, other))
    assert sits.closed_days.exists()


def test_the_page_of_meetings_marks_those_on_a_closed_day(client):
    sits = board()
    client.force_login(member(sits))
    noon = datetime(2030, 12, 24, 12, tzinfo=UTC)
    meeting(sits, starts_at=noon), meeting(sits, starts_at=noon + timedelta(days=2))
    assert "Closed day" not in client.get(reverse("cases:meetings")).text

    ClosedDay.objects.create(board=sits, day=date(2030, 12, 24), name="Eve", created_by=person())
    said = client.get(reverse("cases:meetings")).text
    assert said.count("Closed day") == 1
    assert "Eve" in said


@pytest.mark.parametrize(("hours", "state"), [("48", "CANCELLED"), ("72, 48", "QUEUED")])
def test_a_reminder_that_waits_at_an_hour_that_is_taken_out_waits_for_the_new_one(admin, hours, state):
    sits = board()
    coming = meeting(sits, starts_at=timezone.now() + timedelta(days=20))
    told = {"kind": "input.reminder", "about": coming.about, "version": 72, "recipient": member(sits)}
    waits = outbox.put(**told, title="-", text="-", scope=sits.scope)
    address = reverse("admin:cases_tumorboard_change", args=[sits.pk])

    assert admin.post(address, typed_in(admin, address, reminder_hours=hours)).status_code == 302
    waits.refresh_from_db()
    assert waits.state == state
