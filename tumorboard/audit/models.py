"""What was done, by whom, and when?"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class AuditEvent(models.Model):
    """One line of the trail. Written by `trail.record` only; the database refuses to change or delete it.

    `details` holds ids and codes: no names, no clinical text. Whoever may read the trail need not be
    someone who may read the case.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now())
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,  # the system itself: a deadline that passed, a sign-in that failed
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    verb = models.TextField()  # no choices: a new verb must not need a migration
    subject_type = models.TextField(blank=True)
    subject_id = models.TextField(blank=True)
    about = models.TextField(blank=True)  # what gathers events on one page: "case:<uuid>"
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["about", "-at", "-id"], name="audit_about_newest_first"),
            models.Index(fields=["actor", "-at"], name="audit_actor_newest_first"),
            models.Index(fields=["-at"], name="audit_newest_first"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(verb=""), name="audit_event_has_a_verb"),
            models.CheckConstraint(
                condition=models.Q(subject_type="", subject_id="")
                | (~models.Q(subject_type="") & ~models.Q(subject_id="")),
                name="audit_subject_type_and_id_together",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}".strip()
