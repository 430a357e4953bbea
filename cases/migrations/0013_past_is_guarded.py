"""The past of a row is seen by whoever sees the row: also where somebody forgets to ask for it so."""

from django.db import migrations

from tumorboard.database.policies import guard_past, paths

PAST = "audit_rowchange"
BY_THEMSELVES = ("Case", "Patient", "EmergencyAccess", "Draft", "ImportRun", "ImportRow")


def on(apps, schema_editor):
    below = paths(apps.get_models(include_auto_created=True), apps.get_model("cases", "Case"))
    guarded = {*below, *(apps.get_model("cases", name) for name in BY_THEMSELVES)}
    for line in guard_past(PAST, guarded):
        schema_editor.execute(line)


def off(apps, schema_editor):
    for name in ("who_sees", "all_add"):
        schema_editor.execute(f"DROP POLICY {name} ON {PAST}")
    schema_editor.execute(f"ALTER TABLE {PAST} DISABLE ROW LEVEL SECURITY")
    schema_editor.execute("DROP FUNCTION sees_past(text, text)")


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_steps"), ("audit", "0003_every_line")]

    operations = [migrations.RunPython(on, off)]
