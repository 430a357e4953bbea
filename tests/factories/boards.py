"""Boards and the people who sit on them."""

from datetime import time
from functools import cache
from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import get_hasher, make_password

from cases.models import Hospital, Membership, TumorBoard
from cases.vocabulary import Role, Specialty

_numbers = count(1)


@cache
def hashed(password: str, how: str) -> str:
    """Hashing is slow on purpose: once a password, and way of hashing that a test may have set."""
    return make_password(password, hasher=how)


def person(given_name="Ada", family_name="Example", **more):
    number = next(_numbers)
    password = more.pop("password", "correct horse battery")
    user = get_user_model()(
        email=more.pop("email", f"person{number}@example.org"),
        given_name=given_name,
        family_name=family_name,
        **more,
    )
    user.password = hashed(password, get_hasher().algorithm)
    user.save()
    return user


def board(**more):
    number = next(_numbers)
    letters = "".join(chr(65 + int(digit)) for digit in str(number))
    defaults = {
        "name": f"Liver board {number}",
        "slug": f"liver-{number}",
        "prefix": f"L{letters}"[:6],
        "time_zone": "Europe/London",
        # No quiet hours: a test may run at any hour.
        "quiet_from": time(0),
        "quiet_until": time(0),
        "quorum_specialties": [Specialty.SURGERY, Specialty.RADIOLOGY, Specialty.ONCOLOGY],
    }
    hospital, _ = Hospital.objects.get_or_create(name=more.pop("hospital", "Riverside Hospital"))
    return TumorBoard.objects.create(hospital=hospital, **(defaults | more))


def member(on, role=Role.MEMBER, specialty="", user=None, **more):
    """A person with a seat on this board."""
    if role == Role.MEMBER and not specialty:
        specialty = Specialty.SURGERY
    user = user or person(**more)
    Membership.objects.create(board=on, user=user, role=role, specialty=specialty)
    return user
