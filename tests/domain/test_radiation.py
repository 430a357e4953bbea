"""Is the effective dose what the linear-quadratic model says?"""

from decimal import Decimal

import pytest

from cases.domain.radiation import bed10


@pytest.mark.parametrize(
    ("dose", "fractions", "effective"),
    [
        (45, 3, "112.5"),  # 3 x 15 Gy
        (50, 5, "100"),  # 5 x 10 Gy
        (60, 30, "72"),  # 30 x 2 Gy
        (8, 1, "14.4"),  # one fraction for pain
        (0, 3, "0"),
    ],
)
def test_a_course_has_its_effective_dose(dose, fractions, effective):
    assert bed10(dose_gy=Decimal(dose), fractions=fractions) == Decimal(effective)


@pytest.mark.parametrize(("dose", "fractions"), [(None, 3), (Decimal(45), None), (Decimal(45), 0)])
def test_without_dose_or_fractions_there_is_none(dose, fractions):
    assert bed10(dose_gy=dose, fractions=fractions) is None
