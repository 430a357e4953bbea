"""How do rows keep their past?

One trigger a table writes every change into one append-only table, so that bulk updates and plain SQL are
seen too. Who did it is not asked of the application: a change carries the number of its transaction, and
so does the trail's event that the service wrote in the same one. A change without an event was made
outside the application, and shows as such.
"""

import pgtrigger
from django.db import models

from .changes import Change, changes_of

__all__ = ["Change", "changes_of", "tracked"]


def tracked(model: type[models.Model]) -> type[models.Model]:
    """Keep the past of every row of this model: `@tracked` above the class."""
    key = model._meta.pk.column
    return pgtrigger.register(
        pgtrigger.Trigger(
            name="keeps_its_past",
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func=f"""
                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), '{key}');
                RETURN NULL;
            """,
        )
    )(model)
