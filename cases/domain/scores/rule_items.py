"""How is a rule of items judged, when each is met, unmet or unknown?

One unmet item is enough for `not_suggested`: the rule is not met, which is never a reason to leave a case
undiscussed. Otherwise one unknown item is enough for `cannot_tell`. A missing input is part of the answer:
nothing is ever taken as normal. The words for people are in `cases.domain.flag_words`.
"""

from collections.abc import Mapping
from decimal import Decimal as D  # noqa: N817 -- formulas stay legible

from cases.domain.scores.inputs import Choice, Item, Whole, between
from cases.domain.scores.registry import Output

Answer = bool | None  # met, unmet, unknown

COULD_BE_CONSIDERED = "could_be_considered"
NOT_SUGGESTED = "not_suggested"
CANNOT_TELL = "cannot_tell"

ECOG = Item(Whole("ecog", range=between(0, 5)))
EXTRAHEPATIC = Item(Choice("extrahepatic_disease", codes=("none", "resectable", "unresectable")))
PRIMARY_CONTROL = Item(
    Choice(
        "primary_control",
        codes=(
            "resected_r0",
            "controlled",
            "resectable",
            "in_situ_uncontrolled",
            "progressing",
            "not_applicable",
        ),
    )
)
OUTPUTS = (Output("flag"), Output("failed"), Output("unknown"), Output("met"))
NOT_A_VERDICT = "A rule that is not met is no reason to leave a case undiscussed."


def judged(items: Mapping[str, Answer]) -> dict:
    """The lists are in the order of the rule."""
    failed = [name for name, answer in items.items() if answer is False]
    unknown = [name for name, answer in items.items() if answer is None]
    flag = NOT_SUGGESTED if failed else CANNOT_TELL if unknown else COULD_BE_CONSIDERED
    met = [name for name, answer in items.items() if answer is True]
    return {"flag": flag, "failed": failed, "unknown": unknown, "met": met}


def opposite(answer: Answer) -> Answer:
    return None if answer is None else not answer


def both(one: Answer, other: Answer) -> Answer:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def among(code: str | None, *accepted: str) -> Answer:
    return None if code is None else code in accepted


def within(value: D | int | None, least: int, most: int | None = None) -> Answer:
    return None if value is None else value >= least and (most is None or value <= most)
