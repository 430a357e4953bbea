"""Do the scores give the published figures?"""

import json
from pathlib import Path

import pytest

from cases.domain import scores

CASES = json.loads((Path(__file__).parents[2] / "data" / "score_cases.json").read_text())


def label(case):
    return f"{case['score']}-{CASES.index(case)}"


@pytest.mark.parametrize("case", CASES, ids=label)
def test_published_case(case):
    result = scores.compute(case["score"], case["inputs"])

    assert result == expected(case), case["source"]


def expected(case):
    """Floating-point figures within the case's tolerance, everything else exactly."""
    wanted = dict(case["expected"])
    for name, value in wanted.items():
        if isinstance(value, float):
            wanted[name] = pytest.approx(value, abs=case["tolerance"])
    return wanted


@pytest.mark.parametrize("score", scores.all_scores(), ids=lambda one: one.id)
def test_every_score_has_cases_that_succeed_and_cases_that_lack_something(score):
    statuses = {case["expected"]["status"] for case in CASES if case["score"] == score.id}

    assert {"ok", "incomplete"} <= statuses
