"""Where did the board stand when a case was opened, before anybody had spoken?"""

from collections import Counter
from collections.abc import Iterable, Mapping

from cases.vocabulary import Opinion


def stood_before(signed: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, str]]:
    """By discipline: the option it preferred, and how sure it was."""
    return {
        specialty: {"opinion": opinion, "confidence": confidence} for specialty, opinion, confidence in signed
    }


def in_words(stood: Mapping[str, Mapping[str, str]]) -> str:
    """3 resect, 1 ablate: the option of most first, of equals in the order of the vocabulary."""
    order = list(Opinion.values)
    counted = Counter(said["opinion"] for said in stood.values() if said.get("opinion") in order)
    ranked = sorted(counted.items(), key=lambda one: (-one[1], order.index(one[0])))
    return ", ".join(f"{number} {_small(Opinion(code).label)}" for code, number in ranked)


def _small(label: object) -> str:
    text = str(label)
    return text[:1].lower() + text[1:]
