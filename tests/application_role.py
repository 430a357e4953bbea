"""What does the application do when it connects as a role that owns nothing?

`DB_ROLE=tumorboard_app ./dev test tests/views` runs any test so, and the others do it for a few lines.
The tables are made by their owner; then every connection of this process steps down to that role. What a test
prepares it does for the system, a page that it opens is the page of the person who signed in.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from django.core.management import call_command
from django.db import connection

from tumorboard.database import identity
from tumorboard.embedded.postgres import APPLICATION

# As no application may: tests that commit empty the tables afterwards.
MAY_EMPTY = 'GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO "{}"'


def step_down_to(role: str) -> None:
    call_command("audit_rights", role, stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute(MAY_EMPTY.format(role))
    connection.settings_dict["OPTIONS"]["assume_role"] = role
    connection.close()
    identity.this_process_is_the_system()


@contextmanager
def as_application(who: int | str | None) -> Iterator[None]:
    """For a few lines of one test, inside its transaction: for a person, for nobody or for the system."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        [before] = cursor.fetchone()
        if before != APPLICATION:
            call_command("audit_rights", APPLICATION, stdout=StringIO())
        cursor.execute(f'SET LOCAL ROLE "{APPLICATION}"')
    bound, connection._bound = connection._bound, True
    speaks = identity.as_system("a test") if who == "system" else identity.as_person(who)
    try:
        with speaks:
            yield
    finally:
        connection._bound, connection._said = bound, None
        with connection.cursor() as cursor:
            cursor.execute(f'SET LOCAL ROLE "{before}"')
