"""In which states can a message be, and what may be done when nobody knows whether it arrived?"""

from django.db import models


class State(models.TextChoices):
    QUEUED = "QUEUED", "Waiting"
    SENDING = "SENDING", "Being sent"
    SENT = "SENT", "Sent"
    DEAD = "DEAD", "Not deliverable"
    CANCELLED = "CANCELLED", "Withdrawn"
    EXPIRED = "EXPIRED", "Too late"
    HELD = "HELD", "Perhaps sent"
    CLOSED = "CLOSED", "Closed by hand"
    GATHERED = "GATHERED", "Told in a summary"


class Policy(models.TextChoices):
    """The relay took the text and its answer was lost: send again, or let a person decide?"""

    RESEND = "RESEND", "Send again, under the same Message-ID"
    HOLD = "HOLD", "Never twice: hold it for a person"


UNSENT = (State.QUEUED, State.SENDING)
NEEDS_A_PERSON = (State.DEAD, State.HELD)
FINAL = (State.SENT, State.CANCELLED, State.EXPIRED, State.CLOSED, State.GATHERED)
