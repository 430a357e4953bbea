"""May a case go from here to there? Every step from every status, against a table written by hand."""

from itertools import product
from pathlib import Path

import pytest

from cases.domain import lifecycle, workflow_drawing
from cases.domain.errors import StepNotAllowed
from cases.vocabulary import CaseStatus as S

ALLOWED = {
    ("referred", S.DRAFT),
    ("referred", S.RETURNED),
    ("returned", S.REFERRED),
    ("accepted", S.REFERRED),
    ("listed", S.PREPARING),
    ("taken off the list", S.LISTED),
    ("discussed", S.LISTED),
    ("deferred", S.LISTED),
    ("deferred", S.DISCUSSED),
    ("decided", S.DISCUSSED),
    ("closed", S.DECIDED),
    ("reopened", S.CLOSED),
    ("re-presented", S.DECIDED),
    ("re-presented", S.CLOSED),
    ("withdrawn", S.DRAFT),
    ("withdrawn", S.REFERRED),
    ("withdrawn", S.RETURNED),
    ("withdrawn", S.PREPARING),
    ("withdrawn", S.LISTED),
    ("withdrawn", S.DISCUSSED),
}


@pytest.mark.parametrize(("step", "status"), list(product(lifecycle.STEPS, S)), ids=str)
def test_every_step_from_every_status(step, status):
    if (step.name, status) in ALLOWED:
        step.check(status)
    else:
        with pytest.raises(StepNotAllowed, match=S(status).label.lower()):
            step.check(status)


def test_the_drawing_of_the_workflow_is_current():
    drawn = Path(__file__).resolve().parents[2] / "docs" / "workflow.md"

    assert drawn.read_text(encoding="utf-8") == workflow_drawing.page(), "Run ./dev manage draw_workflow"
