"""Row-level security: the database itself shows a person only the rows of their cases.

What `Case.objects.visible_to` says is said again here in SQL, in one function: `speak_for`. It is called once
a request and notes in the settings of the session what the policies compare with, so that no query has to ask
for seats again. A table that hangs on a case is seen by whoever sees the case.
"""

from django.db import migrations

from tumorboard.database.policies import paths, protect, protect_below, unprotect

FUNCTIONS = """
CREATE FUNCTION speaks_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('app.user_id', true), '') = 'system' $$;

CREATE FUNCTION speaking_person() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(nullif(current_setting('app.user_id', true), ''), 'system')::bigint $$;

-- Boards on which the person sits, and those that they lead.
CREATE FUNCTION boards_sat_on() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(nullif(current_setting('app.sits', true), ''), '{}')::bigint[] $$;

CREATE FUNCTION boards_led() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(nullif(current_setting('app.leads', true), ''), '{}')::bigint[] $$;

-- Cases in which the person has something to do without a seat, and those that they read for a while only.
CREATE FUNCTION rows_concerned() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(nullif(current_setting('app.concerned', true), ''), '{}')::uuid[] $$;

CREATE FUNCTION rows_read_only() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(nullif(current_setting('app.read_only', true), ''), '{}')::uuid[] $$;

CREATE FUNCTION speak_for(who text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    person bigint := NULL;
    sits bigint[] := '{}';
    leads bigint[] := '{}';
    known uuid[];
    concerned uuid[] := '{}';
    read_only uuid[] := '{}';
BEGIN
    IF who ~ '^[0-9]{1,18}$' THEN
        SELECT id INTO person FROM accounts_user WHERE id = who::bigint AND is_active;
    END IF;
    IF person IS NOT NULL THEN
        SELECT coalesce(array_agg(board_id), '{}'),
               coalesce(array_agg(board_id) FILTER (WHERE role IN ('COORDINATOR', 'CHAIR')), '{}')
          INTO sits, leads
          FROM cases_membership
         WHERE user_id = person AND ended_at IS NULL AND role IN ('COORDINATOR', 'CHAIR', 'MEMBER', 'OBSERVER');
        -- An action that is theirs, a letter to them.
        SELECT coalesce(array_agg(mine.case_id), '{}') INTO concerned FROM (
            SELECT made.case_id FROM cases_recommendedaction done
              JOIN cases_recommendation made ON made.id = done.recommendation_id
             WHERE done.owner_id = person AND made.signed_at IS NOT NULL AND made.superseded_at IS NULL
            UNION
            SELECT case_id FROM cases_letter WHERE recipient_id = person AND status = 'SENT'
        ) mine JOIN cases_case of_it ON of_it.id = mine.case_id AND of_it.board_id <> ALL(sits);
        -- An emergency, the case they came for as a guest, what a privacy officer has to review.
        SELECT coalesce(array_agg(let_in.case_id), '{}') INTO read_only FROM (
            SELECT one.case_id FROM cases_emergencyaccess one
              JOIN cases_case of_it ON of_it.id = one.case_id JOIN cases_tumorboard of_case ON of_case.id = of_it.board_id
             WHERE one.user_id = person AND one.ended_at IS NULL AND one.ends_at > now() AND EXISTS (
                SELECT 1 FROM cases_membership seat JOIN cases_tumorboard own ON own.id = seat.board_id
                 WHERE seat.user_id = person AND seat.ended_at IS NULL AND own.hospital_id = of_case.hospital_id)
            UNION
            SELECT item.case_id FROM cases_guest guest
              JOIN cases_agendaitem item ON item.id = guest.item_id JOIN cases_meeting held ON held.id = item.meeting_id
             WHERE guest.account_id = person AND guest.left_at IS NULL AND item.status = 'OPEN' AND held.status = 'RUNNING'
            UNION
            SELECT one.case_id FROM cases_hospital_privacy_officers officer
              JOIN cases_tumorboard of_case ON of_case.hospital_id = officer.hospital_id
              JOIN cases_case of_it ON of_it.board_id = of_case.id
              JOIN cases_emergencyaccess one ON one.case_id = of_it.id
             WHERE officer.user_id = person
        ) let_in JOIN cases_case of_it ON of_it.id = let_in.case_id
         WHERE of_it.board_id <> ALL(sits) AND of_it.referred_by_id <> person AND of_it.id <> ALL(concerned);
    END IF;
    PERFORM set_config('app.user_id', CASE WHEN who = 'system' THEN who ELSE coalesce(person::text, '') END, false),
            set_config('app.sits', sits::text, false),
            set_config('app.leads', leads::text, false),
            set_config('app.concerned', concerned::text, false),
            set_config('app.read_only', read_only::text, false);
END
$$;
"""
NAMES = ("speak_for(text)", "rows_read_only()", "rows_concerned()", "boards_led()", "boards_sat_on()",
         "speaking_person()", "speaks_system()")  # fmt: skip

SEES_CASE = """
    referred_by_id = (SELECT speaking_person())
    OR (status <> 'DRAFT' AND board_id = ANY((SELECT boards_sat_on())::bigint[]))
    OR board_id = ANY((SELECT boards_led())::bigint[])
    OR id = ANY((SELECT rows_concerned())::uuid[])
    OR id = ANY((SELECT rows_read_only())::uuid[])
"""
HAS_A_CASE = "EXISTS (SELECT 1 FROM cases_case above WHERE above.patient_id = cases_patient.id{})"
CASE_IS_READ_ONLY = "above.id <> ALL((SELECT rows_read_only())::uuid[])"


def statements(apps):
    """Table by table: what is done to it."""
    case = apps.get_model("cases", "Case")
    yield "cases_case", protect(
        "cases_case", seen=f"({SEES_CASE})", written="id <> ALL((SELECT rows_read_only())::uuid[])"
    )
    yield "cases_patient", protect(
        "cases_patient", seen=HAS_A_CASE.format(""), written=HAS_A_CASE.format(f" AND {CASE_IS_READ_ONLY}")
    )
    # Who opens a case in an emergency does not see it yet, and ends their access themselves.
    own = "user_id = (SELECT speaking_person())"
    yield "cases_emergencyaccess", protect(
        "cases_emergencyaccess",
        seen=f"({own} OR EXISTS (SELECT 1 FROM cases_case above WHERE above.id = cases_emergencyaccess.case_id))",
    )
    yield "cases_draft", protect("cases_draft", seen="owner_id = (SELECT speaking_person())")
    # Files that were brought in hold patients before there is a case.
    yield "cases_importrun", protect("cases_importrun", seen="board_id = ANY((SELECT boards_led())::bigint[])")
    run = "EXISTS (SELECT 1 FROM cases_importrun above WHERE above.id = cases_importrow.run_id)"
    yield "cases_importrow", protect("cases_importrow", seen=run)
    special = {"cases_emergencyaccess"}
    for model, way in paths(apps.get_models(include_auto_created=True), case).items():
        if model._meta.db_table not in special:
            yield model._meta.db_table, protect_below(model, way)


def on(apps, schema_editor):
    for _, lines in statements(apps):
        for line in lines:
            schema_editor.execute(line)


def off(apps, schema_editor):
    for table, _ in statements(apps):
        for line in unprotect(table):
            schema_editor.execute(line)


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_room_session")]

    operations = [
        migrations.RunSQL(FUNCTIONS, "".join(f"DROP FUNCTION {name};" for name in NAMES)),
        migrations.RunPython(on, off),
    ]
