"""Does the case page say what is missing, who owes it, and where it is recorded or waived?"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Diagnosis
from cases.services import disease
from cases.vocabulary import Role, Specialty
from tests.factories import a_case, a_diagnosis, board, lab, member
from tests.factories.inputs import a_signed_pathology

pytestmark = pytest.mark.django_db


@pytest.fixture
def liver():
    return board()


@pytest.fixture
def coordinator(client, liver):
    user = member(liver, Role.COORDINATOR)
    client.force_login(user)
    return user


@pytest.fixture
def case(liver, coordinator):
    case = a_case(liver)
    a_diagnosis(case)
    return case


def card(client, case):
    page = client.get(reverse("cases:case", args=[case.pk])).text
    return page.partition('aria-labelledby="ready-title"')[2].partition("</section>")[0]


def test_each_missing_item_has_a_way_to_record_and_to_waive_it(client, case):
    shown = card(client, case)

    assert f'href="/cases/{case.pk}/record/labs/">Record<span class="visually-hidden"> bilirubin' in shown
    assert f'href="/cases/{case.pk}/waive/bilirubin/">Waive' in shown
    assert f'href="/cases/{case.pk}/waive/ras/">Waive' in shown


def test_the_primary_site_is_recorded_and_never_waived(client, case):
    Diagnosis.objects.filter(case=case).update(primary_site="")
    shown = card(client, case)

    assert "Primary site" in shown
    assert "/waive/primary_site/" not in shown


def test_what_is_pending_says_so_and_since_when(client, liver, case):
    pathologist = member(liver, specialty=Specialty.PATHOLOGY, family_name="Okafor")
    asked = a_signed_pathology(case, pathologist, {"BRAF": "PENDING"})
    shown = card(client, case)

    assert f"pending since {timezone.localdate():%d-%b-%Y} · {pathologist.display_name}" in shown
    assert f'href="/inputs/{asked.pk}/">Record<span class="visually-hidden"> BRAF' in shown


def test_what_is_waived_stands_apart_with_its_reason_and_author(client, case, coordinator):
    disease.waive(case=case, item="ras", reason="No tissue is left.", by=coordinator)
    missing, _, waived = card(client, case).partition("Not needed for this case")

    assert "/waive/ras/" not in missing
    assert "No tissue is left." in waived
    assert coordinator.display_name in waived


def test_what_will_be_too_old_is_told_by_the_limit_of_the_board(client, liver, case):
    type(liver).objects.filter(pk=liver.pk).update(blood_days=7)
    lab(case, "albumin", 40, "g/L", taken_on=timezone.localdate() - timedelta(days=8))
    shown = card(client, case)

    assert "Too old on the day" in shown
    assert "8 days old on the day, limit 7" in shown


def test_whoever_may_not_record_is_shown_no_way_to(client, liver, case):
    client.force_login(member(liver, Role.OBSERVER))
    shown = card(client, case)

    assert "Bilirubin" in shown
    assert "Waive" not in shown
