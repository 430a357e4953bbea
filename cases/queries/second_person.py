"""Does an amendment wait for another chair than the one who began it, and is there one at all?"""

from cases.models import Membership, Recommendation
from cases.permissions import Permission, roles_granting

WAITS = (
    "You began this amendment, so another chair of this board signs it. "
    "It is saved; the version that was signed stands until then."
)
ALONE = "You began this amendment yourself. Nobody else may sign on this board, so you may."


def may_sign_alone(recommendation: Recommendation, *, by) -> bool:
    """A first version, somebody else's amendment, or there is nobody else who signs."""
    return not is_own_amendment(recommendation, by=by) or not _others_sign(recommendation, by=by)


def is_own_amendment(recommendation: Recommendation, *, by) -> bool:
    return recommendation.number > 1 and recommendation.created_by_id == by.pk


def words_for(recommendation: Recommendation | None, *, by) -> tuple[str, str]:
    """(why the person may not sign, what to know when they may); "" where there is nothing to say."""
    if recommendation is None or not is_own_amendment(recommendation, by=by):
        return "", ""
    return (WAITS, "") if _others_sign(recommendation, by=by) else ("", ALONE)


def _others_sign(recommendation: Recommendation, *, by) -> bool:
    board = recommendation.item.meeting.board
    seats = Membership.objects.current().with_role(*roles_granting(Permission.SIGN_DECISION))
    return seats.filter(board=board).exclude(user=by).exists()
