"""Who is the patient?"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from cases.models._record import Record, codes
from cases.vocabulary import Sex
from tumorboard.audit.history import tracked


@tracked
class Patient(Record):
    """Reached through a case only: who may see the case may see the patient."""

    authority = models.CharField(
        "issued by",
        max_length=120,
        blank=True,
        help_text="The hospital or service that gave the record number.",
    )
    record_number = models.CharField(max_length=40)
    family_name = models.CharField(max_length=120, blank=True)
    given_name = models.CharField(max_length=120, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.TextField(choices=Sex, default=Sex.UNKNOWN)
    is_invented = models.BooleanField(default=False, help_text="A demonstration person, nobody real.")

    class Meta:
        constraints = [
            codes("patient", "sex", Sex),
            models.CheckConstraint(condition=~Q(record_number=""), name="patient_has_a_record_number"),
            models.UniqueConstraint(
                Lower("authority"), Lower("record_number"), name="one_patient_a_record_number"
            ),
        ]
        indexes = [
            models.Index(Lower("family_name"), "birth_date", name="patient_name_and_birth"),
        ]

    def __str__(self):
        return f"patient {self.pk}"

    @property
    def name(self) -> str:
        """FAMILY, Given; the record number where no name is known."""
        if not self.family_name:
            return self.record_number
        return f"{self.family_name.upper()}, {self.given_name}".rstrip(", ")
