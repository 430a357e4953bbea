"""Is the remnant's share of the liver right, and silent when it cannot be known?"""

from decimal import Decimal as D

import pytest

from cases.domain.remnant import remnant_percent


@pytest.mark.parametrize(
    ("remnant", "total", "tumour", "expected"),
    [
        (320, 1700, 250, "22.069"),  # PMC6422720: 320 mL of 1700 mL with 250 mL of tumour
        (500, 1500, None, "33.333"),
        (500, 1500, 0, "33.333"),
        (None, 1500, 0, None),
        (500, None, 0, None),
        (500, 700, 250, None),  # more remnant than functioning liver
        (500, 500, 500, None),
        (0, 1500, 0, None),
    ],
)
def test_remnant_percent(remnant, total, tumour, expected):
    remnant, total, tumour = (None if v is None else D(v) for v in (remnant, total, tumour))

    found = remnant_percent(remnant=remnant, total=total, tumour=tumour)

    assert found == (expected and pytest.approx(D(expected), abs=D("0.001")))
