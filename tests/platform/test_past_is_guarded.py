"""Does PostgreSQL show the past of a row only to whoever sees the row?"""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from cases.models import Case, Diagnosis
from cases.vocabulary import Role
from tests.application_role import as_application
from tests.factories import a_case, a_diagnosis, board, member, person
from tests.platform.test_row_security import BELOW, BY_THEMSELVES
from tumorboard.audit.models import RowChange

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    """A case with a diagnosis on each of two boards."""
    found = []
    for _ in range(2):
        sits = board()
        case = a_case(sits)
        a_diagnosis(case)
        found.append((sits, case))
    return found


def past(model) -> set[str]:
    return set(RowChange.objects.filter(table=model._meta.db_table).values_list("row", flat=True))


def keys(model, **where) -> set[str]:
    return {str(pk) for pk in model._base_manager.filter(**where).values_list("pk", flat=True)}


def test_who_sees_a_row_sees_what_it_was_and_nobody_else_does(two):
    (sits, case), (_, other) = two
    rows = {Case: keys(Case, pk=case.pk), Diagnosis: keys(Diagnosis, case=case)}
    everything = {model: past(model) for model in rows}
    assert all(rows[model] < everything[model] for model in rows)

    with as_application(member(sits, Role.OBSERVER).pk):
        assert {model: past(model) for model in rows} == rows
    with as_application(case.referred_by_id):
        assert past(Diagnosis) == rows[Diagnosis]
    for nobody in (person().pk, None):
        with as_application(nobody):
            assert past(Case) | past(Diagnosis) == set()
    with as_application("system"):
        assert {model: past(model) for model in rows} == everything
    assert str(other.pk) in everything[Case]


def test_of_rows_that_hang_on_no_case_the_past_is_seen_as_before(two):
    (sits, _), _ = two
    with as_application(person().pk):
        assert str(sits.pk) in past(type(sits))


def test_a_change_of_the_row_is_written_by_whoever_may_change_it(two):
    (sits, case), _ = two
    with as_application(member(sits, Role.COORDINATOR).pk):
        before = len(RowChange.objects.filter(table="cases_case"))
        Case.objects.filter(pk=case.pk).update(version=77)
        assert len(RowChange.objects.filter(table="cases_case")) == before + 1
        with pytest.raises(ProgrammingError), transaction.atomic():
            RowChange.objects.filter(table="cases_case").update(operation="NOTHING")


def test_every_table_whose_rows_are_guarded_is_known_to_the_guard_of_the_past():
    """A new one goes through `guard_past` in its migration."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'sees_past'")
        [[known]] = cursor.fetchall()
    guarded = {model._meta.db_table for model in {*BELOW, *BY_THEMSELVES}}
    assert [table for table in sorted(guarded) if f"WHEN '{table}'" not in known] == []
    assert len(apps.get_models()) > len(guarded) > 40
