"""How long may each part of a live connection take?"""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Timing:
    """Seconds, unless named otherwise."""

    say_wait: float = 0.3  # what a web request may lose to a Redis that does not answer
    say_pause: float = 5  # after a failure Redis is left alone this long
    say_again: float = 0.5  # how often what could not be said is tried again
    number_kept: int = 2 * 24 * 60 * 60  # a room where nothing happens for longer begins anew
    look: float = 0.5  # how often the hub looks whether its worker is being stopped
    ping: float = 5  # how often the hub asks Redis whether it is still there ...
    deaf: float = 12  # ... and when it takes silence for an answer
    again: float = 5  # the longest pause between two tries to reach Redis
    backlog: int = 50  # messages kept for a client that is slow; then it hears "catch up" instead
    beat: float = 10  # the client knows by it that the line is open
    hang_up_look: float = 2  # how soon it is noticed that a client has gone
    may_still: float = 25  # how often it is asked whether the client may still listen
    lifetime: float = 600  # then the client connects anew, at the latest after half as long again
    hearing_wait: float = 2  # how long a new stream waits for the hub to hear Redis


def timing() -> Timing:
    return Timing(**getattr(settings, "LIVE_TIMING", {}))
