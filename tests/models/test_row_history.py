"""Do rows keep their past, whoever changes them?"""

import pytest
from django.db import connection

from cases.models import TumorBoard
from tests import factories
from tumorboard.audit.changes import changes_of

pytestmark = pytest.mark.django_db


def test_bulk_updates_and_plain_sql_are_seen():
    board = factories.board(name="Liver board")
    TumorBoard.objects.update(name="Liver tumour board")
    with connection.cursor() as cursor:
        cursor.execute("update cases_tumorboard set cut_off_hours = 24")

    changes = [(c.field, c.before, c.after) for c in changes_of(board) if c.kind == "changed"]

    assert changes == [("cut_off_hours", "48", "24"), ("name", "Liver board", "Liver tumour board")]
