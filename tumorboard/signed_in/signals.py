"""What does the world outside get to know about sessions that end?"""

from django.dispatch import Signal

timed_out = Signal()  # request, user, why: "idle" or "hours"
ended_elsewhere = Signal()  # user, by, count: somebody ended sessions that they did not sit at
