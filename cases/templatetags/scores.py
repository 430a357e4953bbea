"""How is an input of a score called on a page?

{{ item.name|input_words }}    "bilirubin", "nodes of the primary"
"""

from django import template

from cases.domain.picture import NAMES

register = template.Library()


@register.filter
def input_words(name: str) -> str:
    """Without what is said only where it is missing: ", yes or no", "(needs both days)"."""
    label = NAMES[name].label if name in NAMES else name.replace("_", " ")
    return label.partition(" (needs")[0].partition(", yes or no")[0].removeprefix("whether ")
