"""The radiologist's LI-RADS category beside the diagnostic table (ACR CT/MRI v2018): never overwritten."""

from decimal import Decimal as D

import pytest

from cases.domain import lirads

NO_FEATURES = dict.fromkeys(lirads.FEATURES, "NO")
APHE = NO_FEATURES | {"nonrim_aphe": "YES"}


def category(own, features, mm=22):
    return lirads.category(size_mm=D(mm), own=own, features=features)


@pytest.mark.parametrize(
    ("own", "features", "computed", "verdict", "words"),
    [
        ("LR-4", APHE, "LR-4", "agrees", "the table agrees"),
        ("LR-3", APHE, "LR-4", "differs", "ancillary features may explain one step"),
        ("LR-5", APHE, "LR-4", "differs", "never lead to LR-5"),
        ("LR-3", APHE | {"washout": "YES"}, "LR-5", "differs", "check the features"),
        ("LR-M", APHE, "LR-4", "", "the table gives LR-4"),
        ("", APHE, "LR-4", "", "the table gives LR-4"),
        ("PENDING", APHE, "LR-4", "", "the table gives LR-4"),
    ],
)
def test_both_readings_are_told(own, features, computed, verdict, words):
    found = category(own, features)

    assert (found.computed, found.verdict) == (computed, verdict)
    assert words in found.words
    assert found.own == ("" if own == "PENDING" else own)


def test_a_feature_that_is_not_known_is_missing_and_never_no():
    found = category("LR-5", APHE | {"capsule": "UNKNOWN", "washout": "NOT_ASSESSED"})

    assert (found.computed, found.verdict) == ("", "")
    assert found.words == "for the table: capsule, washout not recorded"


def test_without_any_feature_nothing_is_asked_for():
    assert category("LR-5", {}).words == ""


def test_after_treatment_only_the_radiologist_speaks():
    """LI-RADS v2018: treated observations are categorised by response (LR-TR)."""
    features = NO_FEATURES | {"nonrim_aphe": "YES", "washout": "YES"}
    found = lirads.category(size_mm=D(22), own="LR-TR-V", features=features, is_treated=True)

    assert (found.own, found.computed, found.words) == ("LR-TR-V", "", "")
