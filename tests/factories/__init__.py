"""Who and what do the tests work with? Invented people, boards and cases, made row by row."""

from tests.factories.boards import board, member, person
from tests.factories.cases import a_case, a_diagnosis, a_lesion, a_patient, agenda_item, lab, meeting

__all__ = [
    "a_case",
    "a_diagnosis",
    "a_lesion",
    "a_patient",
    "agenda_item",
    "board",
    "lab",
    "meeting",
    "member",
    "person",
]
