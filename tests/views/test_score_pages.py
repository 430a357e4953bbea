"""Is a score explained on a page of its own, to whom it may be, and read again while somebody types?"""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.domain import scores
from cases.models import Draft, Fitness, Waiver
from cases.vocabulary import Specialty
from tests import factories
from tests.factories.decisions import a_room
from tests.factories.inputs import an_input
from tumorboard.audit import trail

pytestmark = pytest.mark.django_db
TAKEN = date(2026, 11, 16)


@pytest.fixture
def board():
    return factories.board()


@pytest.fixture
def surgeon(board):
    return factories.member(board, specialty=Specialty.SURGERY)


@pytest.fixture
def case(board):
    made = factories.a_case(board)
    factories.a_diagnosis(made)
    for analyte, value, unit in (("bilirubin", 11, "umol/L"), ("albumin", 39, "g/L")):
        factories.lab(made, analyte, value, unit, taken_on=TAKEN)
    return made


def page(client, case, score_id="albi"):
    return client.get(reverse("cases:score", args=[case.pk, score_id]))


def text(response):
    return " ".join(response.content.decode().split())


def test_a_score_with_inputs_days_author_version_and_source(client, case, surgeon):
    client.force_login(surgeon)
    shown = text(page(client, case))

    for words in (
        "\N{MINUS SIGN}2.63",
        "grade 1, mALBI 1",
        "11 µmol/L",
        "16-Nov-2026",
        case.referred_by.display_name,
        "version 1",
        "Johnson PJ et al. J Clin Oncol 2015;33:550-558",
        "To be confirmed locally:",
        "EZ-ALBI is a different score.",
        "Decision support: to be judged by the board.",
    ):
        assert words in shown, words


def test_what_is_missing_leads_to_where_it_is_recorded(client, case, surgeon):
    Waiver.objects.create(case=case, item="inr", reason="Anticoagulated.", created_by=surgeon)
    client.force_login(surgeon)
    shown = text(page(client, case, "child_pugh"))

    assert "Inputs missing" in shown
    assert f'<a href="/cases/{case.pk}/record/liver/">encephalopathy</a>' in shown
    assert "INR</a> (waived: Anticoagulated." in shown


def test_every_score_and_rule_has_its_page(client, case, surgeon):
    client.force_login(surgeon)
    wrong = [
        one.id
        for one in scores.all_scores()
        if page(client, case, one.id).status_code != (404 if one.id == "blocking_missing" else 200)
    ]

    assert wrong == []


def test_what_does_not_exist_or_may_not_be_seen_is_not_found(client, case, surgeon):
    client.force_login(surgeon)
    assert page(client, case, "no-such-score").status_code == 404
    client.force_login(factories.person())
    assert page(client, case).status_code == 404


def test_a_referrer_reads_scores_and_no_rule_made_of_judgements(client, case):
    client.force_login(case.referred_by)

    assert page(client, case).status_code == 200
    assert page(client, case, "flag_resection").status_code == 404
    assert "Published rules" not in text(client.get(reverse("cases:case", args=[case.pk])))


def test_reading_a_score_is_reading_the_case(client, case, surgeon):
    client.force_login(surgeon)
    page(client, case)

    assert [one.verb for one in trail.of(case.about) if one.actor_id == surgeon.pk] == ["case.viewed"]


def test_a_rule_suggests_and_never_forbids(client, case, surgeon):
    client.force_login(surgeon)
    shown = text(page(client, case, "flag_transplant_crlm"))

    assert "Published rule: Transplant, colorectal metastases" in shown
    assert "This published rule is not met (1 item); the case stays on the agenda." in shown  # the age
    assert "<b>Not known</b>: No disease outside the liver" in shown
    assert "A rule that is not met is no reason to leave a case undiscussed." in shown


def test_earlier_values_are_drawn(client, case, surgeon):
    factories.lab(case, "bilirubin", 30, "umol/L", taken_on=date(2026, 9, 1))
    factories.lab(case, "albumin", 33, "g/L", taken_on=date(2026, 9, 1))
    client.force_login(surgeon)

    assert "trend-chart" in text(page(client, case))
    assert "trend-chart" not in text(page(client, case, "tbs"))


def test_the_decision_that_it_entered_is_named(client):
    room = a_room()
    factories.lab(room.case, "bilirubin", 11, "umol/L")
    factories.lab(room.case, "albumin", 39, "g/L")
    decided = room.decide()
    client.force_login(room.surgeon)
    shown = text(page(client, room.case))

    assert reverse("cases:decision", args=[decided.pk]) in shown
    assert "version 1" in shown


def test_the_case_page_shows_disease_rules_and_what_the_board_switched_off_not(client, surgeon, board, case):
    client.force_login(surgeon)
    shown = text(client.get(reverse("cases:case", args=[case.pk])))
    type(board).objects.filter(pk=board.pk).update(switched_off=["fong_crs", "flag_transplant_crlm"])
    after = text(client.get(reverse("cases:case", args=[case.pk])))

    assert all(words in shown for words in ("Colorectal metastases", "Published rules", "Fong clinical risk"))
    assert "BCLC" not in shown
    assert "Fong clinical risk" not in after
    assert "Transplant, colorectal metastases" not in after


def test_the_case_page_marks_what_is_not_confirmed_and_dates_what_a_rule_was_judged_from(
    client, surgeon, board, case
):
    client.force_login(surgeon)
    by = {"case": case, "created_by": case.referred_by}
    Fitness.objects.create(ecog=1, assessed_on=date(2025, 3, 4), **by)
    address = reverse("cases:case", args=[case.pk])
    albi = '16-Nov-2026</span> <span class="sub">to be confirmed locally</span>'

    shown = text(client.get(address))
    assert albi in shown
    assert "ECOG: 1 (04-Mar-2025)" in shown
    type(board).objects.filter(pk=board.pk).update(confirmed_locally=["albi"])
    assert albi not in text(client.get(address))


@pytest.mark.parametrize("score_id", ["albi", "child_pugh", "flag_resection", "game"])
def test_queries_do_not_grow(client, board, surgeon, score_id):
    client.force_login(surgeon)
    counts = []
    for rows in (1, 3):
        case = factories.a_case(board)
        factories.a_diagnosis(case)
        for number in range(rows):
            day = date(2026, 11, number + 1)
            factories.lab(case, "bilirubin", 11 + number, "umol/L", taken_on=day)
            factories.lab(case, "albumin", 39, "g/L", taken_on=day)
            factories.a_lesion(case, number=number + 1, mm=20)
        with CaptureQueriesContext(connection) as queries:
            assert page(client, case, score_id).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[0] <= 40


# -- all of them ------------------------------------------------------------------------------------------


def test_everybody_may_read_what_the_scores_are(client):
    client.force_login(factories.person())
    shown = text(client.get(reverse("cases:scores")))

    assert all(one.title in shown for one in scores.all_scores() if "'" not in one.title)
    assert "in umol/L (also mg/dL)" in shown


# -- while somebody types ---------------------------------------------------------------------------------


def typed(client, asked, **said):
    return text(client.post(reverse("cases:input-scores", args=[asked.pk]), said))


def test_scores_are_read_again_while_a_surgeon_types(client, case, surgeon):
    """175 cm, 80 kg: eTLV 1704.7 mL (Vauthey 2002), so 500 mL are 29.3 %."""
    Fitness.objects.create(
        case=case, height_cm=175, weight_kg=80, assessed_on=TAKEN, created_by=case.referred_by
    )
    asked = an_input(case, surgeon)
    client.force_login(surgeon)
    before = typed(client, asked)
    after = typed(client, asked, flr_volume_ml="500", liver_background="normal", r0_possible="NO")

    assert "29.3" not in before
    assert "<b>29.3 %</b>" in after
    assert "Not met: R0 resection is possible" in after
    assert not Draft.objects.exists()
    assert asked.case.inputs.get(pk=asked.pk).status == "ASKED"


def test_what_cannot_be_read_is_left_out_and_the_rest_counts(client, case, surgeon):
    asked = an_input(case, surgeon)
    client.force_login(surgeon)
    said = {"flr_volume_ml": "some", "asa": "III"}

    assert "<b>ASA III</b>" in typed(client, asked, **said)


def test_without_scripts_the_saved_state_is_shown(client, case, surgeon):
    asked = an_input(case, surgeon, created_at=timezone.now())
    client.force_login(surgeon)
    shown = text(client.get(reverse("cases:input", args=[asked.pk])))

    assert "Computed as you type" in shown
    assert "ASA physical status" in shown


@pytest.mark.parametrize("specialty", Specialty.values)
def test_each_discipline_has_something_computed_or_is_told_that_not(client, case, board, specialty):
    who = factories.member(board, specialty=specialty)
    asked = an_input(case, who, specialty)
    client.force_login(who)
    response = client.post(reverse("cases:input-scores", args=[asked.pk]), {})

    assert response.status_code == 200
    assert 'id="computed-title"' in text(response)
