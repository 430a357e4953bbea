"""Does PostgreSQL itself keep rows from those who may not see them, when the application forgets to ask?

Everything here connects as the role of the application, which owns nothing. What a person sees through it is
compared with what `visible_to` says, table by table.
"""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from cases.models import Case, Draft, EmergencyAccess, ImportRun, LabResult, Membership, Patient
from cases.vocabulary import CaseStatus, EmergencyReason, Role, Specialty
from tests.application_role import APPLICATION, as_application
from tests.factories import a_case, a_diagnosis, a_lesion, agenda_item, board, lab, meeting, member, person
from tests.factories.inputs import a_signed_input
from tumorboard.database import roles
from tumorboard.database.policies import paths

pytestmark = pytest.mark.django_db

BELOW = paths(apps.get_models(include_auto_created=True), Case)
# By their own rule: not by a case, or not by a case alone.
BY_THEMSELVES = {Case, Patient, Draft, ImportRun, EmergencyAccess, apps.get_model("cases", "ImportRow")}
# Who looked when, and nothing of the patient; read by privacy officers, who see no case.
NOT_OF_THE_PATIENT = {"cases.UnusualAccess"}


def tables() -> set[str]:
    return {model._meta.db_table for model in {*BELOW, *BY_THEMSELVES}}


# -- which tables -----------------------------------------------------------------------------------------


def test_every_table_that_hangs_on_a_case_is_guarded():
    """A new model below a case needs a policy: `protect_below` in its migration."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND EXISTS"
            " (SELECT 1 FROM pg_policy WHERE polrelid = pg_class.oid AND polname = 'who_sees')"
        )
        guarded = {name for (name,) in cursor.fetchall()}
    assert tables() <= guarded
    assert len(tables()) > 40


def test_a_table_that_may_hang_on_a_case_is_not_overlooked():
    """Where the key to a case may be empty, the row must hang on something else that is guarded."""
    known = {*BELOW, *BY_THEMSELVES}
    for model in apps.get_models(include_auto_created=True):
        keys = [field.related_model for field in model._meta.concrete_fields if field.is_relation]
        if Case in keys or Patient in keys:
            assert model in known or model._meta.label in NOT_OF_THE_PATIENT, model


# -- who sees what ----------------------------------------------------------------------------------------


@pytest.fixture
def two_hospitals():
    """Three boards with cases in every state; on the first of them everything that can hang on a case."""
    first, neighbour = board(hospital="Riverside"), board(hospital="Riverside")
    far = board(hospital="Hilltop")
    for sits in (first, neighbour, far):
        for status in (CaseStatus.DRAFT, CaseStatus.REFERRED, CaseStatus.PREPARING, CaseStatus.CLOSED):
            case = a_case(sits, status)
            lab(case, "bilirubin", "11", "umol/L")
            a_diagnosis(case)
            a_lesion(case, 1, ("7",), mm=31)
            a_signed_input(case, member(sits, specialty=Specialty.RADIOLOGY), Specialty.RADIOLOGY)
    return first, neighbour, far


def people(sits) -> dict[str, object]:
    """Everybody who could have to do with this board."""
    found = {role.value: member(sits, role) for role in Role}
    found["a referrer of a case"] = sits.cases.get(status=CaseStatus.PREPARING).referred_by
    found["a referrer of a draft"] = sits.cases.get(status=CaseStatus.DRAFT).referred_by
    found["of two boards"] = member(sits)
    member(board(), Role.COORDINATOR, user=found["of two boards"])
    found["whose seat has ended"] = member(sits, Role.CHAIR)
    Membership.objects.filter(user=found["whose seat has ended"]).update(ended_at=timezone.now())
    found["who has left"] = member(sits, Role.COORDINATOR)
    type(found["who has left"]).objects.filter(pk=found["who has left"].pk).update(is_active=False)
    found["who has left"].refresh_from_db()
    found["of no board"] = person()
    found["in an emergency"] = member(board(hospital=sits.hospital.name))
    _opens(sits.cases.get(status=CaseStatus.CLOSED), found["in an emergency"])
    return found


def _opens(case, who):
    now = timezone.now()
    EmergencyAccess.objects.create(
        case=case,
        user=who,
        reason_kind=EmergencyReason.values[0],
        reason="Bleeding at night.",
        begun_at=now,
        ends_at=now + timedelta(minutes=30),
    )


def ids(model, **where) -> set:
    return set(model._base_manager.filter(**where).values_list("pk", flat=True))


def way_to_case(model) -> str:
    return "__".join(key.name for key in BELOW[model])


def test_a_person_sees_of_cases_exactly_what_the_application_shows(two_hospitals):
    for sits in two_hospitals:
        for who, user in people(sits).items():
            allowed = set(Case.objects.visible_to(user).values_list("pk", flat=True))
            with as_application(user.pk):
                assert ids(Case) == allowed, who
    assert len(allowed) == 1, "the last one opened one case in an emergency"


def test_and_of_every_table_below_exactly_the_rows_of_those_cases(two_hospitals):
    first, *_ = two_hospitals
    agenda_item(meeting(first), first.cases.get(status=CaseStatus.PREPARING))
    filled = {model: way_to_case(model) for model in BELOW if model not in BY_THEMSELVES and ids(model)}
    assert {LabResult, apps.get_model("cases", "LesionMeasurement")} < set(filled)
    for who, user in people(first).items():
        seen = set(Case.objects.visible_to(user).values_list("pk", flat=True))
        wanted = {model: ids(model, **{f"{way}__in": seen}) for model, way in filled.items()}
        patients = ids(Patient, cases__in=seen)
        with as_application(user.pk):
            assert ids(Patient) == patients, who
            for model in filled:
                assert ids(model) == wanted[model], (who, model)


def test_who_has_not_said_who_they_are_sees_nothing(two_hospitals):
    sits = two_hospitals[0]
    Draft.objects.create(owner=member(sits), form="referral", key="new", saved_at=timezone.now())
    for who in (None, AnonymousUser().pk):
        with as_application(who), connection.cursor() as cursor:
            for table in tables():
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (0,), table


def test_a_connection_of_its_own_that_says_nothing_sees_nothing(two_hospitals):
    """Also where no code of ours is on the way."""
    with as_application(None), connection.cursor() as cursor:
        cursor.execute("SELECT set_config(name, '', false) FROM unnest(ARRAY['app.user_id', 'app.sits',"
                       " 'app.leads', 'app.concerned', 'app.read_only']) name")  # fmt: skip
        cursor.execute("SELECT count(*) FROM cases_case")
        assert cursor.fetchone() == (0,)
        for nonsense in ("0", "-1", "12; drop", "SYSTEM", "99999999999999999999"):
            cursor.execute("SELECT speak_for(%s)", [nonsense])
            cursor.execute("SELECT count(*) FROM cases_case")
            assert cursor.fetchone() == (0,), nonsense


def test_what_somebody_types_is_theirs_alone(two_hospitals):
    sits = two_hospitals[0]
    mine, other = member(sits), member(sits, Role.COORDINATOR)
    kept = Draft.objects.create(owner=mine, form="referral", key="new", saved_at=timezone.now())
    with as_application(mine.pk):
        assert ids(Draft) == {kept.pk}
    with as_application(other.pk):
        assert ids(Draft) == set()


def test_the_system_sees_all_boards(two_hospitals):
    everything = ids(Case)
    with as_application("system"):
        assert ids(Case) == everything
        assert len(ids(LabResult)) == len(everything)


# -- who writes what --------------------------------------------------------------------------------------


def refused(call) -> bool:
    try:
        with transaction.atomic():
            call()
    except ProgrammingError as error:
        return "row-level security" in str(error)
    return False


def test_rows_of_another_board_are_neither_added_nor_changed_nor_taken(two_hospitals):
    first, neighbour, far = two_hospitals
    surgeon = member(first)
    for other in (neighbour, far):
        case = other.cases.get(status=CaseStatus.PREPARING)
        value = LabResult.objects.get(case=case)
        with as_application(surgeon.pk):
            assert refused(lambda case=case: lab(case, "albumin", "38", "g/L"))
            assert not LabResult.objects.filter(pk=value.pk).update(value=99)
            assert not Case.objects.filter(pk=case.pk).update(why_now="Mine now.")
            assert not Patient.objects.filter(pk=case.patient_id).update(family_name="Changed")
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM cases_labresult WHERE id = %s", [value.pk])
                assert cursor.rowcount == 0


def test_no_row_is_moved_to_another_board(two_hospitals):
    first, neighbour, _ = two_hospitals
    surgeon = member(first)
    own, other = (sits.cases.get(status=CaseStatus.PREPARING) for sits in (first, neighbour))
    with as_application(surgeon.pk):
        assert refused(lambda: LabResult.objects.filter(case=own).update(case=other))
        assert refused(lambda: Case.objects.filter(pk=own.pk).update(board=neighbour))
        assert not refused(lambda: LabResult.objects.filter(case=own).update(value=12))


def test_who_reads_in_an_emergency_writes_nothing(two_hospitals):
    case = two_hospitals[0].cases.get(status=CaseStatus.PREPARING)
    reader = member(board(hospital="Riverside"))
    _opens(case, reader)
    with as_application(reader.pk):
        value = LabResult.objects.get(case=case)
        assert refused(lambda: lab(case, "albumin", "38", "g/L"))
        assert not LabResult.objects.filter(pk=value.pk).update(value=99)
        assert not Case.objects.filter(pk=case.pk).update(why_now="Mine now.")


# -- the role ---------------------------------------------------------------------------------------------


def test_the_role_owns_nothing_makes_nothing_and_switches_nothing_off():
    with connection.cursor() as cursor:
        assert not roles.may_too_much(cursor, APPLICATION)
    forbidden = (
        "CREATE TABLE another (n int)",
        "CREATE FUNCTION another() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
        "DROP POLICY who_sees ON cases_case",
        "TRUNCATE cases_draft",
        "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL",
        "UPDATE django_migrations SET name = 'none'",
    )
    with as_application("system"), connection.cursor() as cursor:
        for statement in forbidden:
            with (
                pytest.raises(ProgrammingError, match=r"must be owner|permission denied"),
                transaction.atomic(),
            ):
                cursor.execute(statement)


def test_the_owner_of_the_tables_is_told_apart():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert roles.may_too_much(cursor, cursor.fetchone()[0])
