"""Which published scores does the board use? Importing this package registers them all."""

from cases.domain.scores import liver_function  # noqa: F401 -- registers its scores
from cases.domain.scores.registry import REMINDER, Score, UnknownScore, all_scores, compute, get

__all__ = ["REMINDER", "Score", "UnknownScore", "all_scores", "compute", "get"]
