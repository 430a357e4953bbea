"""What was lost and what came twice, in one line a fault?"""

import os

from django.db import OperationalError, connection
from django.db.models import F
from django.db.models.functions import Greatest, Now

from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

TIMES = 10 if os.environ.get("LONG") else 1
TABLE: list["Figures"] = []
HEAD = f"{'fault':<66}{'owed':>7}{'sent':>7}{'lost':>6}{'twice':>7}{'dead':>6}  in doubt"


def settled() -> bool:
    """Nothing is under way any more. Waits of minutes after a refusal are made short."""
    try:
        waiting = Message.objects.filter(state=State.QUEUED, attempts__gt=0, next_try_at__gt=Now())
        waiting.update(next_try_at=Greatest(F("not_before"), Now()))
        return not Message.objects.filter(state__in=[State.QUEUED, State.SENDING]).exists()
    except OperationalError:  # as while the server restarts
        connection.close()
        return False


class Figures:
    def __init__(self, fault, owed, sink, *, dead=0, kills_in_the_gap=0):
        came, counts = sink.ids, Message.objects.counts()
        self.fault, self.owed, self.sent, self.dead = fault, len(owed), counts["SENT"], counts["DEAD"]
        not_dead = Message.objects.exclude(state=State.DEAD)
        wanted = {str(pk) for pk in not_dead.values_list("pk", flat=True)}
        self.lost = wanted - set(came)
        self.twice = {pk for pk, times in came.items() if times > 1}
        doubt = Message.objects.filter(ambiguous=True)
        self.in_doubt = {str(pk) for pk in doubt.values_list("pk", flat=True)}
        self.expected_dead, self.kills_in_the_gap = dead, kills_in_the_gap
        TABLE.append(self)

    def __str__(self):
        gap = f"{len(self.in_doubt)}"
        if self.kills_in_the_gap:
            gap += f", at most {self.kills_in_the_gap} killed in the gap"
        return (
            f"{self.fault:<66}{self.owed:>7}{self.sent:>7}{len(self.lost):>6}"
            f"{len(self.twice):>7}{self.dead:>6}  {gap}"
        )

    def must_be_clean(self):
        """Nothing lost, each in one final state, and twice only what is known to be in doubt."""
        print(self)
        assert not self.lost, self
        assert not self.twice - self.in_doubt, self
        assert (self.sent, self.dead) == (self.owed - self.expected_dead, self.expected_dead), self
        return self

    def must_come_once(self):
        """Where nobody was killed between the relay's answer and our writing it down."""
        self.must_be_clean()
        assert len(self.twice) <= self.kills_in_the_gap, self
        return self
