"""How is a suggestion taken into the decision? By hand, through the same doors as what is typed."""

from cases.domain.errors import Refused
from cases.models import Recommendation


def take_suggestion(*, recommendation: Recommendation, suggestion_id: str, by) -> None:
    raise Refused("This is no longer suggested. Reload the page.")
