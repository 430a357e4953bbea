"""By which rule does a board meet, on which days is it closed, and who is away when?"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q

from cases.models._record import Record, codes, person, together
from cases.models.board import TumorBoard
from cases.vocabulary import CalendarChoice, HolidayRule, MailChoice
from tumorboard.audit.history import tracked


class DateRange(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


@tracked
class ClosedDay(Record):
    """A day on which the board does not work though the calendar of holidays says nothing of it."""

    board = models.ForeignKey(TumorBoard, on_delete=models.PROTECT, related_name="closed_days")
    day = models.DateField()
    name = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "day"], name="a_day_is_closed_once")]

    def __str__(self):
        return f"{self.board} closed on {self.day:%d-%b-%Y}"


class MeetingSeriesQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(board__in=TumorBoard.objects.seated(user).values("pk"))

    def running(self):
        return self.filter(ended_at=None, board__is_active=True)


@tracked
class MeetingSeries(Record):
    """A rule by which meetings are made ahead of time. What is changed in one meeting stays its own."""

    board = models.ForeignKey(TumorBoard, on_delete=models.PROTECT, related_name="series")
    rule = models.CharField(max_length=300, help_text="RFC 5545, such as FREQ=WEEKLY;BYDAY=TH.")
    first_on = models.DateField("first meeting on")
    last_on = models.DateField("last meeting on", null=True, blank=True)
    starts_at = models.TimeField("begins at", help_text="On the board's own clock, summer and winter.")
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(5), MaxValueValidator(720)])
    place = models.CharField(max_length=200, blank=True)
    on_holidays = models.TextField("on a holiday", choices=HolidayRule, default=HolidayRule.SKIP)
    exceptions = ArrayField(
        models.DateField(), default=list, blank=True, help_text="Days of the rule on which there is none."
    )
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = person(null=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MeetingSeriesQuerySet.as_manager()

    class Meta:
        constraints = [
            codes("series", "on_holidays", HolidayRule),
            together("series", "ended"),
            models.CheckConstraint(condition=~Q(rule=""), name="a_series_has_a_rule"),
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="a_series_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=720), name="a_series_has_minutes"
            ),
        ]

    def __str__(self):
        return f"{self.board}: {self.rule}"

    @property
    def about(self) -> str:
        return f"series:{self.pk}"


class AbsenceQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def on(self, day):
        """Who is away on a day."""
        return self.standing().filter(first_day__lte=day, last_day__gte=day)


@tracked
class Absence(Record):
    """A person is away from the first to the last day, and says who stands in on every board."""

    user = person(related_name="absences")
    first_day = models.DateField("first day away")
    last_day = models.DateField("last day away")
    deputy = person(null=True, related_name="stands_in")
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = person(null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            together("absence", "withdrawn"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="an_absence_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("user")),
                name="nobody_stands_in_for_themselves",
            ),
            ExclusionConstraint(
                name="a_person_is_away_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (
                        DateRange("first_day", "last_day", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(withdrawn_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.user} away {self.first_day:%d-%b-%Y} to {self.last_day:%d-%b-%Y}"

    @property
    def about(self) -> str:
        return f"absence:{self.pk}"


@tracked
class MailSettings(models.Model):
    """How one person wants to be written to. Who never chose has no row, and the usual."""

    user = models.OneToOneField(
        "accounts.User", on_delete=models.PROTECT, primary_key=True, related_name="mail_settings"
    )
    mail = models.TextField("e-mail", choices=MailChoice, default=MailChoice.AT_ONCE)
    calendar = models.TextField(choices=CalendarChoice, default=CalendarChoice.ATTACHED)
    feed_version = models.PositiveIntegerField(
        default=1, editable=False, help_text="Counts on when the secret address of the calendar is renewed."
    )

    class Meta:
        constraints = [
            codes("mail_settings", "mail", MailChoice),
            codes("mail_settings", "calendar", CalendarChoice),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_mail_display().lower()}"
