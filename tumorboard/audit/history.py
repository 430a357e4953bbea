"""How do a model's rows keep their past?"""

import pghistory
from django.db import models


def tracked(model: type[models.Model]) -> type[models.Model]:
    """Keep every state of every row of this model: `@tracked` above the class.

    Database triggers write the history, so bulk updates and plain SQL are seen too. Each row of it
    knows the request it came from (pgh_context), and cannot be changed or deleted.
    """
    name = model.__name__.lower()
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        # Nothing may refuse to delete, or cascade, because a past exists: hence no constraint on pgh_obj.
        obj_field=pghistory.ObjForeignKey(related_name="past", db_index=False),
        context_field=pghistory.ContextForeignKey(db_index=False),  # read by primary key only
        attrs={"pgh_id": models.BigAutoField(primary_key=True)},
        append_only=True,
        meta={"indexes": [models.Index(fields=["pgh_obj", "pgh_created_at"], name=f"{name}_past"[:30])]},
    )(model)
