"""Whose cases does somebody see who opens a signed link without signing in? Those of whom the link names."""

from collections.abc import Callable
from functools import wraps

from tumorboard.database import identity


def for_whom(read: Callable[[str], tuple], refused: type[Exception]) -> Callable:
    """`read` tells from the token what is asked, and of whom; `refused`: the link is not one of ours."""

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def shown(request, token):
            try:
                _asked, person = read(token)
            except refused:
                person = None
            with identity.as_person(person):
                return view(request, token)

        return shown

    return decorate
