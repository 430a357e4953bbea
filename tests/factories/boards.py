"""Boards and the people who sit on them."""

from itertools import count

from django.contrib.auth import get_user_model

from cases.models import Membership, TumorBoard
from cases.vocabulary import Role, Specialty

_numbers = count(1)


def person(given_name="Ada", family_name="Example", **more):
    number = next(_numbers)
    return get_user_model().objects.create_user(
        email=more.pop("email", f"person{number}@example.org"),
        password=more.pop("password", "correct horse battery"),
        given_name=given_name,
        family_name=family_name,
        **more,
    )


def board(**more):
    number = next(_numbers)
    letters = "".join(chr(65 + int(digit)) for digit in str(number))
    defaults = {
        "name": f"Liver board {number}",
        "slug": f"liver-{number}",
        "prefix": f"L{letters}"[:6],
        "time_zone": "Europe/London",
        "quorum_specialties": [Specialty.SURGERY, Specialty.RADIOLOGY, Specialty.ONCOLOGY],
    }
    return TumorBoard.objects.create(**(defaults | more))


def member(on, role=Role.MEMBER, specialty="", user=None, **more):
    """A person with a seat on this board."""
    if role == Role.MEMBER and not specialty:
        specialty = Specialty.SURGERY
    user = user or person(**more)
    Membership.objects.create(board=on, user=user, role=role, specialty=specialty)
    return user
