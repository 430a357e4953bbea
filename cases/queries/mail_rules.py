"""By which rules does a board write, in words?"""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.models import TumorBoard
from cases.notices.kinds import KINDS, Kind


def words(board: TumorBoard) -> dict[str, str]:
    """What stands for the braces in `when` of the table of kinds."""
    morning = f"{board.morning_at:%H:%M}"
    return {
        "reminders": _sentence(_reminders(board)),
        "mornings": f"On working days at {morning}",
        "morning": morning,
        "escalate_after": _days(board.escalate_after_days),
        "ratify_days": _days(board.ratify_days),
        "cut_off": _hours(board.cut_off_hours),
        "invite": _ahead(board.invite_days, morning),
        "reading": _ahead(board.reading_days, morning),
    }


@dataclass(frozen=True)
class Sort:
    name: str
    kind: Kind
    when: str


def sort_of(name: str, board: TumorBoard) -> Sort:
    kind = KINDS[name]
    return Sort(name, kind, kind.when.format_map(words(board)))


def grouped(board: TumorBoard) -> list[tuple[str, list[Sort]]]:
    """The table of kinds as people read it: (group, its sorts)."""
    groups: dict[str, list[Sort]] = {}
    for name, kind in KINDS.items():
        groups.setdefault(kind.group, []).append(sort_of(name, board))
    return list(groups.items())


def in_general(board: TumorBoard) -> list[str]:
    """What holds for every sort."""
    holidays = f"public holidays ({board.holidays}) and " if board.holidays else ""
    return [
        _quiet(board),
        f"What is planned leaves at {board.morning_at:%H:%M} on working days: weekends, {holidays}"
        "the board’s own closed days are none.",
        "Each person chooses whether what may wait comes as it happens or once a day, together.",
    ]


def _quiet(board: TumorBoard) -> str:
    if board.quiet_from == board.quiet_until:
        return "There are no quiet hours: what is sent at once leaves at any hour."
    hours = f"between {board.quiet_from:%H:%M} and {board.quiet_until:%H:%M}"
    return f"Nothing leaves {hours} on the clock of {board.time_zone}, but for what cannot wait."


def _reminders(board: TumorBoard) -> Sequence[str]:
    hours = [_hours(one) for one in sorted(board.reminder_hours, reverse=True)]
    days = [_working_days(one) for one in sorted(board.reminder_days, reverse=True)]
    return [*days, *hours]


def _sentence(parts: Sequence[str]) -> str:
    if not parts:
        return "Never, by this board’s rules"
    return f"{' and '.join([', '.join(parts[:-1]), parts[-1]] if parts[1:] else parts)} before a meeting"


def _ahead(days: int, morning: str) -> str:
    return f"{_working_days(days)} before a meeting, at {morning}" if days else "Never, by this board’s rules"


def _working_days(number: int) -> str:
    return "1 working day" if number == 1 else f"{number} working days"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _hours(number: int) -> str:
    return "1 hour" if number == 1 else f"{number} hours"
