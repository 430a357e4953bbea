"""Who works on the board of the journeys, and who is the patient?"""

from dataclasses import dataclass, field

from cases.models import TumorBoard
from cases.vocabulary import Role, Specialty
from tests.factories import board, member

PEOPLE = {
    "coordinator": (Role.COORDINATOR, "", "", "Ann", "Hollis"),
    "chair": (Role.CHAIR, Specialty.TRANSPLANT, "Prof.", "June", "Arkwright"),
    "surgeon": (Role.MEMBER, Specialty.SURGERY, "Mr", "Ivo", "Penhallow"),
    "oncologist": (Role.MEMBER, Specialty.ONCOLOGY, "Dr", "Kofi", "Adeyemi"),
    "radiologist": (Role.MEMBER, Specialty.RADIOLOGY, "Dr", "Nils", "Sorensen"),
    "interventional": (Role.MEMBER, Specialty.INTERVENTIONAL, "Dr", "Inês", "Duarte"),
    "observer": (Role.OBSERVER, "", "", "Omar", "Fenwick"),
    "referrer": (Role.REFERRER, "", "Dr", "Bea", "Nightingale"),
}


@dataclass
class Cast:
    board: TumorBoard
    people: dict = field(default_factory=dict)

    def __getattr__(self, name: str):
        return self.people[name]


def seat_everyone() -> Cast:
    sits = board(
        name="North Riding liver board",
        prefix="NR",
        hospital="North Riding University Hospital",
        quorum_specialties=[Specialty.SURGERY, Specialty.ONCOLOGY, Specialty.RADIOLOGY],
    )
    cast = Cast(sits)
    for name, (role, specialty, title, given, family) in PEOPLE.items():
        cast.people[name] = member(
            sits,
            role,
            specialty,
            email=f"{name}@example.org",
            title=title,
            given_name=given,
            family_name=family,
        )
    return cast
