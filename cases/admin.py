"""What do administrators look after? Boards and seats; nothing clinical is edited here."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from cases.domain.board_settings import OF_ITEMS, known_in
from cases.domain.public_holidays import EXAMPLES
from cases.models import ClosedDay, Hospital, Membership, QuorumRule, TumorBoard
from cases.queries.meetings import on_closed_days
from cases.services.meeting import rooms
from cases.services.specialist_input.reminded import at_other_hours
from cases.vocabulary import Specialty
from tumorboard.audit import trail

HOURS = {"reminder_hours", "reminder_days"}


class Audited:
    """What an administrator changes is in the trail, with the fields that changed."""

    def log_addition(self, request, obj, message):
        trail.record(actor=request.user, verb="admin.added", subject=obj, about=self.about(obj))
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        trail.record(actor=request.user, verb="admin.changed", subject=obj, about=self.about(obj))
        return super().log_change(request, obj, message)

    def about(self, obj) -> str:
        return getattr(obj, "scope", "") or obj.board.scope

    def has_delete_permission(self, request, obj=None):
        return False  # boards and seats are ended, so that what they did stays explained


class BoardForm(forms.ModelForm):
    quorum_specialties = forms.MultipleChoiceField(
        choices=Specialty, widget=forms.CheckboxSelectMultiple, required=False
    )
    input_specialties = forms.MultipleChoiceField(choices=Specialty, widget=forms.CheckboxSelectMultiple)

    def clean_reminder_days(self):
        return sorted(set(self.cleaned_data["reminder_days"] or []), reverse=True)

    def clean_reminder_hours(self):
        hours = sorted(set(self.cleaned_data["reminder_hours"] or []), reverse=True)
        if not hours:
            raise forms.ValidationError("Give at least one moment, such as 72,24.")
        return hours


class QuorumRuleForm(forms.ModelForm):
    specialties = forms.MultipleChoiceField(
        choices=Specialty,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="None ticked: nobody besides those whom the board always needs.",
    )


class QuorumRuleInline(admin.TabularInline):
    """What a board asks for instead of what is usual for a question, a disease, or both together."""

    model = QuorumRule
    form = QuorumRuleForm
    extra = 0
    fields = ["topic", "disease", "specialties"]
    verbose_name = "rule of who must be there"
    verbose_name_plural = "who must be there, for a question or a disease (in place of what is usual)"


class ClosedDayInline(admin.TabularInline):
    """Besides weekends and public holidays, such as a hospital's own day."""

    model = ClosedDay
    extra = 0
    fields = ["day", "name"]
    ordering = ["day"]
    verbose_name = "closed day"
    verbose_name_plural = "closed days (besides weekends and public holidays)"


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 1
    autocomplete_fields = ["user"]
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user")


@admin.register(TumorBoard)
class TumorBoardAdmin(Audited, admin.ModelAdmin):
    form = BoardForm
    list_display = [
        "name",
        "prefix",
        "hospital",
        "time_zone",
        "seats",
        "cut_off_hours",
        "minutes_per_case",
        "is_active",
    ]
    list_filter = ["is_active", "time_zone"]
    search_fields = ["name", "slug", "prefix", "hospital__name"]
    list_select_related = ["hospital"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [MembershipInline, QuorumRuleInline, ClosedDayInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "prefix", "hospital", "time_zone", "is_active"]}),
        (
            "Sign-in",
            {
                "fields": ["second_factor_roles"],
                "description": "These roles sign in with a second factor: a code from a phone, or a passkey.",
            },
        ),
        ("Disciplines", {"fields": ["quorum_specialties", "input_specialties"]}),
        ("Times", {"fields": ["cut_off_hours", "minutes_per_case", "escalate_after_days"]}),
        (
            "E-mail and calendar",
            {
                "fields": [
                    "holidays",
                    ("quiet_from", "quiet_until"),
                    "morning_at",
                    "invite_days",
                    "reminder_days",
                    "reminder_hours",
                    "reading_days",
                ],
                "description": "Times are those of the board’s own clock, summer and winter. Weekends, "
                "public holidays and closed days (below) are no working days: what would fall on one is sent "
                "on the working day before it, a daily summary on the next. Nothing is sent in the hours "
                f"without e-mail, but for what cannot wait. Public holidays of: {EXAMPLES}.",
            },
        ),
        ("Agenda", {"fields": ["identifies_patients_on_agenda"]}),
        (
            "Meeting and decision",
            {
                "fields": [
                    "seals_opinions",
                    "ratify_days",
                    "audit_sample_percent",
                    "recommendation_days",
                ],
                "description": "Days to ratify are working days: see “E-mail and calendar”.",
            },
        ),
        (
            "Readiness",
            {
                "fields": [
                    "lists_blocked_cases",
                    "items_not_required",
                    "imaging_days",
                    "blood_days",
                    "marker_days",
                ],
                "description": "Which items each primary site needs is fixed; a board may ask for less. "
                "What is older than these days, on the day of the meeting, is shown as stale and never "
                f"blocks. Items, separated by commas: {', '.join(known_in(OF_ITEMS))}.",
            },
        ),
        (
            "Scores and rules",
            {
                "fields": ["switched_off", "confirmed_locally"],
                "description": "By id, separated by commas. Each with its source is listed on the page of "
                f"scores: {', '.join(known_in('switched_off'))}.",
            },
        ),
    ]

    def get_queryset(self, request):
        current = Count("memberships", filter=Q(memberships__ended_at=None))
        return super().get_queryset(request).annotate(seats_now=current)

    @admin.display(description="seats", ordering="seats_now")
    def seats(self, board):
        return board.seats_now

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if change and HOURS.intersection(form.changed_data):
            at_other_hours(form.instance, now=timezone.now())

    def save_formset(self, request, form, formset, change):
        if formset.model is ClosedDay:
            for one in formset.extra_forms:
                one.instance.created_by = request.user
        super().save_formset(request, form, formset, change)
        for row in [*formset.new_objects, *(row for row, _ in formset.changed_objects)]:
            self._told(request, row, "changed", about=form.instance.scope)
        for row in formset.deleted_objects:
            self._told(request, row, "removed", about=form.instance.scope)
        if formset.model is ClosedDay:
            days = [*formset.new_objects, *(row for row, _ in formset.changed_objects)]
            _warn_of_meetings(request, form.instance, [one.day for one in days])

    def _told(self, request, row: Membership | QuorumRule | ClosedDay, what: str, *, about: str) -> None:
        name, said = _in_trail(row)
        trail.record(actor=request.user, verb=f"{name}.{what}", subject=row, about=about, **said)


def _warn_of_meetings(request, board: TumorBoard, days: list[date]) -> None:
    """Nothing moves them by itself: the board may want to meet all the same."""
    found = on_closed_days(board, days, now=timezone.now()) if days else []
    if found:
        days_of = {one.pk: one.starts_at.astimezone(board.zone) for one in found}
        lines = [(reverse("cases:meeting", args=[pk]), f"{at:%d-%b-%Y, %H:%M}") for pk, at in days_of.items()]
        links = format_html_join(", ", '<a href="{}">{}</a>', lines)
        words = "Meetings are planned on a day that is closed now. Move or call off what cannot be held: {}."
        messages.warning(request, format_html(words, links))


def _in_trail(row: Membership | QuorumRule | ClosedDay) -> tuple[str, dict[str, Any]]:
    if isinstance(row, Membership):
        return "seat", {"role": row.role}
    if isinstance(row, ClosedDay):
        return "closed_day", {"day": row.day.isoformat()}
    return "quorum", {"topic": row.topic, "disease": row.disease, "specialties": list(row.specialties)}


class HospitalForm(forms.ModelForm):
    def clean_rooms(self):
        """Each once, whatever letters; and no two boards are to meet in one already."""
        once = {name.strip().lower(): name.strip() for name in reversed(self.cleaned_data["rooms"] or [])}
        names = [name for name in reversed(once.values()) if name]
        is_changed = self.instance.pk and "rooms" in self.changed_data  # a new hospital has no meetings yet
        if is_changed and (found := list(rooms.overlapping(self.instance, names))):
            raise forms.ValidationError(["Move one of them first. Two boards are to meet in", *found])
        return names


@admin.register(Hospital)
class HospitalAdmin(Audited, admin.ModelAdmin):
    form = HospitalForm
    list_display = ["name", "idle_minutes", "session_hours", "room_idle_minutes"]
    search_fields = ["name"]
    filter_horizontal = ["privacy_officers"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "rooms" in form.changed_data:
            rooms.look_again(obj)


@admin.register(Membership)
class MembershipAdmin(Audited, admin.ModelAdmin):
    list_display = ["user", "board", "role", "specialty", "is_current"]
    list_filter = ["board", "role", "specialty", ("ended_at", admin.EmptyFieldListFilter)]
    search_fields = ["user__email", "user__family_name", "user__given_name", "board__name"]
    autocomplete_fields = ["user", "board"]
    list_select_related = ["user", "board"]
    actions = ["end_seats"]

    @admin.display(boolean=True, description="sits now")
    def is_current(self, seat):
        return seat.ended_at is None

    @admin.action(description="End the chosen seats now")
    def end_seats(self, request, seats):
        for seat in seats.filter(ended_at=None):
            seat.ended_at = timezone.now()
            seat.save(update_fields=["ended_at"])
            trail.record(actor=request.user, verb="seat.ended", subject=seat, about=seat.board.scope)
