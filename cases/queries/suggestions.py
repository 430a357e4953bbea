"""What do signed opinions, scores and the recorded wish offer for the decision that is being made?"""

from cases.domain.suggestions import Suggestion
from cases.models import AgendaItem, Recommendation


def suggestions_for(item: AgendaItem, recommendation: Recommendation | None) -> list[Suggestion]:
    return []
