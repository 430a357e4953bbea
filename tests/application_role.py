"""What does the application do when it connects as a role that owns nothing? `DB_ROLE=tumorboard_app ./dev test`

The tables are made by their owner; then every connection of this process steps down to that role. What a test
prepares it does for the system, a page that it opens is the page of the person who signed in.
"""

from io import StringIO

from django.core.management import call_command
from django.db import connection

from tumorboard.database import identity

# As no application may: tests that commit empty the tables afterwards.
MAY_EMPTY = 'GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO "{}"'


def step_down_to(role: str) -> None:
    call_command("audit_rights", role, stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute(MAY_EMPTY.format(role))
    connection.settings_dict["OPTIONS"]["assume_role"] = role
    connection.close()
    identity.this_process_is_the_system()
