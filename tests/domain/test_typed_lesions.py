"""Does a size that is being typed count as the newest, and is nothing that was seen before lost?"""

from datetime import timedelta
from decimal import Decimal as D

from cases.domain.referral import LesionSeen
from cases.domain.typed_lesions import overlaid
from tests.domain.picturing import EARLIER, LATER, seen

KNOWN = (seen(1, (30, None, EARLIER), is_target=True), seen(2, (12, None, EARLIER)))


def typed(*rows):
    return overlaid(KNOWN, [LesionSeen(**row) for row in rows], on=LATER, by="as typed")


def test_what_is_typed_is_the_newest_and_what_was_stays():
    first, second = typed({"number": 1, "long_axis_mm": D(20), "measured_on": LATER, "washout": "YES"})

    assert [one.long_axis_mm for one in first.measured] == [20, 30]
    assert (first.is_target, first.measured[0].features) == (True, {"washout": "YES"})
    assert second == KNOWN[1]


def test_an_older_study_that_is_read_now_is_not_the_newest_size():
    """The scan of another hospital, and the size of a recorded day put right."""
    older, corrected = typed(
        {"number": 1, "long_axis_mm": D(20), "measured_on": EARLIER - timedelta(days=30)},
        {"number": 2, "long_axis_mm": D(14), "measured_on": EARLIER},
    )

    assert [one.long_axis_mm for one in older.measured] == [30, 20]
    assert [one.long_axis_mm for one in corrected.measured] == [14]


def test_a_row_without_a_number_is_a_new_lesion():
    new = typed({"long_axis_mm": D(8), "segments": ("4a",)})[-1]

    assert (new.number, new.segments, new.first_seen_on) == (3, ("4a",), LATER)


def test_a_lesion_that_is_no_longer_seen_has_its_day():
    assert typed({"number": 2, "disappeared": True})[1].disappeared_on == LATER
