"""What does each connection to PostgreSQL do before a statement of ours?

It says whose rows the statement may see, whenever that is another one than before: one short round trip on
the same connection, mostly one a request. It also counts what is kept, so that a request that met a deadlock
knows whether it may begin again.
"""

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from . import identity

SAY_WHO = "SELECT speak_for(%s)"
# The owner of the tables sees everything anyway, and there is nothing to say before they are made.
IS_BOUND = "SELECT NOT pg_has_role(proowner, 'USAGE') FROM pg_proc WHERE proname = 'speak_for'"
READS = ("SELECT", "SHOW", "EXPLAIN", "DECLARE", "FETCH", "SET", "SAVEPOINT", "RELEASE", "ROLLBACK")


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kept = 0  # transactions, and statements outside of one, that may have changed something
        self._bound = False
        self._said: identity.Voice | None = None  # None: not known, so it is said again
        self.execute_wrappers.append(self._before_each)

    def init_connection_state(self):
        self._bound, self._said = False, None
        super().init_connection_state()
        with self.wrap_database_errors:
            self._bound = self.connection.execute(IS_BOUND).fetchone() == (True,)

    def _before_each(self, execute, sql, params, many, context):
        self._say_who()
        if not self.in_atomic_block and not str(sql).lstrip(" (").upper().startswith(READS):
            self.kept += 1
        return execute(sql, params, many, context)

    def _say_who(self) -> None:
        wanted = identity.wanted()
        if not self._bound or wanted is self._said:
            return
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return  # nothing but a rollback can follow, and that needs nobody
        with self.wrap_database_errors:
            self.connection.execute(SAY_WHO, [wanted.who])
        self._said = wanted

    # A rollback takes back what was said since the transaction or the savepoint began.

    def _rollback(self):
        super()._rollback()  # type: ignore[misc]  # unknown to the stubs, as the two below
        self._said = None

    def _savepoint_rollback(self, sid):
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self._said = None

    def _commit(self):
        super()._commit()  # type: ignore[misc]
        self.kept += 1
