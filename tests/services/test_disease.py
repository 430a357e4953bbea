"""Facts stand beside each other, wrong ones are taken back, and nobody overwrites what they have not seen."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import Diagnosis, Fitness, LabResult, Lesion
from cases.services import disease
from cases.vocabulary import CaseStatus, Role
from tests.factories import a_case, a_diagnosis, board, lab, member
from tests.factories.referrals import a_lab, a_lesion_seen
from tests.together import at_once
from tumorboard.audit import trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def liver():
    return board()


@pytest.fixture
def case(liver):
    return a_case(board=liver)


@pytest.fixture
def surgeon(liver):
    return member(liver, Role.MEMBER)


def test_labs_are_written_once_with_who_and_trail(case, surgeon):
    values = [a_lab(), a_lab("inr", "1.1", "1")]

    disease.record_labs(case=case, results=values, by=surgeon)
    again = disease.record_labs(case=case, results=values, by=surgeon)

    assert again == []
    assert {one.created_by for one in LabResult.objects.filter(case=case)} == {surgeon}
    assert trail.of(case.about).first().verb == "labs.recorded"


def test_another_value_of_the_same_day_is_refused_and_says_what_stands(case, surgeon):
    lab(case, "bilirubin", 11, "umol/L", date(2026, 11, 16))

    with pytest.raises(Refused, match="16-Nov-2026 is recorded already as 11 µmol/L"):
        disease.record_labs(case=case, results=[a_lab(value="17")], by=surgeon)


@pytest.mark.parametrize(("value", "unit", "confirmed"), [("-1", "umol/L", True), ("1.1", "umol/L", False)])
def test_impossible_and_unconfirmed_values_are_not_written(case, surgeon, value, unit, confirmed):
    with pytest.raises(Refused):
        disease.record_labs(
            case=case, results=[a_lab(value=value, unit=unit, confirmed=confirmed)], by=surgeon
        )
    assert not LabResult.objects.filter(case=case).exists()


def test_an_unusual_value_is_written_once_it_is_confirmed(case, surgeon):
    disease.record_labs(case=case, results=[a_lab(value="1.1", confirmed=True)], by=surgeon)
    assert LabResult.objects.get(case=case).value == Decimal("1.1")


def test_lesions_keep_their_numbers_and_add_sizes(case, surgeon):
    disease.record_lesions(case=case, lesions=[a_lesion_seen(), a_lesion_seen(["8"], "11")], by=surgeon)
    later = a_lesion_seen([], "19", measured_on=date(2026, 11, 20), number=1)

    disease.record_lesions(case=case, lesions=[later], by=surgeon)

    first = Lesion.objects.get(case=case, number=1)
    assert first.segments == ["6"]
    assert [int(one.long_axis_mm) for one in first.measurements.order_by("measured_on")] == [23, 19]
    with pytest.raises(Refused, match="L7"):
        disease.record_lesions(case=case, lesions=[a_lesion_seen(number=7)], by=surgeon)


def test_a_withdrawn_lesion_leaves_its_number_behind(case, surgeon):
    (first,) = disease.record_lesions(case=case, lesions=[a_lesion_seen()], by=surgeon)
    disease.withdraw_fact(fact=first, reason="It is a cyst.", by=surgeon)

    (second,) = disease.record_lesions(case=case, lesions=[a_lesion_seen()], by=surgeon)

    assert second.label == "L2"


def test_a_wrong_fact_is_withdrawn_once_with_a_reason(case, surgeon):
    fact = disease.record_fitness(case=case, by=surgeon, ecog=1)
    with pytest.raises(Refused):
        disease.withdraw_fact(fact=fact, reason=" ", by=surgeon)

    disease.withdraw_fact(fact=fact, reason="Another patient.", by=surgeon)

    assert not Fitness.objects.standing().filter(case=case).exists()
    assert Fitness.objects.get(pk=fact.pk).withdrawn_by == surgeon
    with pytest.raises(SomeoneWasFaster):
        disease.withdraw_fact(fact=fact, reason="Again.", by=surgeon)


def test_contradictions_are_refused_in_words(case, surgeon):
    with pytest.raises(Refused, match="Choose one"):
        disease.record_fitness(case=case, by=surgeon, no_comorbidity=True, comorbidities=["COPD"])
    with pytest.raises(Refused, match="Choose one"):
        disease.record_symptoms(case=case, by=surgeon, none_reported=True, symptoms=["FEVER"])
    with pytest.raises(Refused, match="resected"):
        disease.amend_diagnosis(case=case, version=0, by=surgeon, extrahepatic_sites=["LUNG"])


def test_the_diagnosis_is_rewritten_by_whoever_saw_its_latest_wording(case, surgeon):
    known = a_diagnosis(case)

    disease.amend_diagnosis(case=case, version=known.version, by=surgeon, site_detail="sigmoid")
    with pytest.raises(SomeoneWasFaster):
        disease.amend_diagnosis(case=case, version=known.version, by=surgeon, site_detail="caecum")

    assert Diagnosis.objects.get(case=case).site_detail == "sigmoid"


def test_who_may_not_record(case, liver, surgeon):
    facts = {"words": "To be at home."}
    with pytest.raises(PermissionDenied):
        disease.record_wish(case=case, by=case.referred_by, **facts)
    with pytest.raises(PermissionDenied):
        disease.record_wish(case=case, by=member(liver, Role.OBSERVER), **facts)
    withdrawn = a_case(board=liver, status=CaseStatus.WITHDRAWN)
    with pytest.raises(Refused):
        disease.record_wish(case=withdrawn, by=surgeon, **facts)


@pytest.mark.django_db(transaction=True)
def test_two_who_amend_the_diagnosis_at_once_do_not_overwrite_each_other():
    liver = board()
    case = a_case(board=liver)
    known, one, other = a_diagnosis(case), member(liver), member(liver)

    def amend(who, detail):
        return lambda: disease.amend_diagnosis(case=case, version=known.version, by=who, site_detail=detail)

    outcomes = at_once(amend(one, "sigmoid"), amend(other, "caecum"))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Diagnosis", "SomeoneWasFaster"]


@pytest.mark.django_db(transaction=True)
def test_lesions_added_at_once_get_two_numbers():
    liver = board()
    case = a_case(board=liver)
    people = [member(liver) for _ in range(3)]

    at_once(
        *[
            lambda who=who: disease.record_lesions(case=case, lesions=[a_lesion_seen()], by=who)
            for who in people
        ]
    )

    assert sorted(Lesion.objects.filter(case=case).values_list("number", flat=True)) == [1, 2, 3]


def test_the_limit_of_the_laboratory_may_be_told_later_but_not_differently(case, surgeon):
    ast = a_lab("ast", "61", "U/L")
    limited = replace(ast, upper_limit=Decimal("35"))
    for said in (ast, limited, ast, limited):
        disease.record_labs(case=case, results=[said], by=surgeon)
    assert LabResult.objects.get(case=case).upper_limit == 35

    with pytest.raises(Refused, match="upper limit of normal 35"):
        disease.record_labs(case=case, results=[replace(ast, upper_limit=Decimal("40"))], by=surgeon)
