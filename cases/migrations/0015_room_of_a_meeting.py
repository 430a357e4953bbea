"""Which of the hospital's rooms a meeting is in, and that there is one at a time."""

import cases.models.meeting
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0014_rooms_of_a_hospital'),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='room',
            field=models.TextField(editable=False, help_text='Found by the database from the place.', null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='finds_its_room', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    NEW.room := coalesce((\n        SELECT min(board.hospital_id || ':' || lower(btrim(room_name)))\n          FROM cases_tumorboard board\n          JOIN cases_hospital hospital ON hospital.id = board.hospital_id\n         CROSS JOIN unnest(hospital.rooms) AS room_name\n         WHERE board.id = NEW.board_id AND lower(btrim(room_name)) = lower(btrim(NEW.place))\n    ), '');\n    RETURN NEW;\n", hash='71dc55e28ebfedb223b9c78eebe802ad0d31fe1c', operation='INSERT OR UPDATE', pgid='pgtrigger_finds_its_room_cef4c', table='cases_meeting', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('room__gt', ''), models.Q(('status', 'CANCELLED'), _negated=True)), expressions=[('room', '='), (cases.models.meeting.TsTzRange('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='a_room_holds_one_meeting_at_a_time'),
        ),
    ]
