from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from tumorboard.notifications.retry import judge, note
from tumorboard.notifications.timing import Timing


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 60), (5, 120), (6, 240), (7, None)]
)
@pytest.mark.parametrize("code", [421, 432, 451, 452, None])
def test_what_may_pass_is_tried_for_seven_hours(code, attempts, minutes):
    wait = judge(code=code, about_recipient=True, attempts=attempts, jitter=0).wait

    assert wait == (None if minutes is None else timedelta(minutes=minutes))


@pytest.mark.parametrize(("jitter", "seconds"), [(-1, 45), (1, 75)])
def test_waits_are_spread_by_a_quarter(jitter, seconds):
    assert judge(code=451, about_recipient=True, attempts=1, jitter=jitter).wait.total_seconds() == seconds


def test_a_refused_recipient_is_final_but_a_refused_sender_is_not():
    assert judge(code=550, about_recipient=True, attempts=1, jitter=0).wait is None
    assert judge(code=530, about_recipient=False, attempts=1, jitter=0).wait == timedelta(minutes=1)


def test_notes_keep_no_addresses():
    said = "550 5.1.1 <ana@hospital.example>:\nno such user ana@hospital.example here"

    assert note(said) == "550 5.1.1 <address>: no such user <address> here"
    assert len(note("a" * 1000)) == 300


def test_the_times_in_use_are_in_the_order_that_prevents_doubles():
    limits = Timing()

    assert limits.smtp_timeout < limits.fence_margin < limits.soft_limit < limits.hard_limit < limits.lease
    assert limits.drain_budget + limits.fence_margin <= limits.soft_limit


@pytest.mark.parametrize(
    "wrong",
    [
        {"smtp_timeout": 45},
        {"fence_margin": 80},
        {"soft_limit": 100},
        {"hard_limit": 120},
        {"drain_budget": 36},
    ],
    ids=str,
)
def test_times_that_could_send_twice_are_refused(wrong):
    with pytest.raises(ImproperlyConfigured, match="NOTIFICATIONS_TIMING"):
        Timing(**wrong)
