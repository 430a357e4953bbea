from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("late", "0001_book")]

    operations = [migrations.AddField("Book", "pages", models.IntegerField(null=True))]
