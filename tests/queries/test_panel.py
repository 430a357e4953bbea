"""Does a case show the scores of its disease, as its board wants them, and keep them for a decision?"""

import json
from datetime import date, timedelta

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from cases.models import Fitness, LiverStatus, SurgicalInput, Waiver
from cases.queries.panel import live_lines, panels_of, results_for_snapshot, short_words
from cases.queries.picture import picture_of
from cases.queries.score_page import score_page
from cases.vocabulary import InputStatus, Specialty
from tests.factories import a_case, a_diagnosis, a_lesion, board, lab, member
from tests.factories.inputs import OPINION, an_input

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def with_labs(**more):
    case = a_case(**more)
    for analyte, value, unit in (("bilirubin", 11, "umol/L"), ("albumin", 39, "g/L"), ("cea", 9, "ug/L")):
        lab(case, analyte, value, unit, taken_on=TODAY)
    return case


def of_the_surgeon(case, surgeon, **said):
    """Signed, with these answers."""
    asked = an_input(case, surgeon)
    SurgicalInput.objects.create(input=asked, **said)
    signed = {"status": InputStatus.SIGNED, "signed_at": timezone.now(), "signed_by": surgeon}
    type(asked).objects.filter(pk=asked.pk).update(**signed, **OPINION)
    return asked


def panels(case, **more):
    return panels_of(case, picture_of(case, on=TODAY), **more)


def lines(case, **more):
    return {one.id: one for panel in panels(case, **more).panels for one in panel.lines}


def test_the_disease_stands_first_and_no_score_of_another():
    case = with_labs()
    a_diagnosis(case)
    shown = panels(case)

    assert [one.id for one in shown.panels][:2] == ["colorectal", "liver"]
    assert "bclc_2022" not in lines(case)
    assert [one.id for one in shown.flags] == ["flag_resection", "flag_transplant_crlm"]


def test_what_is_missing_leads_to_its_sheet_or_to_its_discipline():
    case = with_labs()
    a_diagnosis(case, primary_node_positive="PENDING")
    surgeon = member(case.board, specialty=Specialty.SURGERY)
    signed = of_the_surgeon(case, surgeon)
    shown = lines(case)
    fong = {one.name: one for one in shown["fong_crs"].missing}

    assert fong["primary_node_positive"].state == "pending"
    assert fong["primary_node_positive"].link == f"/cases/{case.pk}/record/diagnosis/"
    assert fong["largest_cm"].link.startswith(f"/cases/{case.pk}/")
    flr = {one.name: one.link for one in shown["flr"].missing}
    assert flr["flr_volume"] == f"/inputs/{signed.pk}/"


def test_a_waived_item_is_not_guessed_and_says_why():
    case = with_labs()
    a_diagnosis(case)
    Waiver.objects.create(case=case, item="albumin", reason="Not drawn.", created_by=case.referred_by)
    albi = lines(case)["albi"]

    assert albi.value  # a waiver asks for nothing more, but what is known stands
    bare = a_case()
    Waiver.objects.create(case=bare, item="albumin", reason="Not drawn.", created_by=bare.referred_by)
    assert {one.name: one.detail for one in lines(bare)["albi"].missing}["albumin"].startswith(
        "waived: Not drawn."
    )


def test_a_board_switches_off_and_confirms():
    case = with_labs(board=board(switched_off=["palbi", "flag_resection"], confirmed_locally=["albi"]))
    shown = panels(case)

    assert "palbi" not in lines(case)
    assert shown.flags == ()
    assert lines(case)["albi"].to_confirm == ""
    assert lines(case)["meld"].to_confirm


@pytest.mark.parametrize(("confirmed", "is_open"), [([], True), (["optn_net"], False)])
def test_a_list_to_go_through_is_confirmed_like_a_score(confirmed, is_open):
    case = a_case(board=board(confirmed_locally=confirmed))
    a_diagnosis(case, primary_site="NET_GEP")
    case.board.full_clean()

    [told] = [one for panel in panels(case).panels for one in panel.checklists]
    assert bool(told.to_confirm) is is_open


def test_who_does_not_sit_on_the_board_reads_nothing_that_disciplines_judge():
    case = with_labs()
    a_diagnosis(case)
    of_the_surgeon(case, member(case.board, specialty=Specialty.SURGERY), asa="III", r0_possible="NO")
    shown = panels(case, sits=False)
    names = {one.id for panel in shown.panels for one in panel.lines}

    assert (shown.flags, shown.notices) == ((), ())
    assert "asa" in lines(case)
    assert {"asa", "crlm_resectability_esmo"} & names == set()
    assert "albi" in names


def test_the_result_of_a_form_follows_what_is_typed():
    """175 cm, 80 kg: eTLV 1704.7 mL (Vauthey 2002), so 500 mL are 29.3 %."""
    case = with_labs()
    a_diagnosis(case)
    Fitness.objects.create(
        case=case, height_cm=175, weight_kg=80, assessed_on=TODAY, created_by=case.referred_by
    )
    typed = {"flr_volume_ml": 500, "liver_background": "normal", "segments_to_resect": ["5", "6", "7", "8"]}
    seen = picture_of(case, on=TODAY).with_input("SURGERY", typed, by="as typed")
    told, flags = live_lines("SURGERY", case, seen)
    values = {one.id: one.value for one in told}

    assert values["flr"] == "29.3\N{NO-BREAK SPACE}%"
    assert values["brisbane_2000"] == "right hemihepatectomy"
    assert [one.id for one in flags] == ["flag_resection"]


def test_what_a_decision_keeps_is_plain_data_with_versions_and_days():
    case = with_labs()
    a_diagnosis(case)
    kept = json.loads(
        json.dumps(results_for_snapshot(case, picture_of(case, on=TODAY)), cls=DjangoJSONEncoder)
    )
    by_id = {one["id"]: one for one in kept}

    assert by_id["albi"] | {"inputs": by_id["albi"]["inputs"][:1]} == {
        "id": "albi",
        "title": "ALBI and mALBI",
        "version": "1",
        "about": "",
        "status": "ok",
        "value": "\N{MINUS SIGN}2.63",
        "meaning": "grade 1, mALBI 1",
        "outputs": {"score": pytest.approx(-2.6277, abs=1e-4), "grade": 1, "malbi": "1"},
        "inputs": [
            {
                "name": "bilirubin",
                "value": {"value": "11.0000", "unit": "umol/L"},
                "words": "11 µmol/L",
                "on": "2026-11-24",
            }
        ],
        "missing": [],
    }
    assert by_id["fong_crs"]["status"] == "incomplete"
    assert "largest_cm" in by_id["fong_crs"]["missing"]
    assert by_id["flag_resection"]["outputs"]["flag"] == "cannot_tell"


def test_a_few_words_for_the_live_screen():
    case = with_labs()

    assert short_words(case, picture_of(case, on=TODAY), "albi", "meld3") == [
        f"ALBI \N{MINUS SIGN}2.63, grade 1 ({TODAY:%d-%b-%Y})"
    ]


# -- how a score moved ------------------------------------------------------------------------------------


def trend(case, score_id):
    return score_page(case, score_id, user=case.referred_by, sits=True, now=timezone.now()).trend


def test_a_score_is_drawn_for_each_day_on_which_all_its_values_were_taken():
    """0.66 log10(22) - 0.085 x 35 = -2.09; 0.66 log10(11) - 0.085 x 39 = -2.63 (Johnson 2015)."""
    case = with_labs()
    before = TODAY - timedelta(days=60)
    lab(case, "bilirubin", 22, "umol/L", taken_on=before)
    lab(case, "albumin", 35, "g/L", taken_on=before)
    lab(case, "bilirubin", 30, "umol/L", taken_on=TODAY - timedelta(days=30))  # no albumin that day

    found = trend(case, "albi")
    assert [(one.on, round(one.value, 2)) for one in found.readings] == [(before, -2.09), (TODAY, -2.63)]
    assert trend(a_case(), "albi") is None


def test_child_pugh_of_a_day_takes_the_liver_as_it_was_judged_by_then():
    """Bilirubin 11, albumin 39, INR 1.1: 1 point each; ascites none 1, mild 2; encephalopathy none 1."""
    case, before = a_case(), TODAY - timedelta(days=60)
    for day in (before, TODAY):
        for analyte, value, unit in (
            ("bilirubin", 11, "umol/L"),
            ("albumin", 39, "g/L"),
            ("inr", "1.1", "1"),
        ):
            lab(case, analyte, value, unit, taken_on=day)
    for day, ascites in ((before, "mild_or_controlled"), (TODAY, "none")):
        LiverStatus.objects.create(
            case=case,
            cirrhosis="YES",
            ascites=ascites,
            encephalopathy="none",
            assessed_on=day,
            created_by=case.referred_by,
        )

    assert [one.value for one in trend(case, "child_pugh").readings] == [6, 5]


def test_the_afp_score_of_a_day_takes_the_sizes_seen_by_then():
    """35 mm, one nodule: 1 point; AFP 50: 0, 500: 2 (Duvoux 2012)."""
    case, before = a_case(), TODAY - timedelta(days=60)
    a_diagnosis(case, primary_site="HCC")
    a_lesion(case, mm=35, measured_on=before)
    for day, value in ((before, 50), (TODAY, 500)):
        lab(case, "afp", value, "ng/mL", taken_on=day)

    assert [one.value for one in trend(case, "afp_score").readings] == [1, 3]


def test_the_afp_score_of_an_earlier_day_counts_what_has_been_treated_or_has_gone_since():
    """Nodules of 35, 20 and 28 mm: 1 point, AFP 50: 0; later only that of 20 mm: 0 (Duvoux 2012)."""
    case, before = a_case(), TODAY - timedelta(days=60)
    since = TODAY - timedelta(days=20)
    a_diagnosis(case, primary_site="HCC")
    treated = a_lesion(case, 1, mm=35, measured_on=before, treated=True, treated_on=since, viable="NO")
    a_lesion(case, 2, mm=20, measured_on=before)
    a_lesion(case, 3, mm=28, measured_on=before, disappeared_on=since)
    for day in (before, TODAY):
        lab(case, "afp", 50, "ng/mL", taken_on=day)

    assert treated.viable == "NO"
    assert [one.value for one in trend(case, "afp_score").readings] == [1, 0]
