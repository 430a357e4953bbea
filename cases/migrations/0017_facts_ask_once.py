"""What is read of one case or a page of cases asks for the case by a function, which a session plans once.

A condition within the policy was planned anew with each statement, and took longer than the answer: the live
screen reads thirty such tables. What is looked through board by board (inputs, lists, decisions) keeps the
condition, since a function is called for each row.
"""

from django.db import migrations

from tumorboard.database.policies import SYSTEM, exists

FACTS = (
    *("addendumrequest", "casefile", "comorbidityreview", "diagnosis", "fitness", "imagingstudy", "importedrecord"),
    *("labresult", "lesion", "liverstatus", "patientwish", "symptomreport", "treatmentcourse", "waiver"),
)
ABOVE = f"""
create or replace function sees_cases_case(key_above uuid) returns boolean language plpgsql stable
as $$ begin return {exists("cases_case", "id", "key_above")}; end $$
"""


def asking(how: str) -> list[str]:
    """Names of our own tables only."""
    return [
        f"alter policy who_sees on cases_{name} using ({SYSTEM} or {how.format(f'cases_{name}.case_id')})"
        for name in FACTS
    ]


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_rooms_are_looked_for")]

    operations = [
        migrations.RunSQL(
            [ABOVE, *asking("sees_cases_case({})")],
            [*asking(exists("cases_case", "id", "{}")), "drop function sees_cases_case"],
        )
    ]
