"""Is a reminder given when, and only when, what it rests on is known?"""

import itertools
import re
from pathlib import Path

import pytest

from cases.domain import automatic_notices, flag_words
from cases.domain.board_settings import known_in
from cases.domain.scores.inputs import NO_ANSWER

ICCA = {
    "primary_site": "icca",
    "cirrhosis": True,
    "lesion_count": 1,
    "largest_cm": 2,
    "extrahepatic_disease": "none",
    "resectable": False,
}
CRLM = {"primary_site": "colorectal", "lesion_count": 10, "tumour_sizes_cm": [None, 3]}
BURDEN_ONLY = {"failed": ["r0_possible"], "unknown": ["sflr_above_threshold"]}


def fired_by(known):
    return {notice.id for notice in automatic_notices.notices(known)}


def bilirubin(value, unit="mg/dL"):
    return {"bilirubin": {"value": value, "unit": unit}}


@pytest.mark.parametrize(
    ("known", "fired"),
    [
        ({"meld3": 15, "primary_site": "hcc"}, ["R-MELD"]),
        ({"meld3": 15, "cirrhosis": True}, ["R-MELD"]),
        ({"meld3": 14, "primary_site": "hcc"}, []),
        ({"meld3": 20, "primary_site": "colorectal", "cirrhosis": False}, []),
        (bilirubin(2) | {"bile_ducts": "dilated"}, []),
        (bilirubin(2.01) | {"bile_ducts": "dilated"}, ["R-BILE", "R-Y90"]),
        (bilirubin(34.2, "umol/L") | {"bile_ducts": "dilated"}, []),
        (bilirubin(34.3, "umol/L") | {"bile_ducts": "normal"}, ["R-Y90"]),
        (bilirubin(9, "mmol/L") | {"bile_ducts": "dilated"}, []),
        ({"exceeds_30_single": True, "exceeds_50_cumulative": False}, ["R-Y90"]),
        ({"exceeds_50_cumulative": True}, ["R-Y90"]),
        (CRLM, ["R-ABL"]),
        (CRLM | {"tumour_sizes_cm": [3.1, 5]}, ["R-ABL-INTERMEDIATE"]),
        (CRLM | {"tumour_sizes_cm": [5.1]}, []),
        (CRLM | {"tumour_sizes_cm": [3, 3.1]}, ["R-ABL", "R-ABL-INTERMEDIATE"]),
        (CRLM | {"lesion_count": 11}, []),
        (CRLM | {"lesion_count_exact": False}, []),
        (CRLM | {"primary_site": "breast"}, []),
        ({"msi": "high", "immunotherapy_recorded": False}, ["R-IMMUNO"]),
        ({"msi": "high", "immunotherapy_recorded": True}, []),
        ({"flag_resection": BURDEN_ONLY, "systemic_therapy_recorded": False}, ["R-CONV"]),
        ({"flag_resection": BURDEN_ONLY, "systemic_therapy_recorded": True}, []),
        ({"flag_resection": BURDEN_ONLY | {"unknown": ["ecog_0_2"]}, "systemic_therapy_recorded": False}, []),
        ({"flag_resection": {"failed": [], "unknown": []}, "systemic_therapy_recorded": False}, []),
        (ICCA, ["R-TX-ICCA-PILOT"]),
        (ICCA | {"largest_cm": 2.1}, []),
        (ICCA | {"lesion_count": 2}, []),
        (ICCA | {"cirrhosis": False, "months_response_to_systemic": 6}, ["R-TX-ICCA-PROTOCOL"]),
        (ICCA | {"cirrhosis": False, "months_response_to_systemic": 5.9}, []),
        (ICCA | {"extrahepatic_disease": "resectable", "months_response_to_systemic": 9}, []),
        ({"primary_site": "pcca"}, ["R-TX-PCCA-BIOPSY"]),
        ({"primary_site": "pcca", "transperitoneal_biopsy_done": True}, []),
        ({"mayo_pcca": {"status": "ok", "met": True}}, ["R-TX-PCCA"]),
        ({"mayo_pcca": {"status": "incomplete", "missing": ["psc"]}}, []),
    ],
    ids=str,
)
def test_notices_on_their_cut_offs(known, fired):
    """COLLISION 2025 (at most ten lesions of at most 3 cm); the others as their source on the screen says."""
    assert fired_by(known) == set(fired)


FIRING = (
    {"meld3": 15, "cirrhosis": True},
    bilirubin(3) | {"bile_ducts": "dilated"},
    CRLM,
    {"exceeds_30_single": True},
    {"msi": "high", "immunotherapy_recorded": False},
    {"flag_resection": BURDEN_ONLY, "systemic_therapy_recorded": False},
    ICCA,
    {"primary_site": "pcca"},
)


@pytest.mark.parametrize("known", FIRING, ids=str)
def test_a_notice_never_fires_on_what_is_missing(known):
    for name, gap in itertools.product(known, (None, *sorted(NO_ANSWER))):
        assert fired_by(known | {name: gap}) < fired_by(known)


def test_every_notice_has_its_source_and_is_no_verdict():
    for known in FIRING:
        for notice in automatic_notices.notices(known):
            assert notice.source
            assert "eligible" not in notice.words


def test_a_board_can_name_every_notice():
    """Each has its id in the list of those that a board may switch off or confirm."""
    source = Path(automatic_notices.__file__).read_text("utf-8")
    used = set(re.findall(r'Notice\("(R-[A-Z0-9-]+)"', source))

    assert used == set(automatic_notices.IDS)
    assert used | set(flag_words.MESSAGES) < set(known_in("switched_off"))
