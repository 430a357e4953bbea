"""Meetings that the database has not looked at yet are written once; its trigger finds their rooms.

Those of one transaction are a thousand, and each is kept: stopped halfway it goes on where it was.
"""

from django.db import migrations
from django.db.models import F

from tumorboard.migrating import in_batches


def look(apps, schema_editor):
    Meeting = apps.get_model("cases", "Meeting")
    todo = Meeting.objects.using(schema_editor.connection.alias).filter(room=None)
    for _ in in_batches(todo, lambda rows: rows.update(place=F("place"))):
        pass


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0015_room_of_a_meeting")]

    operations = [migrations.RunPython(look, migrations.RunPython.noop)]
