"""Who and what do the tests work with? Invented people, boards and cases, made row by row."""

from tests.factories.boards import board, member, person
from tests.factories.cases import (
    a_case,
    a_diagnosis,
    a_lesion,
    a_patient,
    agenda_item,
    brought_to,
    lab,
    meeting,
)
from tests.factories.facts import a_comorbidity_review, a_course, a_fitness, a_liver_status, a_waiver
from tests.factories.files import a_file

__all__ = [
    "a_case",
    "a_comorbidity_review",
    "a_course",
    "a_diagnosis",
    "a_file",
    "a_fitness",
    "a_lesion",
    "a_liver_status",
    "a_patient",
    "a_waiver",
    "agenda_item",
    "board",
    "brought_to",
    "lab",
    "meeting",
    "member",
    "person",
]
