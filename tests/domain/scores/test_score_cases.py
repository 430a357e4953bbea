"""Do the scores give the published figures?"""

import json
from pathlib import Path

import pytest

from cases.domain import scores
from cases.domain.scores.published import differences

CASES = json.loads((Path(__file__).parents[2] / "data" / "score_cases.json").read_text())


def label(case):
    return f"{case['score']}-{CASES.index(case)}"


@pytest.mark.parametrize("case", CASES, ids=label)
def test_published_case(case):
    """Outputs that a case does not mention are not judged."""
    assert differences(case) == [], case["source"]


@pytest.mark.parametrize("score", scores.all_scores(), ids=lambda one: one.id)
def test_every_score_has_cases_that_succeed_and_cases_that_lack_something(score):
    """What a case that succeeds was given, less one required input: that one is asked for, never assumed."""
    succeeds = [c for c in CASES if c["score"] == score.id and c["expected"]["status"] == "ok"]
    assert succeeds

    for name in (one.name for one in score.inputs if not one.optional):
        for lacking in (None, {"value": None, "unit": "1"}):
            answer = scores.compute(score.id, succeeds[0]["inputs"] | {name: lacking})
            if lacking is None or answer["status"] != "invalid":  # only a quantity may have an empty value
                assert answer == {"status": "incomplete", "missing": [name]}
