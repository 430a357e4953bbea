"""How does somebody end sessions that they do not sit at?"""

from allauth.usersessions.models import UserSession

from .signals import ended_elsewhere


def end_sessions(of, *, by, only: int | None = None, but: str | None = None) -> int:
    """Of one person: all, only the one with this number, or all but the one with this key. How many ended."""
    sessions = UserSession.objects.filter(user=of)
    if only is not None:
        sessions = sessions.filter(pk=only)
    if but is not None:
        sessions = sessions.exclude(session_key=but)
    ended = 0
    for session in sessions:
        session.end()
        ended += 1
    if ended:
        ended_elsewhere.send(sender=UserSession, user=of, by=by, count=ended)
    return ended
