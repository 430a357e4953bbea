"""What has somebody typed and not yet handed in?"""

from django.db import models

from cases.models._record import person


class DraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What somebody is typing is theirs alone."""
        return self.filter(owner=user) if user.is_authenticated else self.none()


class Draft(models.Model):
    """What a person has typed and not yet handed in, as typed: kept on the server, never in the browser."""

    owner = person()
    form = models.TextField()
    key = models.TextField(help_text="What the form is about: an id, or a new one.")
    payload = models.JSONField(default=dict)
    base_version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "form", "key"], name="one_draft_a_person_and_form")
        ]

    def __str__(self):
        return f"{self.form} {self.key}"
