"""Which tumours count, how large are they, and how did the targets respond?"""

from datetime import date
from decimal import Decimal as D

import pytest

from cases.domain import scores
from cases.domain.picture.seen import LesionSeen, Measured
from tests.domain.picturing import EARLIER, LATER, drawn, seen

HCC = {"primary_site": "HCC"}
CRC = {"primary_site": "COLORECTAL"}


def sizes(picture):
    return [str(one) for one in picture.raw("tumour_sizes_cm") or ()]


def test_millimetres_become_centimetres_largest_first_and_as_old_as_the_oldest():
    picture = drawn(diagnosis=HCC, lesions=[seen(1, (21, None, EARLIER)), seen(2, (30, None, LATER))])

    assert sizes(picture) == ["3", "2.1"]
    assert picture.item("tumour_sizes_cm").words == "3.0, 2.1 cm"
    assert picture.item("tumour_sizes_cm").on == EARLIER
    assert (picture.raw("largest_cm"), picture.raw("nodule_count"), picture.raw("liver_met_count")) == (
        3,
        2,
        2,
    )


def test_what_is_gone_or_not_viable_does_not_count():
    picture = drawn(
        diagnosis=HCC,
        lesions=[seen(1, 20), seen(2, 40, viable="NO"), seen(3, 50, disappeared_on=LATER), seen(4, 0)],
    )

    assert (sizes(picture), picture.raw("lesion_count")) == (["2"], 1)


def test_a_treated_lesion_counts_with_its_viable_part():
    """After TACE the viable part is measured (mRECIST); nothing viable left is no tumour."""
    picture = drawn(
        diagnosis=HCC,
        lesions=[seen(1, (40, 15), treated=True), seen(2, (33, 0), treated=True), seen(3, (22, 18))],
    )

    assert sizes(picture) == ["2.2", "1.5"]


@pytest.mark.parametrize(
    ("lesion", "why"),
    [
        (seen(2, 40, treated=True), "the viable part of L2 is not measured"),
        (
            seen(2, (40, 20, EARLIER), treated=True, treated_on=LATER),
            "L2 is not measured since its treatment",
        ),
        (seen(2), "L2 is not measured"),
        (seen(2, 40, viable="UNKNOWN"), "whether L2 is viable is not known"),
    ],
)
def test_one_size_that_is_not_known_leaves_the_list_unknown(lesion, why):
    picture = drawn(diagnosis=HCC, lesions=[seen(1, 20), lesion])

    assert picture.missing("tumour_sizes_cm")
    assert picture.gap("tumour_sizes_cm").reason == why
    assert picture.gap("largest_cm").state == "bound"


def test_nodules_below_1_cm_do_not_count_for_hcc_and_do_for_metastases():
    small = [seen(1, 9.9), seen(2, 10)]

    assert sizes(drawn(diagnosis=HCC, lesions=small)) == ["1"]
    assert drawn(diagnosis=HCC, lesions=small).raw("nodule_count") == 1
    assert sizes(drawn(diagnosis=CRC, lesions=small)) == ["1", "0.99"]
    assert drawn(diagnosis=HCC, lesions=small[:1]).missing("tumour_sizes_cm")


def test_without_a_table_one_stated_lesion_is_the_list():
    one = drawn(diagnosis=HCC | {"stated_lesion_count": 1, "stated_largest_mm": D(35)})
    two = drawn(diagnosis=HCC | {"stated_lesion_count": 2, "stated_largest_mm": D(35)})

    assert (sizes(one), one.raw("largest_cm"), one.raw("nodule_count")) == (["3.5"], D("3.5"), 1)
    assert one.oldest(["tumour_sizes_cm"]) is None  # a referral does not say on which day it was measured
    assert (two.raw("largest_cm"), two.raw("nodule_count")) == (D("3.5"), 2)
    assert two.gap("tumour_sizes_cm").reason == "2 lesions, only the largest is measured"


def test_five_or_more_is_a_bound_and_no_number():
    picture = drawn(diagnosis=CRC | {"stated_lesion_count": 5, "stated_count_is_minimum": True})

    for name in ("lesion_count", "liver_met_count", "nodule_count", "tumour_count"):
        assert (picture.raw(name), picture.gap(name).state) == (None, "bound")
        assert picture.gap(name).words == "only known as a bound: 5 or more"
    assert picture.raw("lesion_count_exact") is False


def test_the_radiologist_comes_before_the_referral_and_the_table_before_both():
    stated = CRC | {"stated_lesion_count": 4, "stated_largest_mm": D(50)}
    read = {"lesion_count": 2, "largest_lesion_mm": D(30), "lesion_segments": ["6"], "studied_on": LATER}

    assert drawn(diagnosis=stated).raw("liver_met_count") == 4
    assert drawn(diagnosis=stated, RADIOLOGY=read).raw("liver_met_count") == 2
    assert drawn(diagnosis=stated, RADIOLOGY=read).item("largest_cm").by == "Dr B"
    table = drawn(
        diagnosis=stated, RADIOLOGY=read, lesions=[seen(1, 20, segments=("5",)), seen(2, 10), seen(3, 8)]
    )
    assert (table.raw("liver_met_count"), table.raw("largest_cm")) == (3, 2)
    assert table.raw("lesion_segments") == ["5"]


def test_a_table_with_fewer_lesions_than_the_radiologist_counts_is_not_the_whole():
    read = {"lesion_count": 8, "studied_on": LATER}
    picture = drawn(diagnosis=CRC, RADIOLOGY=read, lesions=[seen(1, 30, segments=("5",))])

    assert picture.missing("liver_met_count")
    assert picture.gap("tumour_sizes_cm").reason == "the radiologist counts 8, the table of lesions has 1"


def test_sums_of_the_targets_with_their_days():
    """RECIST 1.1: baseline is the first day with all targets, the nadir the smallest EARLIER sum."""
    days = [date(2026, month, 1) for month in (1, 4, 7, 10)]
    first = seen(
        1, (24, 12, days[3]), (20, 10, days[2]), (30, 30, days[1]), (31, 31, days[0]), is_target=True
    )
    second = seen(2, (12, 6, days[3]), (9, 5, days[2]), (20, 20, days[1]), is_target=True)
    picture = drawn(
        diagnosis=HCC, lesions=[first, second], RADIOLOGY={"non_target": "none", "new_lesion": "NO"}
    )
    names = ("baseline_sum_mm", "nadir_sum_mm", "current_sum_mm")
    viable = ("baseline_viable_sum_mm", "nadir_viable_sum_mm", "current_viable_sum_mm")

    assert [picture.raw(name) for name in names] == [50, 29, 36]
    assert [picture.item(name).on for name in names] == [days[1], days[2], days[3]]
    assert [picture.raw(name) for name in viable] == [50, 15, 18]
    assert picture.raw("any_arterial_enhancement_in_targets") is True
    # +7 mm and +24 % over the nadir; the viable sum +20 %, where 5 mm are not asked for.
    recist = scores.compute("recist_1_1", picture.inputs_of(scores.get("recist_1_1")))
    mrecist = scores.compute("mrecist_target", picture.inputs_of(scores.get("mrecist_target")))
    assert (recist["target"], mrecist["target"]) == ("PD", "PD")


def test_a_lesion_seen_first_after_the_baseline_is_new_and_silence_is_no_no():
    target = seen(1, (20, None, LATER), (30, None, EARLIER), is_target=True)

    assert drawn(lesions=[target]).missing("new_lesion")
    assert drawn(lesions=[target, seen(2, 8, first_seen_on=LATER)]).raw("new_lesion") is True
    assert drawn(lesions=[seen(1, 20)]).gap("current_sum_mm").reason == "no lesion is marked as a target"


def test_lirads_is_asked_lesion_by_lesion():
    features = {"nonrim_aphe": "YES", "washout": "YES", "capsule": "NO", "threshold_growth": "NOT_ASSESSED"}
    picture = drawn(
        lesions=[LesionSeen(3, measured=(Measured(LATER, D(15), None, "LR-5", features, "Dr R"),))]
    )
    (one,) = picture.lirads

    assert (one.number, one.category, one.states) == (3, "LR-5", {"threshold_growth": "not_assessed"})
    assert scores.compute("lirads_2018", one.inputs) == {
        "status": "incomplete",
        "missing": ["threshold_growth"],
    }
