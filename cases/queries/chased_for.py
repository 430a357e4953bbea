"""Of what did an e-mail that chased somebody speak?"""

from cases.queries.chase_debt import What
from cases.queries.chase_log import CHASED, SAME_MOMENT
from tumorboard.audit.models import AuditEvent
from tumorboard.notifications.models import Message

# What only people with a seat owe. Referrers and owners of actions may sit nowhere.
OF_SEATS = frozenset({What.INPUT, What.RATIFICATION})


def spoken_of(chase: Message) -> set[What]:
    return {what for what, _ in named_in(chase)}


def named_in(chase: Message) -> set[tuple[What, str]]:
    """Of which sort, and for which case. From the audit trail, which has a line for each thing.

    Of what was sent again, those of the first.
    """
    first = Message.objects.filter(
        kind=CHASED, about=chase.about, version=chase.version, recipient=chase.recipient_id, resend_no=0
    ).first()
    if first is None:
        return set()
    lines = AuditEvent.objects.filter(
        verb=CHASED, at__gte=first.created_at - SAME_MOMENT, details__message=str(first.pk)
    )
    return {(What(what), about) for what, about in lines.order_by().values_list("details__what", "about")}
