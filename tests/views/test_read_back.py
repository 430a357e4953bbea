"""Does the room see everything that is signed before it confirms?"""

import pytest
from django.urls import reverse

from cases.services.recommendation import DissentSaid
from tests.factories.decisions import a_room

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["make-decision", "hold-meeting"])
def test_why_the_wish_and_the_dissents_stand_beside_the_paragraph(client, name):
    room = a_room()
    room.written(dissents=[DissentSaid("Ablate first.", room.oncologist)])
    client.force_login(room.chair)
    subject = room.item if name == "make-decision" else room.meeting
    page = client.get(reverse(f"cases:{name}", args=[subject.pk])).text

    for label, words in (
        ("Why", room.fields["rationale"]),
        ("The patient’s wish", room.fields["patient_wish"]),
        (f"Dissent, {room.oncologist}", "Ablate first."),
    ):
        assert f"<dt>{label}</dt><dd>{words}</dd>" in page
