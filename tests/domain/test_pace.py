"""Does the meeting know whether it is in time, and where it stood before the talk?"""

from datetime import datetime, timedelta

import pytest

from cases.domain.before_the_talk import in_words, stood_before
from cases.domain.pace import Slot, pace

EIGHT = datetime.fromisoformat("2026-11-24T08:00:00+00:00")


def at(minutes):
    return EIGHT + timedelta(minutes=minutes)


def over(opened, minutes=6):
    return Slot(minutes, at(opened), True)


def before_the_board(opened, minutes=6):
    return Slot(minutes, at(opened), False)


@pytest.mark.parametrize(
    ("slots", "now", "words"),
    [
        ([before_the_board(0)], 4, "on time"),  # what the open case uses of its own is planned
        ([before_the_board(0)], 9, "3 min over"),  # six of nine minutes were planned
        ([over(0), before_the_board(4)], 5, "2 min in hand"),  # two cases' minutes for one: 6 + 1 - 5
        ([over(0), before_the_board(14)], 15, "8 min over"),  # 6 + 1 - 15
        ([over(0), over(5)], 10, "2 min in hand"),  # nothing open: 12 - 10
        ([before_the_board(10)], 11, "10 min over"),  # begun late
        ([before_the_board(-5)], 0, "on time"),  # begun early, so counted from there
        ([over(0, 3), Slot(4, None, True), Slot(6, None, False)], 5, "2 min in hand"),  # postponed unopened
    ],
)
def test_minutes_in_hand_and_over(slots, now, words):
    assert pace(slots, starts_at=EIGHT).words(at(now)) == words


def test_nothing_is_counted_before_the_first_case():
    assert pace([Slot(6, None, False)], starts_at=EIGHT) is None


def test_where_the_board_stood_is_counted_most_first():
    signed = [
        ("ONCOLOGY", "ABLATE", "LOW"),
        ("SURGERY", "RESECT", "HIGH"),
        ("RADIOLOGY", "RESECT", "MEDIUM"),
        ("NURSING", "SYSTEMIC", "LOW"),
    ]

    stood = stood_before(signed)

    assert stood["SURGERY"] == {"opinion": "RESECT", "confidence": "HIGH"}
    assert in_words(stood) == "2 resect, 1 ablate, 1 systemic treatment"
    assert in_words({}) == ""
