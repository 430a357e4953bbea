"""Who comes to a meeting, as far as people have said, and whom must one still find?

Five queries, however many meetings and people; and only whoever was heard of is looked at one by one, since
most of the seats of a large board are silent.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cases.domain.coming import State, Word, state_of, word_of
from cases.domain.quorum_rules import Need
from cases.models import Absence, Meeting
from cases.queries.forecast_read import Said, absences_on, day, needs_on, replies
from cases.queries.sitting import Sitting, person, seats_of
from cases.vocabulary import MeetingStatus, Reply, Specialty

SIGNS = {State.SURE: "done", State.UNCERTAIN: "ask", State.MISSING: "block"}
WORDS = {State.SURE: "Sure", State.UNCERTAIN: "Uncertain", State.MISSING: "Missing"}
COME = {Word.COMES, Word.DEPUTY, Word.FOR_ANOTHER}
DO_NOT = {Word.CANNOT, Word.AWAY}
NAMED = 40  # people of one discipline who are all named; of more, the first eight and a number
OF_MORE = 8


@dataclass(frozen=True)
class Member:
    """One person who sits on the board, and what is known of them for this meeting."""

    seat: Sitting
    word: Word
    deputy: Any = None

    @property
    def words(self) -> str:
        """ "A. Lowe is away (B. Hope stands in)"."""
        name = self.seat.user.display_name
        if self.word == Word.DEPUTY:
            return f"{self.deputy.display_name} for {name}"
        if self.word in {Word.COMES, Word.SILENT}:
            return name
        stands_in = f" ({self.deputy.display_name} stands in)" if self.deputy else ""
        return f"{name} {self.word}{stands_in}"

    @property
    def said(self) -> str:
        """ "somebody comes for them (B. Hope)": in a column of its own, beside the name."""
        return f"{self.word} ({self.deputy.display_name})" if self.deputy else str(self.word)


@dataclass(frozen=True)
class Seat:
    """One discipline that the meeting needs."""

    need: Need
    members: Sequence[Sitting]  # who speak for it
    heard: Mapping[Sitting, Member]  # what is known, of whomever something is known

    @property
    def specialty(self) -> Specialty:
        return self.need.specialty

    @cached_property
    def _said(self) -> list[Member]:
        return [one for seat, one in self.heard.items() if seat.speaks and seat.specialty == self.specialty]

    @cached_property
    def state(self) -> State:
        silent = [Word.SILENT] if len(self.members) > len(self._said) else []
        return state_of([*(one.word for one in self._said), *silent])

    @property
    def sign(self) -> str:
        return SIGNS[self.state]

    @property
    def said(self) -> str:
        return WORDS[self.state]

    @cached_property
    def coming(self) -> list[Member]:
        return [one for one in self._said if one.word in {Word.COMES, Word.DEPUTY}]

    @cached_property
    def silent(self) -> list[Member]:
        return [Member(seat, Word.SILENT) for seat in self.members if seat not in self.heard]

    @cached_property
    def not_coming(self) -> list[Member]:
        return [one for one in self._said if one.word not in {Word.COMES, Word.DEPUTY}]

    @property
    def coming_words(self) -> str:
        return in_words(self.coming)

    @property
    def silent_words(self) -> str:
        return in_words(self.silent)

    @property
    def not_coming_words(self) -> str:
        return in_words(self.not_coming)


def in_words(some: Sequence[Member]) -> str:
    """ "A. Lowe, B. Hope"; of very many the first and how many more."""
    if len(some) <= NAMED:
        return ", ".join(one.words for one in some)
    first = ", ".join(one.words for one in some[:OF_MORE])
    return f"{first} and {len(some) - OF_MORE} more"


@dataclass(frozen=True)
class Forecast:
    seats: tuple[Seat, ...]
    everyone: Sequence[Sitting]
    heard: Mapping[Sitting, Member]  # who is not in it is silent
    is_asked: bool = True  # so long before that nobody was asked yet, silence says nothing

    @property
    def members(self) -> list[Member]:
        return [self.heard.get(seat) or Member(seat, Word.SILENT) for seat in self.everyone]

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
            "come": sum(one.word in COME for one in self.heard.values()),
            "not": sum(one.word in DO_NOT for one in self.heard.values()),
            "silent": len(self.everyone) - len(self.heard),
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
    seats = seats_of(meeting.board_id for meeting in coming)
    by_person = {board: {seat.user_id: seat for seat in some} for board, some in seats.items()}
    speaking = {board: _by_specialty(some) for board, some in seats.items()}
    said, absences, needs = replies(coming), absences_on(coming), needs_on(coming)
    found = {}
    for meeting in coming:
        answers = said.get(meeting.pk, {})
        away = {one.user_id: one for one in absences if one.first_day <= day(meeting) <= one.last_day}
        heard = _heard(by_person.get(meeting.board_id, {}), answers, away)
        of_board = speaking.get(meeting.board_id, {})
        found[meeting.pk] = Forecast(
            tuple(Seat(need, of_board.get(need.specialty, ()), heard) for need in needs[meeting.pk]),
            seats.get(meeting.board_id, ()),
            heard,
            is_asked=bool(meeting.invited_at or meeting.agenda_version or answers),
        )
    return found


def _heard(
    seats: Mapping[int, Sitting], answers: dict[int, Said], away: dict[int, Absence]
) -> dict[Sitting, Member]:
    """Whoever has answered, is away or comes for somebody; in the order of names."""
    named = _named_deputies(seats, answers, away)
    people = {*answers, *away, *named}
    members = [_member(seat, answers, away, named) for user, seat in seats.items() if user in people]
    return {one.seat: one for one in members if one.word != Word.SILENT}


def _named_deputies(seats: Mapping[int, Sitting], answers, away) -> dict[int, set[str]]:
    """For which disciplines somebody comes in another's place: in the room they then speak for that one."""
    found: dict[int, set[str]] = {}
    for user, said in answers.items():
        seat = seats.get(user)
        if said.reply == Reply.DEPUTY and seat and seat.speaks and _comes(said.deputy_id, answers, away):
            found.setdefault(said.deputy_id, set()).add(seat.specialty)
    return found


def _comes(user: int | None, answers: dict[int, Said], away: dict[int, Absence]) -> bool:
    """Whether a deputy has not dropped out themselves since."""
    theirs = answers.get(user) if user else None
    return theirs.reply == Reply.COMING if theirs else user not in away


def _member(seat: Sitting, answers: dict[int, Said], away, named: dict[int, set[str]]) -> Member:
    said, absence = answers.get(seat.user_id), away.get(seat.user_id)
    speaks_for = named.get(seat.user_id, set())
    word = word_of(
        reply=said.reply if said else "",
        is_away=absence is not None,
        deputy_comes=_comes(said.deputy_id, answers, away) if said else True,
        speaks_for_another=bool(speaks_for) and seat.specialty not in speaks_for,
    )
    deputy = None
    if word == Word.DEPUTY and said and said.deputy_id:
        deputy = person(said.deputy_id, said.deputy)
    elif word in DO_NOT and absence:
        deputy = absence.deputy
    return Member(seat, word, deputy)


def _by_specialty(seats: Iterable[Sitting]) -> dict[str, list[Sitting]]:
    """Whoever speaks; an observer does not."""
    found: dict[str, list[Sitting]] = {}
    for seat in seats:
        if seat.speaks:
            found.setdefault(seat.specialty, []).append(seat)
    return found
