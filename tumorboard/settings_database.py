"""How does this installation reach PostgreSQL, as which role, and how long may anything take there?

Part of the settings: `tumorboard.settings` takes these names over.
"""

import sys
from pathlib import Path

from tumorboard.env import address, env

__all__ = ["DATABASES", "DATABASE_ROLE"]

# What makes the tables and gives the rights runs as their owner; everything else as a role that owns nothing.
_OF_THE_OWNER = {
    "migrate",
    "audit_rights",
    "sqlmigrate",
    "showmigrations",
    "dbshell",
    "backup",
    "restore",
}

_application = env.db_url_config(address("DATABASE_URL", "DATABASE_PASSWORD"))
_owner = _application
if owners := address("DATABASE_OWNER_URL", "DATABASE_OWNER_PASSWORD", default=""):
    _owner = env.db_url_config(owners)
_as_owner = Path(sys.argv[0]).name == "manage.py" and sys.argv[1:2] and sys.argv[1] in _OF_THE_OWNER

DATABASE_ROLE = {"name": _application["USER"], "password": _application["PASSWORD"]}

# A stuck statement, lock or forgotten transaction must end by itself. Milliseconds. A migration may take its
# time over a large table, but whoever works with it does not wait long behind it: `migrate` tries again.
_limits = {
    "statement_timeout": 0 if _as_owner else env.int("DB_STATEMENT_TIMEOUT", default=15_000),
    "lock_timeout": 2_000 if _as_owner else 5_000,
    "idle_in_transaction_session_timeout": 30_000,
}
_address = _owner if _as_owner else _application

DATABASES = {
    "default": _address
    | {
        "ENGINE": "tumorboard.database",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,  # without it each connection fails once after PostgreSQL restarts
        "OPTIONS": _address.get("OPTIONS", {})
        | {
            "connect_timeout": 5,
            # Compiling a question takes longer than answering it: none here reads millions of rows.
            "options": " ".join(["-c jit=off", *(f"-c {name}={limit}" for name, limit in _limits.items())]),
        },
    }
}
