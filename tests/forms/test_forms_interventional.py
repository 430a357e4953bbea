"""Is the interventional radiologist asked of each lesion and of the patient, and told what contradicts?"""

import pytest

from cases.models import InterventionalInput
from tests.forms.test_specialist_input import COMPLETE, forms, wrong

COLUMNS = {f.name for f in InterventionalInput._meta.concrete_fields if not f.primary_key}
ROW = {"lesion": "", "label": "L1", "segments": "6", "last_size": "34 mm, 12-Oct-2026", "size_mm": 34}


def accesses(row):
    said = {"accesses-TOTAL_FORMS": "1", "accesses-INITIAL_FORMS": "1"}
    return said | {f"accesses-0-{name}": value for name, value in row.items()}


def part(said, **stands):
    return forms("INTERVENTIONAL", COMPLETE["INTERVENTIONAL"] | said, **stands)


def test_every_column_is_asked_and_stands_in_a_card_once():
    form = part({}).details

    assert set(form.fields) == COLUMNS
    assert sorted(name for card in form.questions for name, _ in card.asked) == sorted(COLUMNS)


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"embolisation_suitable": "NO"}, "embolisation_stop_reason"),
        ({"y90_suitable": "NO", "activity_gbq": "1.5"}, "y90_suitable_0"),
        ({"lung_shunt_percent": "101"}, "lung_shunt_percent"),
        ({"activity_gbq": "51"}, "activity_gbq"),
        ({"drained_on": "2126-01-01"}, "drained_on"),
        (accesses({"visible_on": ["CT", "NONE"]}), "accesses-0-visible_on_0"),
        (accesses({"distance_vessel_mm": "4"}), "accesses-0-vessel"),
        (accesses({"distance_organ_mm": "4"}), "accesses-0-organ"),
        (accesses({"distance_bile_duct_mm": "301"}), "accesses-0-distance_bile_duct_mm"),
    ],
)
def test_what_contradicts_itself_is_said_at_its_field(said, where):
    assert wrong("INTERVENTIONAL", said) - {"accesses-0-lesion"} == {where}


def test_an_answer_whose_question_went_away_is_not_kept():
    said = {
        "portal_vein": "PATENT",
        "portal_thrombus": "VP4",
        "portal_side": "LEFT",
        "biliary_drainage": "NONE",
        "drained_on": "2026-11-01",
        "embolisation_stop_reason": "KIDNEY",
    }

    form = part(said)

    assert form.check(), form.problems
    kept = {name: form.typed_details[name] for name in said}
    assert kept == {
        "portal_vein": "PATENT",
        "portal_thrombus": "",
        "portal_side": "",
        "biliary_drainage": "NONE",
        "drained_on": None,
        "embolisation_stop_reason": "",
    }


def test_a_row_knows_its_lesion_and_what_is_typed_of_it_now():
    form = part(accesses({"distance_bile_duct_mm": "6", "organ": "BOWEL"}), rows={"accesses": [ROW]})

    [row] = form.rows["accesses"].forms
    assert (row.name, row.about) == ("L1", "segment 6; 34 mm, 12-Oct-2026")
    now = row.said_now
    assert (now["label"], now["size_mm"], now["distance_bile_duct_mm"], now["organ"]) == (
        "L1",
        34,
        6,
        "BOWEL",
    )
    assert now["ablatable"] is None
