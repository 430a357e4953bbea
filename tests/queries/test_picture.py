"""Is what is recorded of a case found under the names that scores use, in a constant number of queries?"""

from datetime import date, timedelta

import pytest

from cases.domain.picture import NAMES
from cases.models import Fitness
from cases.queries.picture import link, picture_of, pictures_of
from tests.factories import a_case, lab

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def test_the_newest_value_counts_with_its_day_and_author():
    case = a_case()
    lab(case, "bilirubin", 60, "umol/L", TODAY - timedelta(days=9))
    lab(case, "bilirubin", 42, "umol/L", TODAY - timedelta(days=2))
    found = picture_of(case, on=TODAY).item("bilirubin")

    assert (float(found.value["value"]), found.value["unit"], found.words) == (42, "umol/L", "42 µmol/L")
    assert (found.on, found.by, found.place) == (
        TODAY - timedelta(days=2),
        case.referred_by.display_name,
        "labs",
    )


def test_a_bound_is_a_gap_and_never_a_value():
    case = a_case()
    lab(case, "afp", 5, "ng/mL", comparator="<")
    picture = picture_of(case, on=TODAY)

    assert picture.missing("afp")
    assert (picture.gap("afp").state, picture.gap("afp").reason) == ("bound", "<5 ng/mL")
    assert picture.gap("albumin").state == ""


def test_ecog_zero_is_a_value():
    case = a_case()
    Fitness.objects.create(case=case, ecog=0, assessed_on=TODAY, created_by=case.referred_by)

    assert picture_of(case, on=TODAY).raw("ecog") == 0


def test_every_place_has_an_address():
    case = a_case()
    picture = picture_of(case, on=TODAY)

    assert all(link(one.place, case, picture).startswith("/") for one in NAMES.values())


def test_as_many_queries_for_one_case_as_for_three(django_assert_max_num_queries):
    cases = [a_case() for _ in range(3)]
    for case in cases:
        lab(case, "inr", "1.1", "1")
    with django_assert_max_num_queries(14):
        found = pictures_of(cases, days={case.pk: TODAY for case in cases})

    assert {float(one.raw("inr")) for one in found.values()} == {1.1}
