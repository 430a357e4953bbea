"""Which backups of a folder are kept? The newest of each of so many days, weeks and months."""

from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, datetime

NAME = "tumorboard-%Y%m%dT%H%M%SZ.tar.age"


def name_at(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(NAME)


def moment_of(name: str) -> datetime | None:
    """None for a file that is not one of ours, which is never touched."""
    try:
        return datetime.strptime(name, NAME).replace(tzinfo=UTC)
    except ValueError:
        return None


def to_keep(moments: Iterable[datetime], *, days: int, weeks: int, months: int) -> set[datetime]:
    newest_first = sorted(moments, reverse=True)
    sorts: list[tuple[int, Callable[[datetime], Hashable]]] = [
        (days, datetime.date),
        (weeks, lambda moment: moment.isocalendar()[:2]),
        (months, lambda moment: (moment.year, moment.month)),
    ]
    kept = set(newest_first[:1])
    for how_many, of_what in sorts:
        newest: dict[Hashable, datetime] = {}
        for moment in newest_first:
            newest.setdefault(of_what(moment), moment)
        kept |= set(list(newest.values())[:how_many])
    return kept
