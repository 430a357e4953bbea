"""What fits on a list, when is it late, and which discipline is missing?"""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from cases.domain import agenda
from cases.domain.errors import Refused
from cases.domain.quorum import quorum
from cases.vocabulary import Specialty as S

LONDON = ZoneInfo("Europe/London")
EIGHT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "available", "over", "left", "words"),
    [
        ([], 90, 0, 90, "0 of 90 minutes planned"),
        ([6, 6, 10], 90, 0, 68, "22 of 90 minutes planned"),
        ([45, 45], 90, 0, 0, "90 of 90 minutes planned"),
        ([60, 40], 90, 10, 0, "100 of 90 minutes planned, 10 too many"),
    ],
)
def test_minutes_used_of_minutes_there_are(minutes, available, over, left, words):
    found = agenda.capacity(minutes, available=available)

    assert (found.over, found.left, found.words) == (over, left, words)


def test_each_case_is_expected_after_those_before_it():
    assert agenda.expected_at(EIGHT, [6, 10, 4]) == [
        EIGHT,
        EIGHT + timedelta(minutes=6),
        EIGHT + timedelta(minutes=16),
    ]
    assert agenda.expected_at(EIGHT, []) == []


@pytest.mark.parametrize(("after", "times"), [(1, [0, 11, 21]), (2, [0, 6, 21]), (3, [0, 6, 16])])
def test_what_follows_the_break_is_later(after, times):
    pause = agenda.Pause(after, 5)

    assert agenda.expected_at(EIGHT, [6, 10, 4], pause=pause) == [EIGHT + timedelta(minutes=t) for t in times]


@pytest.mark.parametrize(
    ("after", "words"),
    [(2, "25 of 20 minutes planned with a break of 5, 5 too many"), (3, "20 of 20 minutes planned")],
)
def test_a_break_takes_minutes_but_not_after_the_last_case(after, words):
    assert agenda.capacity([6, 10, 4], available=20, pause=agenda.Pause(after, 5)).words == words


@pytest.mark.parametrize(
    ("lots", "percent", "drawn"),
    [
        ([], 100, ""),
        ([0.05, 0.0999, 0.1, 0.5], 10, "01"),
        ([0.0, 0.5], 0, ""),
        ([0.0, 0.99], 100, "01"),
        # of four perhaps none, of five or more at least one
        ([0.9, 0.8, 0.7, 0.6], 10, ""),
        ([0.9, 0.8, 0.3, 0.6, 0.5], 10, "2"),
        ([0.9, 0.8, 0.3, 0.6, 0.5], 0, ""),
    ],
)
def test_cases_of_standard_care_are_drawn_to_be_checked(lots, percent, drawn):
    keys = [UUID(int=n) for n in range(len(lots))]

    found = agenda.drawn_for_audit(keys, percent, lot=lambda key: lots[key.int])

    assert "".join(str(key.int) for key in sorted(found)) == drawn


@pytest.mark.parametrize(
    ("minutes", "after"),
    [
        ([], None),
        ([59], None),
        ([60], None),
        ([30, 29], None),
        ([6] * 10, 5),
        ([30, 10, 10, 10], 1),
        ([10, 50], 1),
    ],
)
def test_a_long_list_has_a_break_half_way(minutes, after):
    assert agenda.break_after(minutes) == after


@pytest.mark.parametrize(
    ("starts_at", "wall"),
    [
        (datetime(2026, 11, 24, 8, 0, tzinfo=UTC), "2026-11-22 08:00"),
        # The clocks go back on 25-Oct-2026: eight o'clock stays eight o'clock.
        (datetime(2026, 10, 26, 8, 0, tzinfo=UTC), "2026-10-24 08:00"),
        (datetime(2026, 3, 30, 7, 0, tzinfo=UTC), "2026-03-28 08:00"),
    ],
)
def test_the_cut_off_is_read_on_the_wall(starts_at, wall):
    found = agenda.cut_off(starts_at, 48, zone=LONDON)

    assert f"{found.astimezone(LONDON):%Y-%m-%d %H:%M}" == wall


@pytest.mark.parametrize("reason", ["", "  "])
def test_after_the_cut_off_a_reason_is_needed(reason):
    with pytest.raises(Refused, match="cannot wait"):
        agenda.require_reason_when_late(cut_off=EIGHT, now=EIGHT, reason=reason)

    assert agenda.require_reason_when_late(cut_off=EIGHT, now=EIGHT, reason="Jaundice") is True
    early = EIGHT - timedelta(seconds=1)
    assert agenda.require_reason_when_late(cut_off=EIGHT, now=early, reason="") is False


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(-1, 60, "has passed"), (0, 60, "has passed"), (10, 10, "end after"), (10, 491, "at most 8 hours")],
)
def test_spans_that_make_no_sense(start, end, words):
    with pytest.raises(Refused, match=words):
        agenda.require_span(
            starts_at=EIGHT + timedelta(minutes=start), ends_at=EIGHT + timedelta(minutes=end), now=EIGHT
        )


def test_a_meeting_is_opened_on_its_day():
    agenda.require_near(starts_at=EIGHT, now=EIGHT - timedelta(hours=12))
    agenda.require_near(starts_at=EIGHT, now=EIGHT + timedelta(hours=3))
    with pytest.raises(Refused, match="12 hours"):
        agenda.require_near(starts_at=EIGHT, now=EIGHT - timedelta(hours=12, minutes=1))


@pytest.mark.parametrize(
    ("day", "clock", "utc"),
    [
        (date(2026, 11, 24), time(8), datetime(2026, 11, 24, 8, tzinfo=UTC)),
        (date(2026, 7, 1), time(8), datetime(2026, 7, 1, 7, tzinfo=UTC)),
        # 25-Oct-2026 shows 01:30 twice: the first counts.
        (date(2026, 10, 25), time(1, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_the_time_on_the_wall_is_a_moment(day, clock, utc):
    assert agenda.on_the_wall(day, clock, zone=LONDON) == utc


@pytest.mark.parametrize(
    ("start", "clock", "utc"),
    [
        (EIGHT, time(8, 30), EIGHT + timedelta(minutes=30)),
        (EIGHT, time(8), EIGHT),
        (EIGHT, time(7, 59), EIGHT + timedelta(hours=23, minutes=59)),
        (datetime(2026, 11, 24, 23, 30, tzinfo=UTC), time(0, 10), datetime(2026, 11, 25, 0, 10, tzinfo=UTC)),
    ],
)
def test_a_time_during_a_meeting_may_be_after_midnight(start, clock, utc):
    assert agenda.next_on_the_wall(start, clock, zone=LONDON) == utc


def test_a_time_that_the_clocks_skip_is_refused():
    with pytest.raises(Refused, match="01:30 does not exist"):
        agenda.on_the_wall(date(2026, 3, 29), time(1, 30), zone=LONDON)


@pytest.mark.parametrize(
    ("needed", "present", "missing"),
    [
        ([], [], ()),
        ([], ["SURGERY"], ()),
        (["SURGERY"], [], (S.SURGERY,)),
        (["SURGERY"], ["", "SURGERY", "SURGERY"], ()),
        (["RADIOLOGY", "SURGERY", "ONCOLOGY"], ["SURGERY"], (S.RADIOLOGY, S.ONCOLOGY)),
        (["SURGERY", "SURGERY"], ["PATHOLOGY"], (S.SURGERY,)),
    ],
)
def test_which_disciplines_are_missing(needed, present, missing):
    found = quorum(needed, present)

    assert found.missing == missing
    assert found.is_met == (missing == ())
