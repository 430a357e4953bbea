"""What does every page know of the time that its reader has left?"""

from . import limits
from .views import who


def session(request) -> dict:
    """Nothing for whoever is not signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or limits.KEY not in request.session:
        return {}
    return {"session_left": limits.left(request.session), "session_who": who(user)}
