"""Who sits on the invented board?"""

from dataclasses import dataclass

from django.contrib.auth import get_user_model

from cases.models import Membership, TumorBoard
from cases.vocabulary import Role, Specialty

DOMAIN = "demo.invalid"


@dataclass(frozen=True)
class Seat:
    email: str
    title: str
    given: str
    family: str
    role: Role
    specialty: str = ""


SEATS = (
    Seat("coordinator", "", "Alex", "Hollis", Role.COORDINATOR),
    Seat("chair", "Prof.", "Theodora", "Arkwright", Role.CHAIR, Specialty.SURGERY),
    Seat("surgeon", "Mr", "Idris", "Penhallow", Role.MEMBER, Specialty.SURGERY),
    Seat("oncologist", "Dr", "Kemi", "Adeyemi", Role.MEMBER, Specialty.ONCOLOGY),
    Seat("radiologist", "Dr", "Nils", "Sorensen", Role.MEMBER, Specialty.RADIOLOGY),
    Seat("interventional", "Dr", "Ines", "Duarte", Role.MEMBER, Specialty.INTERVENTIONAL),
    Seat("pathologist", "Dr", "Hugh", "Lowe", Role.MEMBER, Specialty.PATHOLOGY),
    Seat("hepatologist", "Dr", "Mireille", "Castellan", Role.MEMBER, Specialty.TRANSPLANT),
    Seat("radiotherapist", "Dr", "Gwen", "Ormsby", Role.MEMBER, Specialty.RADIATION),
    Seat("nurse", "", "Rosa", "Quill", Role.MEMBER, Specialty.NURSING),
    Seat("referrer", "Dr", "Beatrice", "Nightingale", Role.REFERRER),
    Seat("observer", "", "Omar", "Fenwick", Role.OBSERVER),
)


def seat_everyone(board: TumorBoard, *, password: str) -> dict[str, object]:
    """The people by the first part of their address."""
    people = {}
    for seat in SEATS:
        person = _person(seat.email, seat.title, seat.given, seat.family, password)
        Membership.objects.create(board=board, user=person, role=seat.role, specialty=seat.specialty)
        people[seat.email] = person
    _person("admin", "", "Una", "Admin", password, is_staff=True, is_superuser=True)
    return people


def _person(name, title, given, family, password, **more):
    return get_user_model().objects.create_user(
        email=f"{name}@{DOMAIN}",
        password=password,
        title=title,
        given_name=given,
        family_name=family,
        is_invented=True,
        **more,
    )
