"""Who comes to a meeting, as far as people have said, and whom must one still find?

Five queries, however many meetings and people.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects

from cases.domain import quorum_rules
from cases.domain.coming import State, Word, state_of, word_of
from cases.domain.quorum_rules import Need
from cases.models import Absence, AgendaItem, Meeting, MeetingReply, Membership
from cases.models.board import SITTING, SPEAKING
from cases.queries.room import needs_of
from cases.vocabulary import MeetingStatus, Reply, Specialty

SIGNS = {State.SURE: "done", State.UNCERTAIN: "ask", State.MISSING: "block"}
WORDS = {State.SURE: "Sure", State.UNCERTAIN: "Uncertain", State.MISSING: "Missing"}


@dataclass(frozen=True)
class Member:
    """One person who sits on the board, and what is known of them for this meeting."""

    user: Any
    specialty: str
    speaks: bool
    word: Word
    deputy: Any = None

    @property
    def words(self) -> str:
        """ "A. Lowe is away (B. Hope stands in)"."""
        name = self.user.display_name
        if self.word == Word.DEPUTY:
            return f"{self.deputy.display_name} for {name}"
        if self.word in {Word.COMES, Word.SILENT}:
            return name
        stands_in = f" ({self.deputy.display_name} stands in)" if self.deputy else ""
        return f"{name} {self.word}{stands_in}"


@dataclass(frozen=True)
class Seat:
    """One discipline that the meeting needs."""

    need: Need
    members: tuple[Member, ...]

    @property
    def specialty(self) -> Specialty:
        return self.need.specialty

    @property
    def state(self) -> State:
        return state_of(one.word for one in self.members)

    @property
    def sign(self) -> str:
        return SIGNS[self.state]

    @property
    def said(self) -> str:
        return WORDS[self.state]

    @property
    def coming(self) -> list[Member]:
        return [one for one in self.members if one.word in {Word.COMES, Word.DEPUTY}]

    @property
    def silent(self) -> list[Member]:
        return [one for one in self.members if one.word == Word.SILENT]

    @property
    def not_coming(self) -> list[Member]:
        return [one for one in self.members if one not in self.coming and one not in self.silent]


@dataclass(frozen=True)
class Forecast:
    seats: tuple[Seat, ...]
    members: tuple[Member, ...]
    is_asked: bool = True  # so long before that nobody was asked yet, silence says nothing

    def _in(self, state: State) -> list[Seat]:
        return [seat for seat in self.seats if seat.state == state]

    @property
    def sure(self) -> list[Seat]:
        return self._in(State.SURE)

    @property
    def uncertain(self) -> list[Seat]:
        return self._in(State.UNCERTAIN)

    @property
    def missing(self) -> list[Seat]:
        return self._in(State.MISSING)

    @property
    def uncovered(self) -> list[Specialty]:
        """Disciplines for which nobody sits on the board at all."""
        return [seat.specialty for seat in self.seats if not seat.members]

    @property
    def state(self) -> State:
        if self.missing:
            return State.MISSING
        return State.UNCERTAIN if self.uncertain else State.SURE

    @property
    def sign(self) -> str:
        is_silence = self.state == State.UNCERTAIN and not self.is_asked
        return "none" if is_silence else SIGNS[self.state]

    @property
    def words(self) -> str:
        """Of the whole meeting, in one line."""
        if self.state == State.UNCERTAIN and not self.is_asked:
            return "Not asked yet"
        if self.state == State.SURE:
            return "Quorum sure" if self.seats else "No quorum asked"
        parts = [
            f"{WORDS[state]}: {', '.join(seat.specialty.short for seat in self._in(state))}"
            for state in (State.MISSING, State.UNCERTAIN)
            if self._in(state) and (self.is_asked or state == State.MISSING)
        ]
        return "; ".join(parts)

    @property
    def counts(self) -> str:
        """ "3 come, 1 does not, nothing heard from 4"."""
        some = {
            what: sum(one.word in words for one in self.members)
            for what, words in {
                "come": {Word.COMES, Word.DEPUTY, Word.FOR_ANOTHER},
                "not": {Word.CANNOT, Word.AWAY},
                "silent": {Word.SILENT},
            }.items()
        }
        if not self.is_asked and not some["come"] + some["not"]:
            return ""
        return (
            f"{some['come']} come{'s' if some['come'] == 1 else ''},"
            f" {some['not']} {'does' if some['not'] == 1 else 'do'} not,"
            f" nothing heard from {some['silent']}"
        )


def forecast_of(meetings: Iterable[Meeting]) -> dict[Any, Forecast]:
    """For those that are still to come; the others have had their attendance."""
    coming = [meeting for meeting in meetings if meeting.status == MeetingStatus.PLANNED]
    if not coming:
        return {}
    seats = _seats(coming)
    replies = _replies(coming)
    absences = _absences(coming, seats)
    needs = _needs(coming)
    return {
        meeting.pk: _forecast(
            needs[meeting.pk],
            seats.get(meeting.board_id, []),
            replies.get(meeting.pk, {}),
            {one.user_id: one for one in absences if one.first_day <= _day(meeting) <= one.last_day},
            is_asked=bool(meeting.invited_at or meeting.agenda_version or replies.get(meeting.pk)),
        )
        for meeting in coming
    }


def _forecast(
    needs: Sequence[Need],
    seats: Sequence[Membership],
    replies: dict[int, MeetingReply],
    away: dict[int, Absence],
    *,
    is_asked: bool,
) -> Forecast:
    named = _named_deputies(seats, replies, away)
    members = tuple(_member(seat, replies, away, named) for seat in seats)
    return Forecast(
        tuple(
            Seat(need, tuple(one for one in members if one.speaks and one.specialty == need.specialty))
            for need in needs
        ),
        members,
        is_asked,
    )


def _named_deputies(seats, replies, away) -> dict[int, set[str]]:
    """For which disciplines somebody comes in another's place: in the room they then speak for that one."""
    specialty = {seat.user_id: seat.specialty for seat in seats if seat.role in SPEAKING}
    found: dict[int, set[str]] = {}
    for user, reply in replies.items():
        if reply.reply == Reply.DEPUTY and user in specialty and _comes(reply.deputy_id, replies, away):
            found.setdefault(reply.deputy_id, set()).add(specialty[user])
    return found


def _comes(user: int | None, replies: dict[int, MeetingReply], away: dict[int, Absence]) -> bool:
    """Whether a deputy has not dropped out themselves since."""
    theirs = replies.get(user) if user else None
    return theirs.reply == Reply.COMING if theirs else user not in away


def _member(seat: Membership, replies, away, named: dict[int, set[str]]) -> Member:
    reply, absence = replies.get(seat.user_id), away.get(seat.user_id)
    speaks_for = named.get(seat.user_id, set())
    word = word_of(
        reply=reply.reply if reply else "",
        is_away=absence is not None,
        deputy_comes=_comes(reply.deputy_id, replies, away) if reply else True,
        speaks_for_another=bool(speaks_for) and seat.specialty not in speaks_for,
    )
    deputy = reply.deputy if word == Word.DEPUTY and reply else None
    if word in {Word.AWAY, Word.CANNOT} and absence:
        deputy = absence.deputy
    return Member(seat.user, seat.specialty, seat.role in SPEAKING, word, deputy)


# -- what it is read from ---------------------------------------------------------------------------------


def _seats(meetings: Sequence[Meeting]) -> dict[Any, list[Membership]]:
    seats = Membership.objects.current().with_role(*SITTING).select_related("user")
    found: dict[Any, list[Membership]] = {}
    for seat in seats.filter(board__in={one.board_id for one in meetings}).order_by(
        "user__family_name", "user__given_name", "pk"
    ):
        found.setdefault(seat.board_id, []).append(seat)
    return found


def _replies(meetings: Sequence[Meeting]) -> dict[Any, dict[int, MeetingReply]]:
    found: dict[Any, dict[int, MeetingReply]] = {}
    for reply in MeetingReply.objects.filter(meeting__in=meetings).select_related("deputy"):
        found.setdefault(reply.meeting_id, {})[reply.user_id] = reply
    return found


def _absences(meetings: Sequence[Meeting], seats: dict[Any, list[Membership]]) -> list[Absence]:
    days = [_day(meeting) for meeting in meetings]
    people = {seat.user_id for some in seats.values() for seat in some}
    away = Absence.objects.standing().filter(
        user__in=people, first_day__lte=max(days), last_day__gte=min(days)
    )
    return list(away.select_related("deputy"))


def _needs(meetings: Sequence[Meeting]) -> dict[Any, tuple[Need, ...]]:
    """What the board always needs, and what each case of the list asks for; every discipline once."""
    prefetch_related_objects([meeting.board for meeting in meetings], "quorum_rules")
    by_key = {meeting.pk: meeting for meeting in meetings}
    found: dict[Any, dict[Specialty, Need]] = {
        meeting.pk: {
            need.specialty: need for need in quorum_rules.needs(always=meeting.board.quorum_specialties)
        }
        for meeting in meetings
    }
    items = AgendaItem.objects.filter(meeting__in=meetings).standing()
    for item in items.select_related("case__diagnosis").order_by("position"):
        item.meeting = by_key[item.meeting_id]
        for need in needs_of(item):
            found[item.meeting_id].setdefault(need.specialty, need)
    return {key: tuple(needs.values()) for key, needs in found.items()}


def _day(meeting: Meeting) -> date:
    return meeting.starts_at.astimezone(meeting.board.zone).date()
