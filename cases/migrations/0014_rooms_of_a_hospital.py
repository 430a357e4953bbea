"""A hospital names the rooms in which one board meets at a time."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_past_is_guarded")]

    operations = [
        migrations.AddField(
            model_name='hospital',
            name='rooms',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, db_default=[], default=list, help_text='In which one board meets at a time, as they are written as the place of a meeting; between commas.', size=None),
        ),
    ]
