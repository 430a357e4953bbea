"""When does the board meet, what is on its list, and who was there?"""

from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from cases.models._over import frozen_with_meeting, frozen_with_meeting_of_item, kept, stays_over
from cases.models._record import Record, codes, person, together
from cases.models._rooms import finds_its_room, one_meeting_at_a_time, room_of_the_hospital
from cases.models.board import TumorBoard
from cases.models.calendar import MeetingSeries
from cases.models.case import Case
from cases.vocabulary import ItemStatus, Lane, MeetingStatus, Specialty
from tumorboard.audit.history import tracked

A_DAY_AT_MOST = timedelta(hours=12)  # also where nobody closes the meeting


class TsTzRange(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(board__in=TumorBoard.objects.seated(user).values("pk"))

    def upcoming(self, *, now):
        return self.filter(status=MeetingStatus.PLANNED, ends_at__gt=now)


@tracked
class Meeting(Record):
    board = models.ForeignKey(TumorBoard, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True, help_text="A room, or a link to join.")
    room = room_of_the_hospital()
    status = models.TextField(choices=MeetingStatus, default=MeetingStatus.PLANNED, editable=False)
    check_in_code = models.CharField(
        max_length=8, blank=True, editable=False, help_text="Shown on the wall; who types it is there."
    )
    break_after = models.PositiveSmallIntegerField(
        "break after so many cases", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    break_minutes = models.PositiveSmallIntegerField(default=5, validators=[MaxValueValidator(30)])
    agenda_version = models.PositiveSmallIntegerField(default=0, editable=False)
    agenda_published_at = models.DateTimeField(null=True, editable=False)
    agenda_published_by = person(null=True)
    calendar_sequence = models.PositiveIntegerField(
        default=0, editable=False, help_text="How often the entry in people's calendars was changed."
    )
    invited_at = models.DateTimeField(null=True, editable=False)
    series = models.ForeignKey(
        MeetingSeries, null=True, on_delete=models.PROTECT, related_name="meetings", editable=False
    )
    series_day = models.DateField(
        null=True, editable=False, help_text="The day of the rule, also when the meeting was moved."
    )
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged_from", editable=False
    )
    cancel_reason = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            codes("meeting", "status", MeetingStatus),
            together("meeting", "agenda_published"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(agenda_version=0, agenda_published_at__isnull=True)
                | Q(agenda_version__gte=1, agenda_published_at__isnull=False),
                name="published_agenda_has_a_version",
            ),
            models.CheckConstraint(
                condition=Q(series__isnull=True, series_day__isnull=True)
                | Q(series__isnull=False, series_day__isnull=False),
                name="a_meeting_of_a_series_has_its_day",
            ),
            models.UniqueConstraint(fields=["series", "series_day"], name="a_series_meets_once_a_day"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(status=MeetingStatus.CANCELLED),
                name="a_merged_meeting_is_called_off",
            ),
            ExclusionConstraint(
                name="board_meets_once_at_a_time",
                expressions=[
                    ("board", RangeOperators.EQUAL),
                    (TsTzRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=~Q(status=MeetingStatus.CANCELLED),
            ),
            one_meeting_at_a_time(TsTzRange("starts_at", "ends_at", RangeBoundary())),
        ]
        indexes = [models.Index(fields=["board", "starts_at"], name="meetings_of_a_board")]
        triggers = [finds_its_room(), stays_over()]

    def __str__(self):
        return f"{self.board} {self.starts_at:%d-%b-%Y}"

    @property
    def about(self) -> str:
        return f"meeting:{self.pk}"

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class AgendaItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))

    def standing(self):
        return self.exclude(status=ItemStatus.TAKEN_OFF)


@tracked
class AgendaItem(Record):
    """One case on one list."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agenda_items")
    position = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(60)])
    lane = models.TextField(choices=Lane, default=Lane.DISCUSSION)
    status = models.TextField(choices=ItemStatus, default=ItemStatus.PLANNED, editable=False)
    presentation = models.PositiveSmallIntegerField(default=1, editable=False)
    late_reason = models.TextField(blank=True)
    opened_at = models.DateTimeField(null=True, editable=False)
    opened_by = person(null=True)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = person(null=True)
    discussion = models.TextField(blank=True)
    discussion_version = models.PositiveIntegerField(default=1, editable=False)
    discussion_by = person(null=True)
    stood_before = models.JSONField(
        default=dict,
        editable=False,
        help_text="Which option each discipline preferred when the case was opened.",
    )
    pulled_back_at = models.DateTimeField(null=True, editable=False)
    pulled_back_by = person(null=True)
    pulled_back_reason = models.TextField(blank=True)
    audit_sample = models.BooleanField(
        default=False, editable=False, help_text="Standard of care, drawn at random to be checked."
    )
    defer_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        constraints = [
            codes("agenda_item", "status", ItemStatus),
            codes("agenda_item", "lane", Lane),
            together("agenda_item", "opened"),
            together("agenda_item", "closed"),
            together("agenda_item", "pulled_back"),
            models.CheckConstraint(
                condition=Q(pulled_back_at__isnull=True) | ~Q(pulled_back_reason=""),
                name="who_pulls_a_case_back_says_why",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(status__in=[ItemStatus.PLANNED, ItemStatus.OPEN]),
                name="a_case_is_on_one_list_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(status=ItemStatus.OPEN),
                name="one_case_is_discussed_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["meeting", "position"],
                deferrable=models.Deferrable.DEFERRED,
                name="one_case_a_place_on_the_list",
            ),
            models.CheckConstraint(
                condition=~Q(status=ItemStatus.DEFERRED) | ~Q(defer_reason=""), name="a_deferral_has_a_reason"
            ),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=60), name="an_item_has_minutes"),
        ]
        triggers = [frozen_with_meeting("agenda_item")]

    def __str__(self):
        return f"{self.case} in {self.meeting}"


class AttendanceQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))

    def present(self):
        return self.filter(left_at=None)


@tracked
class Attendance(Record):
    """One stretch of presence: who leaves and comes back has two."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    user = person(related_name="attendances")
    specialty = models.TextField(choices=Specialty, blank=True)
    deputy_for = person(null=True)
    checked_in_by_code = models.BooleanField(default=False, editable=False)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [
            codes("attendance", "specialty", Specialty, blank=True),
            models.UniqueConstraint(
                fields=["meeting", "user"], condition=Q(left_at=None), name="one_presence_a_person_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("joined_at")),
                name="one_leaves_after_joining",
            ),
        ]
        triggers = [kept("attendance_is_kept"), frozen_with_meeting("attendance")]

    def __str__(self):
        return f"{self.user} at {self.meeting}"


class GuestQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(item__in=AgendaItem.objects.visible_to(user).values("pk"))

    def present(self):
        return self.filter(left_at=None)

    def there_now(self, now=None):
        """While the case they came for is before the board, and on that day only."""
        here = {"item__status": ItemStatus.OPEN, "item__meeting__status": MeetingStatus.RUNNING}
        until = GreaterThan(F("joined_at") + A_DAY_AT_MOST, now or timezone.now())
        return self.present().filter(until, **here)


@tracked
class Guest(Record):
    """Somebody from outside who was there for one case only."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="guests")
    name = models.CharField(max_length=120)
    comes_as = models.CharField("comes as", max_length=120, blank=True)
    specialty = models.TextField(choices=Specialty, blank=True)
    account = person(null=True, related_name="guest_for")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    objects = GuestQuerySet.as_manager()

    class Meta:
        constraints = [
            codes("guest", "specialty", Specialty, blank=True),
            models.CheckConstraint(condition=~Q(name=""), name="a_guest_has_a_name"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("joined_at")),
                name="a_guest_leaves_after_joining",
            ),
        ]
        triggers = [kept("guests_are_kept"), frozen_with_meeting_of_item("guest")]

    def __str__(self):
        return f"guest for {self.item_id}"


@tracked
class EarlyLeave(Record):
    """A discipline that cannot stay to the end."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="early_leaves")
    specialty = models.TextField(choices=Specialty)
    leaves_at = models.DateTimeField()

    class Meta:
        constraints = [
            codes("early_leave", "specialty", Specialty),
            models.UniqueConstraint(fields=["meeting", "specialty"], name="a_discipline_leaves_early_once"),
        ]

    def __str__(self):
        return f"{self.specialty} leaves {self.meeting}"
