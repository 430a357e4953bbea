"""Which published scores does the board use? Importing this package registers them all."""

from cases.domain.scores import (  # noqa: F401 -- each registers its scores
    cca,
    crlm,
    crlm_transplant,
    fitness,
    flags,
    hcc,
    liver_fibrosis,
    liver_function,
    meld,
    net,
    outcome,
    readiness_rule,
    remnant,
    resection_names,
    response,
    stage,
    therapy,
)
from cases.domain.scores.registry import REMINDER, Score, UnknownScore, all_scores, compute, get

__all__ = ["REMINDER", "Score", "UnknownScore", "all_scores", "compute", "get"]
