"""How does an e-mail about signing in reach the outbox, when neither app knows the other?"""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from tumorboard.notifications import outbox


@transaction.atomic
def send(*, kind: str, recipient, title: str, text: str, expires_at: datetime) -> None:
    outbox.put(
        kind=f"account.{kind}",
        about=f"user:{recipient.pk}:{uuid4().hex}",  # each asking is answered by its own link
        recipient=recipient,
        title=title,
        text=text,
        expires_at=expires_at,
        policy=outbox.Policy.HOLD,
    )
