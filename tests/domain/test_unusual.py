"""Each look at a case is pointed out, or is not, as these tables say."""

from datetime import date, datetime, time, timedelta

import pytest

from cases.domain import unusual
from cases.domain.sending import WorkingDays
from cases.domain.unusual import Name

THURSDAY = date(2026, 11, 19)
SATURDAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("days", "expected"), [([], 0), ([4], 4), ([1, 9], 5), ([2, 3, 30], 3), ([2, 2, 4, 40], 3)]
)
def test_the_usual_day_is_the_median(days, expected):
    assert unusual.usual(days) == expected


@pytest.mark.parametrize(
    ("patients", "own", "role", "expected"),
    [
        (14, 0, 0, False),  # never many
        (15, 0, 0, True),  # somebody new
        (15, 5, 4, False),  # three times as many is not more than that
        (16, 5, 4, True),
        (30, 4, 10, False),  # many for them, not for their role
        (31, 4, 10, True),
        (31, 11, 4, False),  # many for the role, not for them
        (200, 12, 12, True),
    ],
)
def test_many_is_many_for_the_person_and_for_the_role(patients, own, role, expected):
    assert unusual.is_many(patients, own=own, role=role) is expected


@pytest.mark.parametrize(
    ("reader", "patient", "same_surname", "own_name"),
    [
        (("Inês", "Duarte"), ("Ines", "DUARTE"), True, True),
        (("Inês", "Duarte"), ("Pedro", "Duarte"), True, False),
        (("Inês", "Duarte"), ("Inês", "Durate"), False, False),
        (("Jürgen", "Müller"), ("JURGEN", "Muller-Lüdenscheidt"), True, True),
        (("Anna", "Groß"), ("Anna Maria", "GROSS"), True, True),
        (("Anna Maria", "Groß"), ("Maria", "Gross"), True, False),
        (("Jan", "de Vries"), ("Piet", "de Jong"), False, False),  # “de” is no family
        (("Jan", "de Vries"), ("Jan", "Vries"), True, True),
        (("Wei", "Li"), ("Wei", "Li"), True, True),
        (("Wei", "Li"), ("Wei", "Lin"), False, False),
        (("", ""), ("", ""), False, False),  # an unknown name is nobody's
        (("Ada", "Example"), ("", ""), False, False),
        (("Ada", ""), ("Ada", ""), False, False),
    ],
)
def test_names_are_compared_without_accents_case_and_hyphens(reader, patient, same_surname, own_name):
    assert unusual.has_surname_of(Name(*reader), Name(*patient)) is same_surname
    assert unusual.is_own_name(Name(*reader), Name(*patient)) is own_name


@pytest.mark.parametrize(
    ("day", "clock", "meeting_in", "expected"),
    [
        (THURSDAY, time(7, 0), None, False),
        (THURSDAY, time(6, 59), None, True),
        (THURSDAY, time(19, 59), None, False),
        (THURSDAY, time(20, 0), None, True),
        (THURSDAY, time(23, 0), timedelta(hours=9), False),  # prepares for tomorrow's
        (THURSDAY, time(23, 0), timedelta(hours=13), True),
        (THURSDAY, time(23, 0), timedelta(hours=-12), False),  # comes from one
        (SATURDAY, time(11, 0), None, True),
        (SATURDAY, time(11, 0), timedelta(hours=1), False),
    ],
)
@pytest.mark.parametrize("quiet", [(time(20), time(7)), (time(0), time(0))])
def test_out_of_hours_is_by_night_or_on_a_day_off_with_no_meeting_near(
    day, clock, meeting_in, expected, quiet
):
    at = datetime.combine(day, clock)
    meetings = [] if meeting_in is None else [at + meeting_in]
    told = {"days": WorkingDays(), "quiet_from": quiet[0], "quiet_until": quiet[1], "meetings": meetings}
    assert unusual.is_out_of_hours(at, **told) is expected


def test_a_public_holiday_is_a_day_off():
    at = datetime.combine(THURSDAY, time(11))
    told = {"quiet_from": time(20), "quiet_until": time(7), "meetings": []}
    assert unusual.is_out_of_hours(at, days=WorkingDays(closed=frozenset({THURSDAY})), **told)


@pytest.mark.parametrize(
    ("concerned", "meetings_in_days", "expected"),
    [
        (True, [], False),
        (False, [], True),
        (False, [14], False),
        (False, [15], True),
        (False, [-14], False),
        (False, [-15, 15], True),
        (True, [40], False),
    ],
)
def test_no_task_is_neither_concerned_nor_near_a_meeting_with_the_case(concerned, meetings_in_days, expected):
    at = datetime.combine(THURSDAY, time(11))
    meetings = [at + timedelta(days=days) for days in meetings_in_days]
    assert unusual.has_no_task(at, concerned=concerned, meetings=meetings) is expected
