"""What was said while somebody was chased for what they owe?"""

import pgtrigger
from django.db import models
from django.db.models import Q

from cases.models._record import Record, person
from cases.models.specialist_input import SpecialistInput
from tumorboard.audit.history import tracked


class ChaseNoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(input__in=SpecialistInput.objects.visible_to(user).values("pk"))


@tracked
class ChaseNote(Record):
    """By telephone, in the corridor: what came of it, so that nobody asks twice. Never rewritten."""

    input = models.ForeignKey(SpecialistInput, on_delete=models.PROTECT, related_name="chase_notes")
    note = models.CharField(max_length=300)
    asked = person(null=True)

    objects = ChaseNoteQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="a_chase_note_says_something")]
        triggers = [
            pgtrigger.Protect(
                name="chase_notes_are_never_rewritten", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return f"note on {self.input_id}"
