"""Whom does a document name, and does each page of it say who fetched it?"""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from cases.models import Letter, TumorBoard
from tests.canary import marks
from tests.canary.patient import mark
from tests.factories import a_case, agenda_item
from tests.factories.decisions import a_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    room = a_room()
    mark(room.case)
    for _ in range(25):  # more than one page
        agenda_item(room.meeting, a_case(room.board, "LISTED", question="Is it safe? " * 20))
    room.decide()
    return room


def papers(room) -> dict[str, str]:
    draft = Letter.objects.get(case=room.case, kind="REFERRER")
    return {
        "agenda": reverse("cases:agenda-pdf", args=[room.meeting.pk]),
        "minutes": reverse("cases:minutes-pdf", args=[room.meeting.pk]),
        "draft of a letter": reverse("cases:letter-pdf", args=[draft.pk]),
    }


@pytest.mark.parametrize("paper", ["agenda", "minutes", "draft of a letter"])
def test_each_page_says_who_fetched_it(client, room, paper):
    for who in (room.coordinator, room.chair):
        client.force_login(who)
        pages = PdfReader(io.BytesIO(client.get(papers(room)[paper]).content)).pages

        assert all(f"Made for {who.get_full_name()}, " in page.extract_text() for page in pages)
    assert len(pages) > 1 or paper == "draft of a letter"


@pytest.mark.parametrize("paper", ["agenda", "minutes"])
@pytest.mark.parametrize("may_name", [False, True])
def test_lists_name_the_patient_where_the_board_says_so(client, room, paper, may_name):
    TumorBoard.objects.update(identifies_patients_on_agenda=may_name)
    client.force_login(room.coordinator)
    named = marks.found(client.get(papers(room)[paper]).content, among=marks.OF_THE_PERSON)

    assert named == (["family name", "given name", "record number"] if may_name else [])


def test_a_letter_names_the_patient_on_its_page(client, room):
    client.force_login(room.coordinator)
    named = marks.found(client.get(papers(room)["draft of a letter"]).content, among=marks.OF_THE_PERSON)

    assert named == ["family name", "given name", "record number", "birth date"]
