"""How long may each part of a delivery take?

The order of these times is what keeps a message from going out twice: a worker that hangs is killed before
its lease ends, and nothing is handed to the relay that could still be on its way when the lease does end.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Timing:
    """Seconds, unless named otherwise."""

    smtp_timeout: float = 30  # each stage of the conversation with the relay, in total
    fence_margin: float = 45  # lease that must be left at hand-over: one stage, and a wait for a row lock
    drain_budget: float = 25  # no new message after this; less than a worker's grace when it is told to stop
    soft_limit: float = 80
    hard_limit: float = 100  # the worker process is killed
    lease: float = 120  # then its messages are given to another
    batch: int = 50  # messages claimed at once
    crashes_allowed: int = 5  # a message that ended its worker this often is not tried again
    settle_patience: float = 20  # how long to insist on writing down what the relay answered
    nudge_wait: float = 0.4  # what a web request may lose to a broker that does not answer
    nudge_pause: float = 30  # after a failure the broker is left alone this long

    def __post_init__(self) -> None:
        ordered = self.smtp_timeout < self.fence_margin < self.soft_limit < self.hard_limit < self.lease
        if not ordered or self.drain_budget + self.fence_margin > self.soft_limit:
            raise ImproperlyConfigured(
                "NOTIFICATIONS_TIMING must hold smtp_timeout < fence_margin < soft_limit < hard_limit"
                " < lease, and drain_budget + fence_margin <= soft_limit."
            )


def timing() -> Timing:
    return Timing(**getattr(settings, "NOTIFICATIONS_TIMING", {}))
