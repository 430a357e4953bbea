"""Is this sign-in still good: when did it begin, when did the person last do something, what is allowed?

Both moments stand in the session and are written at most once a minute. The limits are the hospital's, asked
for whenever the last moment is older than that. The shortest time a hospital may set is two minutes, so a
limit that was changed holds at the next request of whoever it concerns: none is judged by an old one.

What counts is what the person does: pages they open, what they send, and typing, which a script sends on to
be kept. What a page asks for by itself does not: streams, parts fetched because others have changed
something (`by_itself`), and whatever a script marks with the header below because nobody has touched the
page for some seconds. Reading with the wheel or the keys reaches us as a request to stay.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.contrib.auth import get_user
from django.utils import timezone
from django.utils.module_loading import import_string

KEY = "signed_in"
HEADER = "X-By-Itself"
FRESH = 60  # seconds
IDLE, HOURS = "idle", "hours"


@dataclass(frozen=True)
class Left:
    """How many seconds remain, were nothing done from now on."""

    idle: int
    hours: int
    idle_minutes: int


def by_itself(view: Callable) -> Callable:
    """The page asks for this without anybody's doing."""

    @wraps(view)
    def marked(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    marked.by_itself = True  # type: ignore[attr-defined]
    return marked


def is_work(request, view) -> bool:
    return not getattr(view, "by_itself", False) and HEADER not in request.headers


def limits_of(user) -> tuple[int, int]:
    """Idle minutes and hours in all, as the person's hospitals set them now."""
    path = getattr(settings, "SESSION_LIMITS", "")
    return (import_string(path)(user) if path else None) or settings.SESSION_LIMITS_OTHERWISE


def began(request, user, **_) -> None:
    """Receives Django's word that somebody has signed in."""
    now = _now()
    _note(request.session, began=now, seen=now, limits=limits_of(user))


def why_over(session, user) -> str:
    """IDLE or HOURS once the sign-in is over, "" while it is good."""
    mark = session.get(KEY)
    return "" if mark is None or _is_fresh(mark) else _judge(mark, limits_of(user))


def visit(session, user, *, is_work: bool) -> tuple[str, bool]:
    """Why the sign-in is over, if it is; and whether it was noted that the person does something."""
    now, mark = _now(), session.get(KEY)
    if mark and _is_fresh(mark):
        return "", False
    limits = limits_of(user)
    if mark is None:
        _note(session, began=now, seen=now, limits=limits)
        return "", True
    why = _judge(mark, limits)
    if is_work and not why:
        _note(session, began=mark["began"], seen=now, limits=limits)
    return why, is_work and not why


def _is_fresh(mark: dict) -> bool:
    return 0 <= _now() - mark["seen"] < FRESH


def _judge(mark: dict, limits: tuple[int, int]) -> str:
    idle, hours = limits
    if _now() - mark["seen"] >= idle * 60:
        return IDLE
    return HOURS if _now() - mark["began"] >= hours * 3600 else ""


def _note(session, *, began: int, seen: int, limits: tuple[int, int]) -> None:
    session[KEY] = {"began": began, "seen": seen, "idle": limits[0], "hours": limits[1]}


def left(session) -> Left:
    now, mark = _now(), session[KEY]
    idle = mark["seen"] + mark["idle"] * 60 - now
    return Left(max(0, idle), max(0, mark["began"] + mark["hours"] * 3600 - now), mark["idle"])


def still_good(session) -> bool:
    """As a new request would find it: signed out, timed out, locked, or with another password is not."""

    class Asking:
        def __init__(self) -> None:
            self.session = type(session)(session.session_key)

    asking = Asking()
    user = get_user(asking)  # type: ignore[arg-type]
    return user.is_authenticated and not why_over(asking.session, user)


def _now() -> int:
    return int(timezone.now().timestamp())
