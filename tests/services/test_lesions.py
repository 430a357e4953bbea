"""One lesion is described and measured; its past, its number and the two targets are guarded."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from cases.domain.errors import Refused, SomeoneWasFaster
from cases.domain.lesions import wording
from cases.domain.referral import LesionSeen
from cases.models import ImagingStudy, Lesion
from cases.services import disease
from cases.vocabulary import Known, Role
from tests.factories import a_case, a_lesion, board, member
from tests.together import at_once
from tumorboard.audit import trail

pytestmark = pytest.mark.django_db

JULY, NOVEMBER = date(2026, 7, 4), date(2026, 11, 4)


@pytest.fixture
def liver():
    return board()


@pytest.fixture
def surgeon(liver):
    return member(liver)


@pytest.fixture
def case(liver):
    return a_case(liver)


def a_study(case, on, **more):
    return ImagingStudy.objects.create(
        case=case, modality="MRI", performed_on=on, created_by=case.referred_by, **more
    )


def mm(value, study=None, **more):
    return {"study": study, "long_axis_mm": Decimal(str(value)), **more}


def test_a_new_lesion_comes_with_its_first_size(case, surgeon):
    a_lesion(case, 1)
    study = a_study(case, JULY)

    new = disease.describe_lesion(
        case=case,
        number=None,
        by=surgeon,
        segments=["5", "4b", "4a"],
        size=mm(23, study, viable_mm=Decimal(20), li_rads="LR-5", washout="YES"),
    )

    look = new.measurements.get()
    assert (new.label, new.segments, new.first_seen_on) == ("L2", ["4a", "4b", "5"], JULY)
    assert (look.study, look.measured_on, look.li_rads, look.washout) == (study, JULY, "LR-5", "YES")
    assert {"lesion.described", "lesion.measured"} <= {one.verb for one in trail.of(case.about)}


def test_a_description_changes_only_what_was_said(case, surgeon):
    a_lesion(case, 1, ["7"], 31, note="near the vein", cystic=True)

    disease.describe_lesion(
        case=case, number=1, by=surgeon, treatments=["ABLATION"], treated_on=JULY, viable=Known.NO
    )

    lesion = Lesion.objects.get(case=case)
    assert (lesion.treated, lesion.viable, lesion.segments, lesion.note) == (
        True,
        "NO",
        ["7"],
        "near the vein",
    )
    assert lesion.cystic
    assert lesion.measurements.get().long_axis_mm == 31


def test_a_treatment_named_by_mistake_is_taken_back(case, surgeon):
    a_lesion(case, 1, treated=True, treatments=["TACE"])
    a_lesion(case, 2, treated=True)  # known from a referral, by no name

    for number in (1, 2):
        disease.describe_lesion(case=case, number=number, by=surgeon, treatments=[])

    assert list(Lesion.objects.order_by("number").values_list("treated", flat=True)) == [False, True]


def test_the_third_target_is_refused_and_nothing_of_it_is_written(case, surgeon):
    for number in (1, 2):
        a_lesion(case, number, is_target=True)
    a_lesion(case, 3)

    with pytest.raises(Refused, match="L1, L2 and L3"):
        disease.describe_lesion(case=case, number=3, by=surgeon, is_target=True, note="best seen")

    assert Lesion.objects.get(number=3).note == ""


def test_a_reading_in_rows_obeys_the_same_rule(case, surgeon):
    for number in (1, 2):
        a_lesion(case, number, is_target=True)

    with pytest.raises(Refused, match="takes two"):
        disease.record_lesions(case=case, lesions=[LesionSeen(segments=["8"], is_target=True)], by=surgeon)


def test_a_withdrawn_lesion_is_no_target_and_is_not_described(case, surgeon):
    wrong = a_lesion(case, 1, is_target=True)
    for number in (2, 3):
        a_lesion(case, number)
    disease.withdraw_fact(fact=wrong, reason="It is a cyst.", by=surgeon)

    for number in (2, 3):
        disease.describe_lesion(case=case, number=number, by=surgeon, is_target=True)
    with pytest.raises(Refused, match="L1 does not stand"):
        disease.describe_lesion(case=case, number=1, by=surgeon, note="after all")


def test_a_size_is_added_corrected_and_never_doubled(case, surgeon):
    lesion, study = a_lesion(case, 1, mm=40, measured_on=JULY), a_study(case, NOVEMBER)
    look = disease.measure_lesion(lesion=lesion, by=surgeon, **mm(31, study))

    with pytest.raises(Refused, match="another size on that day already"):
        disease.measure_lesion(lesion=lesion, by=surgeon, measured_on=JULY, **mm(38))
    disease.measure_lesion(lesion=lesion, by=surgeon, replaces=look.pk, **mm(30, study))

    sizes = lesion.measurements.order_by("measured_on").values_list("measured_on", "long_axis_mm")
    assert list(sizes) == [(JULY, 40), (NOVEMBER, 30)]


def test_an_older_scan_shows_that_it_was_seen_earlier(case, surgeon):
    lesion = a_lesion(case, 1, mm=31, measured_on=NOVEMBER, first_seen_on=NOVEMBER)

    disease.measure_lesion(lesion=lesion, by=surgeon, measured_on=JULY, **mm(42))

    lesion.refresh_from_db()
    assert lesion.first_seen_on == JULY


def test_a_size_read_in_a_withdrawn_study_gives_way_to_a_new_one(case, surgeon):
    lesion, study = a_lesion(case, 1), a_study(case, JULY)
    disease.measure_lesion(lesion=lesion, by=surgeon, **mm(31, study))
    disease.withdraw_fact(fact=study, reason="Another patient.", by=surgeon)

    assert not lesion.measurements.standing().exists()
    with pytest.raises(Refused, match="does not stand"):
        disease.measure_lesion(lesion=lesion, by=surgeon, **mm(30, study))
    disease.measure_lesion(lesion=lesion, by=surgeon, measured_on=JULY, **mm(12))

    assert lesion.measurements.standing().get().long_axis_mm == 12


def test_what_is_gone_is_not_measured_unless_it_is_back(case, surgeon):
    lesion = a_lesion(case, 1, mm=9, measured_on=JULY, disappeared_on=NOVEMBER)
    back = {"measured_on": NOVEMBER, **mm(4)}

    with pytest.raises(Refused, match="no longer seen"):
        disease.measure_lesion(lesion=lesion, by=surgeon, **back)
    disease.describe_lesion(case=case, number=1, by=surgeon, disappeared_on=None, size=back)

    assert lesion.measurements.count() == 2


@pytest.mark.parametrize(
    "wrong", [{"viable_mm": Decimal(32)}, {"long_axis_mm": None, "viable_mm": Decimal(3)}]
)
def test_a_size_that_cannot_be_is_refused_in_words(case, surgeon, wrong):
    lesion = a_lesion(case, 1)
    with pytest.raises(Refused, match=r"larger than the lesion|longest axis"):
        disease.measure_lesion(lesion=lesion, by=surgeon, measured_on=JULY, **(mm(31) | wrong))


def test_nothing_at_all_is_no_lesion(case, surgeon):
    with pytest.raises(Refused, match="in which segment"):
        disease.describe_lesion(case=case, number=None, by=surgeon, viable=Known.YES)


def test_who_may_not_describe(case, liver):
    for who in (case.referred_by, member(liver, Role.OBSERVER)):
        with pytest.raises(PermissionDenied):
            disease.describe_lesion(case=case, number=None, by=who, segments=["6"])


def test_whoever_comes_second_is_told_who_was_first(case, surgeon):
    seen = wording(a_lesion(case, 1))
    disease.describe_lesion(case=case, number=1, by=surgeon, seen=seen, note="cystic rim")

    with pytest.raises(SomeoneWasFaster, match=str(surgeon)):
        disease.describe_lesion(case=case, number=1, by=surgeon, seen=seen, note="solid")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_choose_the_second_target_at_once_one_wins():
    liver = board()
    case, people = a_case(liver), [member(liver), member(liver)]
    for number, is_target in ((1, True), (2, False), (3, False)):
        a_lesion(case, number, is_target=is_target)

    def choose(number, who):
        return lambda: disease.describe_lesion(case=case, number=number, by=who, is_target=True)

    outcomes = at_once(*[choose(number, who) for number, who in zip((2, 3), people, strict=True)])

    assert sorted(type(one).__name__ for one in outcomes) == ["Lesion", "Refused"]
    assert Lesion.objects.filter(is_target=True).count() == 2
