"""Who sits on which board, and by which rules does it work?"""

import zoneinfo
from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from cases.domain.board_settings import OF_ITEMS, OF_SCORES, refusals
from cases.domain.public_holidays import refusal
from cases.domain.sending import is_quiet
from cases.models._record import code_list, coded_list, codes, person
from cases.models.hospital import Hospital
from cases.vocabulary import Role, Specialty
from tumorboard.audit.history import tracked

SITTING = (Role.COORDINATOR, Role.CHAIR, Role.MEMBER, Role.OBSERVER)
# Whose presence counts for their discipline: an observer listens.
SPEAKING = (Role.COORDINATOR, Role.CHAIR, Role.MEMBER)


def check_time_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(f"“{name}” is not a time zone. Use a name such as Europe/London.")


def default_reminder_hours() -> list[int]:
    return [72, 24]


def default_specialties() -> list[str]:
    return [Specialty.SURGERY, Specialty.ONCOLOGY, Specialty.RADIOLOGY, Specialty.INTERVENTIONAL]


class TumorBoardQuerySet(models.QuerySet):
    def seated(self, user):
        """Boards on which the user sits now; referring to a board is not sitting on it."""
        return self.filter(memberships__user=user, memberships__ended_at=None, memberships__role__in=SITTING)

    def open_to_referrals_by(self, user):
        return self.filter(
            Q(memberships__role__in=[Role.COORDINATOR, Role.CHAIR, Role.MEMBER, Role.REFERRER]),
            memberships__user=user,
            memberships__ended_at=None,
            is_active=True,
        )


@tracked
class TumorBoard(models.Model):
    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(unique=True)
    prefix = models.CharField(
        "case number prefix",
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{1,6}$", "Use one to six capital letters, such as LT.")],
    )
    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="boards")
    time_zone = models.CharField(max_length=60, default="Europe/London", validators=[check_time_zone])
    quorum_specialties = coded_list(Specialty.choices)
    input_specialties = ArrayField(
        models.TextField(choices=Specialty.choices),
        default=default_specialties,
        help_text="Disciplines asked for their input on every case.",
    )
    cut_off_hours = models.PositiveSmallIntegerField(
        "cut-off (hours before the meeting)", default=48, validators=[MaxValueValidator(336)]
    )
    minutes_per_case = models.PositiveSmallIntegerField(
        default=6, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    reminder_hours = ArrayField(
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(720)]),
        default=default_reminder_hours,
        help_text="Hours before the meeting at which those who owe an input are reminded, such as 72,24.",
    )
    escalate_after_days = models.PositiveSmallIntegerField(
        default=3, help_text="Days after its due date when an open action is taken to the coordinators."
    )
    lists_blocked_cases = models.BooleanField(
        "list cases that lack something",
        default=True,
        help_text="On: with a visible warning. Off: only emergencies may be listed while something blocks.",
    )
    items_not_required = ArrayField(
        models.TextField(),
        default=list,
        blank=True,
        help_text="Items of the readiness rules that this board does not ask for, such as “ras”.",
    )
    imaging_days = models.PositiveSmallIntegerField(
        "imaging counts for (days)", default=42, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    blood_days = models.PositiveSmallIntegerField(
        "laboratory values count for (days)",
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    marker_days = models.PositiveSmallIntegerField(
        "tumour markers count for (days)",
        default=28,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    switched_off = ArrayField(
        models.TextField(),
        default=list,
        blank=True,
        help_text="Scores and rules that this board does not show, by id, such as “icg_r15_makuuchi”.",
    )
    confirmed_locally = ArrayField(
        models.TextField(),
        default=list,
        blank=True,
        help_text="Scores and rules whose open points this hospital has checked against their source, by id.",
    )
    seals_opinions = models.BooleanField(
        "seal opinions",
        default=False,
        help_text="On: nobody sees the others’ preferred options before giving their own, "
        "or before the case is opened in the meeting.",
    )
    ratify_days = models.PositiveSmallIntegerField(
        "days to ratify",
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="Days in which an absent discipline ratifies a provisional decision or objects.",
    )
    audit_sample_percent = models.PositiveSmallIntegerField(
        "standard of care, sampled for audit (%)", default=10, validators=[MaxValueValidator(100)]
    )
    recommendation_days = models.PositiveSmallIntegerField(
        "a recommendation is good for (days)",
        default=90,
        validators=[MinValueValidator(7), MaxValueValidator(730)],
    )
    reminder_days = ArrayField(
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(30)]),
        default=list,
        blank=True,
        help_text="Also so many working days before the meeting, such as 5,1; at the time below.",
    )
    invite_days = models.PositiveSmallIntegerField(
        "ask who comes (working days before)",
        default=10,
        validators=[MaxValueValidator(60)],
        help_text="0: nobody is asked before the agenda is sent.",
    )
    reading_days = models.PositiveSmallIntegerField(
        "reading list (working days before)",
        default=1,
        validators=[MaxValueValidator(30)],
        help_text="When each discipline is sent what it should have read. 0: never.",
    )
    morning_at = models.TimeField(
        "time of planned e-mails",
        default=time(8, 0),
        help_text="Of everything that is sent so many days before, and of the daily summary.",
    )
    quiet_from = models.TimeField("no e-mail from", default=time(20, 0))
    quiet_until = models.TimeField("until", default=time(7, 0))
    holidays = models.CharField(
        "public holidays of",
        max_length=12,
        blank=True,
        help_text="Country and region, such as GB-ENG or DE-BY. Empty: only weekends are free.",
    )
    identifies_patients_on_agenda = models.BooleanField(
        "name patients on the agenda PDF",
        default=False,
        help_text="Off: the PDF carries case numbers only. E-mails never name a patient.",
    )
    second_factor_roles = ArrayField(
        models.TextField(choices=Role.choices),
        default=list,
        blank=True,
        help_text="Who on this board signs in with a second factor: none of these may go on without one.",
    )
    is_active = models.BooleanField(default=True)

    objects = TumorBoardQuerySet.as_manager()

    class Meta:
        verbose_name = "tumour board"
        constraints = [
            code_list("board", "quorum_specialties", Specialty),
            code_list("board", "input_specialties", Specialty),
            code_list("board", "second_factor_roles", Role),
            models.CheckConstraint(
                condition=Q(minutes_per_case__gte=1), name="board_gives_each_case_a_minute"
            ),
            models.CheckConstraint(
                condition=Q(audit_sample_percent__lte=100), name="an_audit_sample_is_at_most_all"
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """What would silently change nothing, such as a name that no rule and no score has, is refused."""
        named = {name: getattr(self, name) or [] for name in (OF_ITEMS, *OF_SCORES)}
        refused = refusals(named)
        if unknown := refusal(self.holidays):
            refused["holidays"] = unknown
        if is_quiet(self.morning_at, quiet_from=self.quiet_from, quiet_until=self.quiet_until):
            refused["morning_at"] = "This lies in the hours without e-mail. Choose a time outside them."
        if refused:
            raise ValidationError(refused)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def scope(self) -> str:
        """The key under which this board's messages are kept."""
        return f"board:{self.pk}"


class MembershipQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ended_at=None, user__is_active=True)

    def with_role(self, *roles):
        return self.filter(role__in=roles)


@tracked
class Membership(models.Model):
    """One person's seat on one board."""

    board = models.ForeignKey(TumorBoard, on_delete=models.PROTECT, related_name="memberships")
    user = person(related_name="memberships")
    role = models.TextField(choices=Role)
    specialty = models.TextField(choices=Specialty, blank=True)
    ended_at = models.DateTimeField("left the board at", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            codes("membership", "role", Role),
            codes("membership", "specialty", Specialty, blank=True),
            models.UniqueConstraint(
                fields=["board", "user"], condition=Q(ended_at=None), name="one_seat_a_person_on_a_board"
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.MEMBER) | ~Q(specialty=""), name="a_member_has_a_specialty"
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display().lower()} of {self.board}"

    def clean(self):
        if self.role == Role.MEMBER and not self.specialty:
            raise ValidationError({"specialty": "Choose the specialty that this member speaks for."})


class CaseCounter(models.Model):
    """The last case number given by a board in a year; its row is the lock."""

    board = models.ForeignKey(TumorBoard, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "year"], name="one_counter_a_board_and_year")]

    def __str__(self):
        return f"{self.board} {self.year}: {self.last}"
