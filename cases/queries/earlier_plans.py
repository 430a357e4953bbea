"""What is still to be done from earlier presentations, while a case is decided again?"""

from cases.models import AgendaItem
from cases.models.follow_up import actions
from cases.vocabulary import ActionRole


def still_open(item: AgendaItem) -> tuple[str, ...]:
    """“Still open from 12-Oct-2026: surgical resection (Dr A)”: nothing ends by itself."""
    if item.presentation == 1:
        return ()
    earlier = actions().filter(
        recommendation__case=item.case_id,
        recommendation__item__presentation__lt=item.presentation,
        role=ActionRole.MAIN,
    )
    found = earlier.in_force().unfinished().select_related("owner", "recommendation__case__board")
    return tuple(map(_words, found.order_by("recommendation__signed_at", "position")))


def _words(action) -> str:
    signed = action.recommendation.signed_at.astimezone(action.recommendation.case.board.zone)
    what = action.get_kind_display().lower()
    return f"Still open from {signed:%d-%b-%Y}: {what} ({action.owner or 'no owner'})"
