"""Extensions first: name search, accents, and ranges that may not overlap."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = [("audit", "0001_trail")]
    operations = [BtreeGistExtension(), TrigramExtension(), UnaccentExtension()]
