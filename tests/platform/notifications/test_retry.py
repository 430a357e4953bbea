from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from tumorboard.notifications.retry import Sort, judge, note, sort_of
from tumorboard.notifications.timing import Timing

# The answers are of RFC 5321 section 4.2.3, with RFC 3463's words as Postfix and Exchange write them.
ANSWERS = [
    (421, "4.3.2 Service not active", Sort.BUSY),
    (432, "4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", Sort.BUSY),
    (451, "4.3.0 try again", Sort.BUSY),
    (450, "4.2.0 Greylisted", Sort.LATER),
    (450, "4.1.1 unverified address", Sort.LATER),
    (452, "4.5.3 Too many recipients", Sort.LATER),
    (452, "4.2.2 Over quota", Sort.FULL),
    (452, "4.3.1 Insufficient system storage", Sort.FULL),
    (452, "", Sort.FULL),
    (552, "5.2.2 Mailbox full", Sort.FULL),
    (552, "storage exceeded", Sort.FULL),
    (554, "5.2.2 mailbox full", Sort.FULL),
    (552, "5.3.4 Message size exceeds fixed limit", Sort.NEVER),
    (550, "5.1.1 no such user", Sort.NEVER),
    (550, "5.7.1 rejected by policy", Sort.NEVER),
    (551, "user not local", Sort.NEVER),
    (553, "5.1.3 bad address", Sort.NEVER),
    (554, "5.7.1 looks like spam", Sort.NEVER),
    (-1, "", Sort.LATER),
]


@pytest.mark.parametrize(("code", "words", "sort"), ANSWERS)
def test_each_answer_has_its_sort(code, words, sort):
    assert sort_of(code=code, words=words) is sort


def test_an_answer_to_us_is_never_final_for_the_message():
    assert {sort_of(code=code, about_recipient=False) for code in (530, 550, 552)} == {Sort.LINE}
    assert sort_of(code=None) is Sort.LINE, "the connection broke"


WAITS = {
    Sort.BUSY: [1, 2, 5, 15, 60, 240, None],
    Sort.LINE: [1, 5, 15, 60, 120, 240, None],
    Sort.LATER: [5, 15, 30, 60, 120, 240, None],
    Sort.FULL: [30, 60, 240, 480, 720, 1440, None],
    Sort.NEVER: [None] * 7,
}


@pytest.mark.parametrize("sort", Sort)
def test_how_long_each_sort_waits(sort):
    verdicts = [judge(sort, attempts=attempts, jitter=0).wait for attempts in range(1, 8)]

    assert [wait and wait / timedelta(minutes=1) for wait in verdicts] == WAITS[sort]


@pytest.mark.parametrize(("jitter", "seconds"), [(-1, 45), (1, 75)])
def test_waits_are_spread_by_a_quarter(jitter, seconds):
    assert judge(Sort.BUSY, attempts=1, jitter=jitter).wait.total_seconds() == seconds


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
