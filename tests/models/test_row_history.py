"""Do rows keep their past, whoever changes them?"""

import pytest
from django.db import connection

from cases.models import TumorBoard
from tumorboard.audit.changes import changes_of

pytestmark = pytest.mark.django_db


def test_bulk_updates_and_plain_sql_are_seen():
    board = TumorBoard.objects.create(name="Liver board", slug="liver", prefix="LT")
    TumorBoard.objects.update(name="Liver tumour board")
    with connection.cursor() as cursor:
        cursor.execute("update cases_tumorboard set hospital = 'North'")

    changes = [(c.field, c.before, c.after) for c in changes_of(board) if c.kind == "changed"]

    assert changes == [("hospital", "", "North"), ("name", "Liver board", "Liver tumour board")]
