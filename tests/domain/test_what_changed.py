"""Is every difference since the last decision told, with figures that hold, and nothing else?"""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cases.domain import kept
from cases.domain.kept import Kept, KeptItem, KeptLesion, KeptResult
from cases.domain.picture import NAMES, Gap, Item, Picture
from cases.domain.picture.seen import LesionSeen, Measured
from cases.domain.what_changed import (
    COMPARED,
    SAID_OTHERWISE,
    SUMMARIES_OF_LESIONS,
    WITH_THE_CALENDAR,
    changes,
    grouped,
    growth,
    in_short,
)

THEN = date(2026, 10, 12)
L1 = KeptLesion(1, ("6",), Decimal(23))


def told(then, now):
    return [one.words for one in changes(then=then, now=now)]


def with_lesions(*lesions):
    return Kept(lesions={one.number: one for one in lesions})


def amount(value, unit):
    return KeptItem({"value": str(value), "unit": unit}, f"{value} {unit}")


def with_item(name, item):
    return Kept(
        items={name: item} if isinstance(item, KeptItem) else {},
        gaps={} if isinstance(item, KeptItem) else {name: item},
    )


def test_what_is_the_same_is_not_listed():
    known = Kept(
        {"afp": amount(40, "ug/L")}, {"ras": "pending"}, {1: L1}, {"albi": KeptResult("ALBI", "1", "-2.6")}
    )

    assert changes(then=known, now=known) == []
    assert in_short([]) == "Nothing recorded has changed."


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ((L1, KeptLesion(2, ("7", "8"), Decimal("9.5"))), ["L2 is new: 9.5 mm, segments 7, 8"]),
        ((), ["L1: 23 mm, segment 6, now withdrawn"]),
        ((replace(L1, is_gone=True),), ["L1: 23 mm, segment 6, now no longer seen"]),
        ((replace(L1, mm=Decimal(31)),), ["L1: 23 mm, now 31 mm (+8 mm, +35 %)"]),
        ((replace(L1, mm=Decimal("23.0")),), []),
        ((replace(L1, mm=None),), ["L1: 23 mm, now not measured"]),
        ((replace(L1, treated=True),), ["L1: not treated, now treated"]),
        ((replace(L1, viable="NO"),), ["L1: viable, now not viable"]),
        ((replace(L1, viable_mm=Decimal(11)),), ["L1: not measured, now 11 mm viable"]),
        ((replace(L1, segments=("5", "6")),), ["L1: segment 6, now segments 5, 6"]),
        ((replace(L1, li_rads="LR-5"),), ["L1: not recorded, now LR-5"]),
    ],
)
def test_lesions_are_told_one_by_one(now, words):
    assert told(with_lesions(L1), with_lesions(*now)) == words


def test_a_lesion_that_had_gone_may_be_seen_again():
    assert told(with_lesions(replace(L1, is_gone=True)), with_lesions(L1)) == [
        "L1: no longer seen, now seen again"
    ]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("20", "24", "+4 mm, +20 %"),  # 24 / 20 = 1.2
        ("20", "14", "−6 mm, −30 %"),
        ("200", "201", "+1 mm, +1 %"),  # 0.5 % is rounded up
        ("29.5", "35.4", "+5.9 mm, +20 %"),  # 19.999... to a computer that counts in halves
        ("0", "5", "+5 mm"),
        ("5", "0", "−5 mm, −100 %"),
        (None, "5", ""),
    ],
)
def test_growth_is_in_millimetres_and_per_cent(before, after, words):
    assert growth(*(None if one is None else Decimal(one) for one in (before, after))) == words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (amount(40, "ug/L"), amount(120, "ug/L"), ["AFP: 40 ug/L, now 120 ug/L (3.0 times)"]),
        (amount(120, "ug/L"), amount(40, "ug/L"), ["AFP: 120 ug/L, now 40 ug/L (0.3 times)"]),
        (amount(40, "ug/L"), amount(42, "ug/L"), ["AFP: 40 ug/L, now 42 ug/L (1.1 times)"]),  # 1.05, half up
        (amount(40, "ug/L"), amount(40, "ng/mL"), []),  # the same in another unit
        (amount(0, "ug/L"), amount(4, "ug/L"), ["AFP: 0 ug/L, now 4 ug/L"]),
        ("<2 µg/L", amount(4, "ug/L"), ["AFP: <2 µg/L, now 4 ug/L"]),
    ],
)
def test_a_marker_is_told_as_a_multiple(before, after, words):
    assert told(with_item("afp", before), with_item("afp", after)) == words


def test_other_blood_is_told_without_a_multiple_and_as_the_same_in_another_unit():
    before = with_item("bilirubin", amount("17.1", "umol/L"))

    assert told(before, with_item("bilirubin", amount(1, "mg/dL"))) == []
    assert told(before, with_item("bilirubin", amount(42, "umol/L"))) == [
        "Bilirubin: 17.1 umol/L, now 42 umol/L"
    ]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("pending", KeptItem("mutated", "mutated"), "RAS: pending, now mutated"),
        ("", KeptItem("wild_type", "wild type"), "RAS: not recorded, now wild type"),
        ("pending", "not tested", "RAS: pending, now not tested"),
        (KeptItem("mutated", "mutated"), "", "RAS: mutated, now no longer recorded"),
        (KeptItem("mutated", "mutated"), "waived", "RAS: mutated, now waived"),
    ],
)
def test_new_answers_and_those_taken_back(before, after, words):
    assert told(with_item("ras", before), with_item("ras", after)) == [words]


def result(words, version="1"):
    return Kept(results={"child_pugh": KeptResult("Child-Pugh", version, words)})


def test_a_score_is_told_when_it_says_something_else():
    assert told(result("6, class A"), result("7, class B")) == ["Child-Pugh: 6, class A, now 7, class B"]
    assert told(result("6, class A"), result("6, class A", "2")) == []
    assert told(result("6, class A"), result("7, class B", "2")) == [
        "Child-Pugh: 6, class A, now 7, class B (formula 1, now 2)"
    ]
    assert told(result(""), result("7, class B")) == told(Kept(), result("7, class B")) == []


def test_the_order_is_that_of_the_board_and_the_short_form_ends_with_how_many_more():
    items = {name: amount(10, "ug/L") for name in ("cea", "afp")} | {"ecog": KeptItem(0, "0")}
    more = {name: amount(20, "ug/L") for name in ("cea", "afp")} | {"ecog": KeptItem(1, "1")}
    found = changes(
        then=Kept(items, {"ras": "pending"}, {1: L1}),
        now=Kept(more | {"ras": KeptItem("mutated", "mutated")}, {}, {1: replace(L1, mm=Decimal(24))}),
    )

    assert [group for group, _ in grouped(found)] == ["Lesions", "Tumour markers", "Pathology", "Patient"]
    assert in_short(found) == (
        "L1: 23 mm, now 24 mm (+1 mm, +4 %); AFP: 10 ug/L, now 20 ug/L (2.0 times); "
        "RAS: pending, now mutated; ECOG performance status: 0, now 1; and 1 more."
    )


def test_with_a_table_of_lesions_their_sum_is_not_told_again():
    count = with_item("lesion_count", KeptItem(2, "2")), with_item("lesion_count", KeptItem(3, "3"))

    assert told(*count) == ["Number of lesions: 2, now 3"]
    assert told(*(replace(one, lesions={1: L1}) for one in count)) == []


def test_every_name_is_compared_or_left_out_on_purpose():
    left_out = WITH_THE_CALENDAR | SAID_OTHERWISE

    assert left_out <= set(NAMES)
    assert set(COMPARED) == set(NAMES) - left_out
    assert set(COMPARED) >= SUMMARIES_OF_LESIONS


# -- what is kept -----------------------------------------------------------------------------------------

PICTURE = Picture(
    {
        "afp": Item(
            "afp", {"value": Decimal("40.0000"), "unit": "ug/L"}, "40 µg/L", THEN, by="Dr B", place="labs"
        )
    },
    {
        "ras": Gap("ras", "pending", on=THEN, by="Dr O"),
        "cea": Gap("cea", "bound", "<1 µg/L", on=THEN),
        "msi": Gap("msi"),
    },
    "hcc",
    THEN,
    (LesionSeen(1, ("6",), measured=(Measured(THEN, Decimal("23.0")),)),),
)
SAID = {"id": "albi", "title": "ALBI", "version": "1", "about": "", "value": "-2.61", "meaning": "grade 1"}


def stored(said):
    return json.loads(json.dumps(said, default=str))


def test_a_picture_is_read_as_it_was_kept():
    found = kept.read(stored(kept.keep(PICTURE, [SAID])), on=THEN)

    assert found.items == {"afp": KeptItem({"value": "40.0000", "unit": "ug/L"}, "40 µg/L")}
    assert found.gaps == {"ras": "pending", "cea": "<1 µg/L"}
    assert found.lesions == {1: replace(L1, mm=Decimal("23.0"))}
    assert found.results == {"albi": KeptResult("ALBI", "1", "-2.61, grade 1")}


def test_the_first_version_is_still_readable():
    rows = {
        "version": 1,
        "diagnosis": {"primary_site": "HCC", "macrovascular_invasion": "NO", "primary_resected_on": None},
        "labs": [
            {"analyte": "afp", "value": "40.0000", "comparator": "", "unit": "ug/L", "taken_on": "2026-10-05"}
        ],
        "fitness": {"ecog": 1, "assessed_on": "2026-10-01", "height_cm": "170.0"},
        "liver_status": None,
        "lesions": [
            {"number": 1, "segments": ["6"], "viable": "YES", "treated": False,
             "newest": {"long_axis_mm": "23.0", "viable_mm": None, "measured_on": "2026-10-01"}},
            {"number": 2, "segments": [], "viable": "YES", "treated": False, "newest": None},
        ],
        "scores": {"albi": "1"},
    }  # fmt: skip
    found = kept.read(rows, on=THEN)

    assert found.items["afp"].value == {"value": Decimal("40.0000"), "unit": "ug/L"}
    assert (found.items["ecog"].words, found.items["primary_site"].value) == ("1", "hcc")
    assert found.items["macrovascular_invasion"].words == "no"
    assert found.lesions == {1: replace(L1, mm=Decimal("23.0")), 2: KeptLesion(2)}
    assert found.results == {}


@pytest.mark.parametrize("nothing", [{}, {"schema": 3}, {"version": 9}])
def test_what_no_version_has_written_is_not_read(nothing):
    assert kept.read(nothing, on=THEN) is None
