"""What follows from a margin and a code, and what does not?"""

from decimal import Decimal

import pytest

from cases.domain.specimen import USUAL, as_metastasis, residual_from_margin
from cases.models.specialist_input.pathology import Morphology


@pytest.mark.parametrize(
    ("margin", "residual", "is_open"),
    [("0", "R1", False), ("0.1", "R0", True), ("0.9", "R0", True), ("1", "R0", False), ("12", "R0", False)],
)
def test_the_margin_suggests_the_residual_tumour(margin, residual, is_open):
    suggested, words = residual_from_margin(Decimal(margin))

    assert suggested == residual
    assert ("to be confirmed locally" in words) is is_open


def test_a_metastasis_has_behaviour_six():
    assert as_metastasis("8140/3") == "8140/6"
    assert as_metastasis("OTHER") == as_metastasis("NOT_TESTED") == as_metastasis("") == ""


def test_what_is_usual_is_offered_in_the_form():
    assert {code for codes in USUAL.values() for code in codes} <= set(Morphology.values)
