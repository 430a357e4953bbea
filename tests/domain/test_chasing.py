"""Is what weighs most chased first, and is nobody chased twice in a day?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.domain.chasing import (
    Facts,
    days_overdue,
    discipline_blocks,
    due_words,
    is_due_an_answer,
    was_just_chased,
    weight,
)

TODAY = date(2026, 11, 23)
YESTERDAY, LAST_WEEK, TOMORROW, FRIDAY = (TODAY + timedelta(days=n) for n in (-1, -7, 1, 4))

# From what is chased first to what is chased last: each differs from the one before in what is said of it.
IN_ORDER = [
    ("an emergency that blocks", Facts("EMERGENCY", blocks=True)),
    ("an emergency, a week late", Facts("EMERGENCY", due_on=LAST_WEEK)),
    ("an emergency", Facts("EMERGENCY")),
    ("soon, blocks, a week late", Facts("SOON", blocks=True, due_on=LAST_WEEK)),
    ("soon, blocks, a day late", Facts("SOON", blocks=True, due_on=YESTERDAY)),
    ("soon, blocks, cut off tomorrow", Facts("SOON", blocks=True, cut_off_on=TOMORROW)),
    ("soon, blocks, cut off on Friday", Facts("SOON", blocks=True, cut_off_on=FRIDAY)),
    ("soon, blocks, on no list", Facts("SOON", blocks=True)),
    ("soon, a week late", Facts("SOON", due_on=LAST_WEEK)),
    ("routine, blocks", Facts("ROUTINE", blocks=True)),
    ("routine, a week late", Facts("ROUTINE", due_on=LAST_WEEK, cut_off_on=FRIDAY)),
    ("routine, a day late", Facts("ROUTINE", due_on=YESTERDAY, cut_off_on=YESTERDAY)),
    ("routine, the cut-off has passed", Facts("ROUTINE", due_on=TODAY, cut_off_on=YESTERDAY)),
    ("routine, cut off today", Facts("ROUTINE", due_on=TODAY, cut_off_on=TODAY)),
    ("routine, cut off on Friday", Facts("ROUTINE", due_on=FRIDAY, cut_off_on=FRIDAY)),
    ("routine, on no list", Facts("ROUTINE")),
]


def test_what_weighs_most_is_chased_first():
    weights = [weight(facts, today=TODAY) for _, facts in IN_ORDER]

    assert weights == sorted(weights)
    assert len(set(weights)) == len(weights)


@pytest.mark.parametrize(
    ("due_on", "days"), [(None, 0), (TOMORROW, 0), (TODAY, 0), (YESTERDAY, 1), (LAST_WEEK, 7)]
)
def test_only_a_day_that_is_over_counts_as_overdue(due_on, days):
    assert days_overdue(due_on, today=TODAY) == days


@pytest.mark.parametrize(
    ("due_on", "is_late", "words"),
    [
        (None, False, ""),
        (FRIDAY, False, "in 4 days"),
        (TOMORROW, False, "tomorrow"),
        (TODAY, False, "today"),
        (TODAY, True, "late today"),
        (YESTERDAY, True, "1 day late"),
        (LAST_WEEK, True, "7 days late"),
    ],
)
def test_a_date_is_told_in_words(due_on, is_late, words):
    assert due_words(due_on, is_late=is_late, today=TODAY) == words


@pytest.mark.parametrize(
    ("specialty", "items", "blocks"),
    [
        ("RADIOLOGY", ["lesion_segments"], True),
        ("RADIOLOGY", ["largest_lesion_cm", "ecog"], True),
        ("RADIOLOGY", ["ecog"], False),
        ("SURGERY", ["lesion_segments", "ecog"], False),
        ("PATHOLOGY", ["ras"], True),
        ("PATHOLOGY", ["something that no rule knows"], False),
        ("PATHOLOGY", [], False),
    ],
)
def test_an_input_blocks_where_its_discipline_gives_what_is_missing(specialty, items, blocks):
    assert discipline_blocks(specialty, items) is blocks


@pytest.mark.parametrize(("days", "due"), [(0, False), (1, False), (2, True), (30, True)])
def test_an_owner_has_two_days_to_say_whether_they_take_it_on(days, due):
    assert is_due_an_answer(TODAY - timedelta(days=days), today=TODAY) is due


@pytest.mark.parametrize(("hours", "just"), [(0, True), (19.9, True), (20, False), (24, False)])
def test_twenty_hours_lie_between_two_chases(hours, just):
    now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

    assert was_just_chased(now - timedelta(hours=hours), now=now) is just


def test_who_was_never_chased_may_be():
    assert not was_just_chased(None, now=datetime(2026, 11, 23, tzinfo=UTC))
