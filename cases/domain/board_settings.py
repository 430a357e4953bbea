"""Which items and scores may a board name in its settings, and which of those it named does nobody know?"""

from collections.abc import Iterable, Mapping

from cases.domain import automatic_notices, checklists, flag_words, scores
from cases.domain.scores.readiness_rule import NAMES

OF_ITEMS = "items_not_required"
OF_SCORES = ("switched_off", "confirmed_locally")


def refusals(named: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """For each setting that names something unknown: what that is, and all that is known."""
    found = {name: _unknown(said, known_in(name)) for name, said in named.items()}
    return {name: words for name, words in found.items() if words}


def known_in(setting: str) -> tuple[str, ...]:
    if setting == OF_ITEMS:
        return tuple(sorted(NAMES))
    lists = (one.id for shown in checklists.OF_DISEASE.values() for one in shown)
    of_scores = (one.id for one in scores.all_scores())
    return (*of_scores, *lists, *automatic_notices.IDS, *flag_words.MESSAGES)


def _unknown(said: Iterable[str], known: Iterable[str]) -> str:
    wrong = [one for one in said if one not in set(known)]
    if not wrong:
        return ""
    quoted = ", ".join(f"“{one}”" for one in wrong)
    return f"Not known: {quoted}. Choose from: {', '.join(known)}."
