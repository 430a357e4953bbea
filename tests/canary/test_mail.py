"""Does any sort of e-mail tell of the marked patient, in the bytes that leave and in what they hold?"""

import pytest

from cases.notices.kinds import KINDS
from tests.canary import marks
from tests.canary.answers import parts_of
from tests.canary.patient import mark
from tests.factories.decisions import a_room
from tests.guards.test_no_notice_names_a_patient import ABOUT
from tests.guards.test_notices import as_row
from tumorboard.notifications import mime


@pytest.mark.django_db
def test_no_sort_of_message_tells_of_the_patient_as_it_leaves():
    room = a_room()
    mark(room.case)
    entries = [entry for about in ABOUT for entry in about(room)]
    sent = {entry.kind: mime.write(as_row(entry)) for entry in entries}

    assert set(sent) == set(KINDS)
    found = {
        kind: {name for part in parts_of(one) for name in marks.found(part)} for kind, one in sent.items()
    }
    assert {kind: names for kind, names in found.items() if names} == {}
