"""What do tests of the machinery have at hand?"""

import psycopg
import pytest
from django.db import connection


@pytest.fixture
def weaker_role(db):
    """A role as the application has it, which owns nothing; made by the server's administrator."""
    ours = connection.get_connection_params()
    name = f"web_{ours['dbname']}"
    where = {key: ours[key] for key in ("host", "port", "password")}
    with psycopg.connect(**where, user="postgres", dbname="postgres", autocommit=True) as server:
        server.execute(f"DROP ROLE IF EXISTS {name}")
        server.execute(f"CREATE ROLE {name}")
        server.execute(f"GRANT {name} TO {ours['user']}")
    return name
