"""Which hospital answers for a board, and which rules of safety does it set?"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from tumorboard.audit.history import tracked

ACCESSION = "{accession}"


def check_image_link(template: str) -> None:
    if not template.startswith("https://") or template.count(ACCESSION) != 1:
        raise ValidationError(f"Begin with https:// and put {ACCESSION} once, for the accession number.")


def image_link(label: str) -> models.CharField:
    return models.CharField(
        label,
        max_length=300,
        blank=True,
        validators=[check_image_link],
        help_text=f"Such as https://pacs.example/study?acc={ACCESSION}. Empty: no link is shown.",
    )


class HospitalQuerySet(models.QuerySet):
    def overseen_by(self, user):
        """Those whose trail the person reads: as privacy officer, or as an administrator who sits there."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        theirs = Q(privacy_officers=user)
        if user.is_superuser:
            seats = user.memberships.filter(ended_at=None)
            theirs |= Q(boards__in=seats.values("board"))
        return self.filter(theirs).distinct()


@tracked
class Hospital(models.Model):
    """Several may share one installation; a case is seen across them only through its board."""

    name = models.CharField(max_length=120, unique=True)
    privacy_officers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="privacy_of",
        help_text="Told of emergency access and of unusual access; they may read the trail of this hospital.",
    )
    idle_minutes = models.PositiveSmallIntegerField(
        "sign out after minutes without work",
        default=15,
        validators=[MinValueValidator(2), MaxValueValidator(120)],
    )
    session_hours = models.PositiveSmallIntegerField(
        "sign out after hours in any case",
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
    )
    room_idle_minutes = models.PositiveSmallIntegerField(
        "lock the screen of a meeting room after minutes",
        default=60,
        validators=[MinValueValidator(5), MaxValueValidator(480)],
    )
    rooms = ArrayField(
        models.CharField(max_length=200),
        default=list,
        db_default=[],
        blank=True,
        help_text="In which one board meets at a time, as they are written as the place of a meeting; "
        "between commas.",
    )
    viewer_link = image_link("image viewer")
    pacs_link = image_link("picture archive (PACS)")
    accession_pattern = models.CharField(
        max_length=120,
        default=r"[A-Za-z0-9._-]{1,32}",
        help_text="What an accession number looks like here, as a regular expression.",
    )

    objects = HospitalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_hospital_has_a_name"),
            models.CheckConstraint(
                condition=Q(idle_minutes__range=(2, 120), session_hours__range=(1, 24)),
                name="sessions_of_a_hospital_end",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def scope(self) -> str:
        """The key under which what concerns the whole hospital is kept."""
        return f"hospital:{self.pk}"
