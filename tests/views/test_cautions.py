"""Do the cautions stand on the interventional radiologist's page, and follow what is typed?"""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.vocabulary import Specialty
from tests import factories
from tests.factories.inputs import an_input
from tests.forms.test_specialist_input import COMPLETE

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    board = factories.board()
    case = factories.a_case(board)
    factories.a_lesion(case, 1, ["6"], 34, date(2026, 10, 12))
    factories.lab(case, "inr", "1.6", "1", date(2026, 11, 16))
    return an_input(case, factories.member(board, specialty="INTERVENTIONAL"), Specialty.INTERVENTIONAL)


def typed(asked, **row):
    lesion = asked.case.lesion_set.get()
    said = {"accesses-TOTAL_FORMS": "1", "accesses-INITIAL_FORMS": "1", "accesses-0-lesion": str(lesion.pk)}
    return (
        COMPLETE[Specialty.INTERVENTIONAL] | said | {f"accesses-0-{name}": what for name, what in row.items()}
    )


def test_they_stand_on_the_page_before_anything_is_typed(client, asked):
    client.force_login(asked.asked_of)

    page = client.get(reverse("cases:input", args=[asked.pk])).content.decode()

    assert "L1: 34 mm, above 30 mm" in page
    assert "INR above 1.5: bleeding." in page
    assert "to be confirmed locally" in page


def test_they_follow_what_is_typed_and_nothing_is_kept(client, asked):
    client.force_login(asked.asked_of)
    address = reverse("cases:input-cautions", args=[asked.pk])

    near = client.post(address, typed(asked, distance_bile_duct_mm="6")).content.decode()
    ruled_out = client.post(address, typed(asked, distance_bile_duct_mm="6") | {"ablatable": "NO"})

    assert "L1: 6 mm from the central bile duct" in near
    assert "Ablation" not in ruled_out.content.decode()
    asked.refresh_from_db()
    assert asked.status == "ASKED"


def test_a_lesion_that_is_gone_gets_none(client, asked):
    asked.case.lesion_set.update(disappeared_on=date(2026, 11, 1))
    client.force_login(asked.asked_of)

    assert "34 mm, above" not in client.get(reverse("cases:input", args=[asked.pk])).content.decode()


def test_each_lesion_has_its_row_and_is_kept_with_the_draft(client, asked):
    client.force_login(asked.asked_of)
    address = reverse("cases:input", args=[asked.pk])

    kept = typed(asked, ablatable="YES", distance_organ_mm="12", organ="STOMACH", visible_on=["US", "CT"])
    client.post(address, kept | {"version": asked.version, "act": "save"})

    [row] = asked.interventionalinput.accesses.all()
    assert (row.lesion.number, row.distance_organ_mm, row.organ) == (1, 12, "STOMACH")
    assert sorted(row.visible_on) == ["CT", "US"]


def test_queries_do_not_grow_with_lesions(client, asked):
    client.force_login(asked.asked_of)
    address = reverse("cases:input", args=[asked.pk])
    client.get(address)
    counts = []
    for extra in (2, 5):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        counts.append(len(queries))
        for number in range(extra, extra + 3):
            factories.a_lesion(asked.case, number, ["7"], 12, date(2026, 10, 12))

    assert counts[0] == counts[1]
