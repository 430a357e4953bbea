"""Which days can somebody be away, and how are they said?"""

from datetime import date, timedelta

from cases.domain.errors import Refused

LONGEST = timedelta(days=2 * 366)


def require_days(*, first_day: date, last_day: date, today: date) -> None:
    if last_day < first_day:
        raise Refused("The last day is before the first. Put them in order.")
    if last_day < today:
        raise Refused("These days are over. Enter days that are still to come.")
    if last_day - first_day > LONGEST:
        raise Refused("This is longer than two years. Check the year.")


def span(first_day: date, last_day: date) -> str:
    """ "07-Dec-2026" or "from 07-Dec-2026 to 11-Dec-2026"."""
    if first_day == last_day:
        return f"on {first_day:%d-%b-%Y}"
    return f"from {first_day:%d-%b-%Y} to {last_day:%d-%b-%Y}"


def in_week(monday: date, *, first_day: date, last_day: date) -> str:
    """What of a week's working days somebody misses: "all week", "Tue to Thu", "Mon", or nothing."""
    friday = monday + timedelta(days=4)
    start, end = max(monday, first_day), min(friday, last_day)
    if start > end:
        return ""
    if (start, end) == (monday, friday):
        return "all week"
    return f"{start:%a}" if start == end else f"{start:%a} to {end:%a}"
