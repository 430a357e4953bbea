"""As whom does this thread speak to the database?

PostgreSQL shows a connection only the rows of the person who is named in its setting `app.user_id`
(row-level security, `cases/migrations/0010_row_security.py`). Here is said who that is. Unless somebody says
otherwise it is nobody, who sees nothing: a request is its signed-in person, an answer by link is the person
whom the link names. Workers, the beat and management commands work for all boards and say so as they start.

A service that must look across boards says so with `as_system("why")`, for as few lines as it can. Each use
is listed with its reason in `tests/guards/test_as_system.py`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Voice:
    """Said anew at each beginning, so that a seat that has ended counts from the next request on."""

    def __init__(self, who: str) -> None:
        self.who = who


NOBODY, SYSTEM = Voice(""), Voice("system")

_process = NOBODY
_here: ContextVar[Voice | None] = ContextVar("who speaks to the database", default=None)


def this_process_is_the_system() -> None:
    """Said once, at the start of a process that serves no pages."""
    global _process  # noqa: PLW0603  one for the whole process, whatever its threads do
    _process = SYSTEM


def wanted() -> Voice:
    """Whose rows the next statement may see."""
    return _here.get() or _process


@contextmanager
def _speaking(voice: Voice) -> Iterator[None]:
    before = _here.set(voice)
    try:
        yield
    finally:
        _here.reset(before)


def as_person(key: int | None):
    """By primary key; None is nobody."""
    return _speaking(NOBODY if key is None else Voice(str(key)))


def as_system(why: str):
    """Across all boards. `why` is for the reader of the code and for the list of uses."""
    assert why
    return _speaking(SYSTEM)
