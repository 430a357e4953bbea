"""How long may somebody stay signed in? As long as the strictest hospital of their boards allows."""

from django.db.models import Min

from cases.models import Hospital


def limits_of(user) -> tuple[int, int] | None:
    """Minutes without work and hours in all; None for who sits on no board."""
    theirs = Hospital.objects.filter(boards__memberships__user=user, boards__memberships__ended_at=None)
    found = theirs.aggregate(idle=Min("idle_minutes"), hours=Min("session_hours"))
    return (found["idle"], found["hours"]) if found["idle"] else None
