"""What is owed to whom, and what has become of it?"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q
from django.db.models.functions import Now

from .states import NEEDS_A_PERSON, Policy, State

# Surely not handed over, and yet an address is kept: it is the one that the relay will never take mail for.
ADDRESS_REFUSED = Q(state__in=[State.DEAD, State.CLOSED], handover_at=None) & ~Q(to_address="")


class Attachment(models.Model):
    """Bytes, kept once however many messages carry them."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()

    def __str__(self):
        return self.sha256[:12]


class MessageQuerySet(models.QuerySet["Message"]):
    def for_scope(self, scopes):
        """The messages that a page about these scopes lists, such as all of one board."""
        return self.filter(scope__in=scopes)

    def overdue(self, now):
        """Waiting, and their time has come, whether to leave or to be gathered."""
        return self.filter(state=State.QUEUED, next_try_at__lte=now)

    def due(self, now):
        """Their time to leave has come."""
        return self.overdue(now).filter(gather=False)

    def to_gather(self, now):
        """Their time has come to be put into one message with others."""
        return self.overdue(now).filter(gather=True)

    def abandoned(self, now):
        """Claimed by a worker whose lease has run out."""
        return self.filter(state=State.SENDING, lease_until__lte=now)

    def needing_a_person(self):
        return self.filter(state__in=NEEDS_A_PERSON)

    def refused_addresses(self):
        """The ids of the people whose address was refused for good and has not been changed since.

        Until a later message has reached them.
        """
        refused = self.filter(ADDRESS_REFUSED, to_address=F("recipient__email"))
        reached = Message.objects.filter(recipient=OuterRef("recipient"), state=State.SENT)
        since = reached.filter(sent_at__gt=OuterRef("created_at"))
        return refused.filter(~Exists(since)).order_by().values_list("recipient", flat=True).distinct()

    def counts(self) -> dict[str, int]:
        """How many are in each state, zeros included."""
        found = dict(self.order_by().values_list("state").annotate(n=Count("pk")))
        return {state.value: found.get(state.value, 0) for state in State}

    def oldest_due(self, now):
        """Since when something has been waiting that should have gone; None when nothing has."""
        waiting = self.overdue(now).aggregate(at=Min("next_try_at"))["at"]
        dropped = self.abandoned(now).aggregate(at=Min("lease_until"))["at"]
        refused = self.not_taken().aggregate(at=Min("not_before"))["at"]
        return min((at for at in (waiting, dropped, refused) if at), default=None)

    def not_taken(self):
        """Tried in vain, whenever they are tried again, and nothing that came after them was taken either.

        So a relay that answers and refuses everything is noticed, and one full mailbox, which may wait for
        days, does not hide that.
        """
        tried = self.filter(state=State.QUEUED, attempts__gt=0)
        if not tried.exists():
            return tried
        last = Message.objects.filter(state=State.SENT).aggregate(at=Max("sent_at"))["at"]
        return tried.filter(not_before__gt=last) if last else tried


class Message(models.Model):
    """One e-mail to one person. The words are final when the row is written: nothing is rendered later."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    # What makes it this message and no other.
    kind = models.TextField(help_text="Such as agenda or reminder.")
    about = models.TextField(help_text="What it tells of, such as meeting:17.")
    version = models.PositiveIntegerField(default=1, help_text="Of what it tells: a moved meeting counts on.")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    resend_no = models.PositiveIntegerField(default=0, help_text="Counts when a person sends it again.")
    message_id = models.TextField(unique=True, help_text="The same on every try, so that doubles are known.")

    scope = models.TextField(blank=True, help_text="Where it is listed, such as board:3.")
    policy = models.TextField(choices=Policy, default=Policy.RESEND)
    title = models.TextField()
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    resent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    gather = models.BooleanField(default=False, help_text="Waits to leave in one message with others.")
    gathered_in = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="parts"
    )

    # How far it has come.
    state = models.TextField(choices=State, default=State.QUEUED)
    next_try_at = models.DateTimeField()
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    handover_at = models.DateTimeField(null=True, help_text="From here on it may have reached the relay.")
    ambiguous = models.BooleanField(default=False, help_text="At least once the relay's answer was lost.")
    attempts = models.PositiveIntegerField(default=0)
    crashes = models.PositiveIntegerField(default=0, help_text="Workers that ended while they held it.")
    to_address = models.TextField(blank=True, help_text="At hand-over, or refused for good.")
    sent_at = models.DateTimeField(null=True)
    proof = models.TextField(blank=True, help_text="The relay's own words when it took the message.")
    last_error = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True, help_text="Why it was withdrawn or closed.")
    purged_at = models.DateTimeField(null=True, help_text="When its words were removed; the rest stays.")

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about", "version", "recipient", "resend_no"], name="message_owed_once"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="message_state_known"),
            models.CheckConstraint(condition=Q(policy__in=Policy.values), name="message_policy_known"),
            models.CheckConstraint(
                condition=Q(state=State.SENDING, lease_token__isnull=False, lease_until__isnull=False)
                | (~Q(state=State.SENDING) & Q(lease_token__isnull=True, lease_until__isnull=True)),
                name="message_leased_exactly_while_sending",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False, handover_at__isnull=False)
                & ~Q(to_address="")
                | (~Q(state=State.SENT) & Q(sent_at__isnull=True)),
                name="message_sent_has_time_and_address",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.HELD) | Q(ambiguous=True, policy=Policy.HOLD),
                name="message_held_only_when_ambiguous",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DEAD) | ~Q(last_error=""), name="message_dead_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CANCELLED) | ~Q(reason=""), name="message_cancelled_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.EXPIRED) | Q(expires_at__isnull=False),
                name="message_expired_had_a_limit",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, closed_at__isnull=False, closed_by__isnull=False)
                & ~Q(reason="")
                | (~Q(state=State.CLOSED) & Q(closed_at__isnull=True, closed_by__isnull=True)),
                name="message_closed_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(next_try_at__gte=F("not_before")), name="message_never_before_its_time"
            ),
            models.CheckConstraint(
                condition=Q(state=State.GATHERED, gathered_in__isnull=False)
                | (~Q(state=State.GATHERED) & Q(gathered_in__isnull=True)),
                name="message_gathered_names_its_summary",
            ),
            models.CheckConstraint(
                condition=Q(gather=False) | (~Q(state=State.SENDING) & Q(policy=Policy.RESEND)),
                name="message_to_gather_does_not_leave_alone",
            ),
        ]
        indexes = [
            # Small however many million are done: only what still has to move is in them.
            models.Index(
                fields=["next_try_at", "id"], condition=Q(state=State.QUEUED), name="message_queued"
            ),
            models.Index(
                fields=["next_try_at"], condition=Q(state=State.QUEUED, gather=True), name="message_gathering"
            ),
            models.Index(fields=["lease_until"], condition=Q(state=State.SENDING), name="message_sending"),
            models.Index(
                fields=["expires_at"],
                condition=Q(state=State.QUEUED, expires_at__isnull=False),
                name="message_expiring",
            ),
            models.Index(fields=["recipient"], condition=ADDRESS_REFUSED, name="message_address_refused"),
            models.Index(fields=["about"], name="message_about"),
            models.Index(fields=["scope", "-created_at"], name="message_scope"),
            models.Index(fields=["created_at"], condition=Q(purged_at=None), name="message_unpurged"),
        ]

    def __str__(self):
        return f"{self.kind} about {self.about}"


class Enclosure(models.Model):
    """An attachment in a message, under the name it has there."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="enclosures")
    position = models.PositiveSmallIntegerField()
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    name = models.TextField()
    mime = models.TextField(help_text="With parameters, such as text/calendar; method=REQUEST.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "position"], name="enclosure_once_per_position")
        ]

    def __str__(self):
        return self.name


class JobRunQuerySet(models.QuerySet["JobRun"]):
    def take(self, *, job: str, slot: str) -> bool:
        """True for exactly one caller per job and slot, however many ask at once.

        In the transaction that does the work: rolled back, the slot is free again.
        """
        return self.get_or_create(job=job, slot=slot)[1]


class JobRun(models.Model):
    """A periodic job was done for a slot of time, such as a day."""

    job = models.TextField()
    slot = models.TextField()
    at = models.DateTimeField(db_default=Now(), editable=False)

    objects = JobRunQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "slot"], name="job_once_per_slot")]

    def __str__(self):
        return f"{self.job} for {self.slot}"
