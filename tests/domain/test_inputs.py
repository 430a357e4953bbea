"""Does a signature ask for what each discipline owes, and no more?"""

import pytest

from cases.domain.errors import Refused
from cases.domain.inputs import missing_for_signature, require_open
from cases.vocabulary import CaseStatus, Specialty

OPINION = {"opinion": "RESECT", "confidence": "HIGH", "opinion_reason": "One lesion, far from the veins."}

COMPLETE = {
    Specialty.SURGERY: {"resectable": "YES"},
    Specialty.RADIOLOGY: {
        "modality": "MRI",
        "studied_on": "2026-11-10",
        "lesion_count": 0,
        "extrahepatic_seen": "NO",
    },
    Specialty.INTERVENTIONAL: {"ablatable": "UNKNOWN", "embolisation_suitable": "YES"},
    Specialty.ONCOLOGY: {"lines_given": 0, "fit_for_systemic": "YES"},
    Specialty.PATHOLOGY: {"specimen": "NOT_ASSESSED", "morphology": "8140/3"},
    Specialty.TRANSPLANT: {"absolute_contraindication": "NO"},
    Specialty.RADIATION: {"sbrt_suitable": "UNKNOWN"},
    Specialty.NURSING: {"patient_informed": "YES"},
}


@pytest.mark.parametrize("specialty", list(Specialty))
def test_a_complete_input_can_be_signed(specialty):
    assert missing_for_signature(specialty, OPINION | COMPLETE[specialty]) == {}


@pytest.mark.parametrize("specialty", list(Specialty))
def test_an_empty_one_names_everything_at_once(specialty):
    expected = set(COMPLETE[specialty]) | set(OPINION)

    assert set(missing_for_signature(specialty, {})) == expected
    assert set(missing_for_signature(specialty, dict.fromkeys(expected, ""))) == expected
    assert set(missing_for_signature(specialty, dict.fromkeys(expected))) == expected


def test_a_reason_of_spaces_is_none():
    assert set(
        missing_for_signature("PATHOLOGY", OPINION | COMPLETE["PATHOLOGY"] | {"opinion_reason": " \n "})
    ) == {"opinion_reason"}


def test_embolisation_ruled_out_says_why():
    said = OPINION | {"ablatable": "NO", "embolisation_suitable": "NO"}

    assert set(missing_for_signature("INTERVENTIONAL", said)) == {"embolisation_stop_reason"}
    assert not missing_for_signature("INTERVENTIONAL", said | {"embolisation_stop_reason": "BILIARY"})


def test_who_cannot_decide_has_somebody_who_speaks():
    said = OPINION | COMPLETE[Specialty.NURSING] | {"decision_capacity": "NO"}

    assert set(missing_for_signature("NURSING", said)) == {"proxy"}
    assert not missing_for_signature("NURSING", said | {"proxy": "Her daughter"})


OPEN = {CaseStatus.PREPARING, CaseStatus.LISTED, CaseStatus.DISCUSSED, CaseStatus.DECIDED}


@pytest.mark.parametrize("status", list(CaseStatus))
def test_inputs_are_given_between_acceptance_and_end(status):
    if status in OPEN:
        require_open(status)
    else:
        with pytest.raises(Refused, match=status.label.lower()):
            require_open(status)
