"""Synchronous or metachronous? Cases from the wording of the consensus (Br J Surg 2023;110:1161)."""

from datetime import date

import pytest

from cases.domain.timing import metastasis_timing
from cases.vocabulary import PrimarySite, Timing

CASES = [
    (date(2026, 1, 10), date(2025, 12, 1), Timing.SYNCHRONOUS),
    (date(2026, 1, 10), date(2026, 1, 10), Timing.SYNCHRONOUS),
    (date(2026, 1, 10), date(2026, 1, 11), Timing.EARLY_METACHRONOUS),
    (date(2025, 1, 10), date(2026, 1, 10), Timing.EARLY_METACHRONOUS),  # up to and including 12 months
    (date(2025, 1, 10), date(2026, 1, 11), Timing.LATE_METACHRONOUS),
    (date(2024, 2, 29), date(2025, 2, 28), Timing.EARLY_METACHRONOUS),
    (date(2024, 2, 29), date(2025, 3, 1), Timing.LATE_METACHRONOUS),
    (None, date(2025, 3, 1), None),
    (date(2025, 3, 1), None, None),
]


@pytest.mark.parametrize(("primary", "liver", "expected"), CASES)
def test_timing_from_two_dates(primary, liver, expected):
    assert (
        metastasis_timing(
            primary_site=PrimarySite.COLORECTAL, primary_diagnosed_on=primary, liver_diagnosed_on=liver
        )
        == expected
    )


@pytest.mark.parametrize("site", [PrimarySite.HCC, PrimarySite.ICCA, PrimarySite.PCCA])
def test_a_primary_liver_tumour_has_no_timing(site):
    assert (
        metastasis_timing(
            primary_site=site, primary_diagnosed_on=date(2025, 1, 1), liver_diagnosed_on=date(2026, 6, 1)
        )
        is None
    )
