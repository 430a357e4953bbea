"""Who hears of a change, and who is left in peace?"""

from dataclasses import replace
from datetime import date

import pytest

from cases.domain.handing_over import Given, News, is_asked_anew, is_taken_away, news
from cases.domain.plan_state import PlanState as S

GIVEN = Given(owner=1, role="MAIN", kind="RESECTION", detail="right", due_on=date(2026, 12, 1))


@pytest.mark.parametrize(
    ("now", "ended", "asked", "taken"),
    [
        (GIVEN, False, False, False),
        (replace(GIVEN, due_on=date(2026, 12, 8)), False, True, False),
        (replace(GIVEN, detail="extended right"), False, True, False),
        (replace(GIVEN, only_if="remnant of 30 %"), False, True, False),
        (replace(GIVEN, state=S.WAITING), False, True, False),
        (replace(GIVEN, state=S.DROPPED), False, False, True),
        (replace(GIVEN, owner=2), False, True, True),
        (replace(GIVEN, owner=2), True, False, False),
        (None, False, None, True),
        (None, True, None, False),
    ],
)
def test_of_an_amendment_only_what_changed(now, ended, asked, taken):
    before = replace(GIVEN, state=S.ENDED) if ended else GIVEN
    now = replace(now, state=S.ENDED) if now and ended else now
    if now:
        assert is_asked_anew(now, before) is asked
    assert is_taken_away(before, now) is taken


def test_what_is_new_is_asked():
    assert is_asked_anew(GIVEN, None)


@pytest.mark.parametrize(
    ("role", "before", "after", "told"),
    [
        ("MAIN", S.WAITING, S.ACTIVE, News.CONDITION_MET),
        ("MAIN", S.DROPPED, S.ACTIVE, News.CONDITION_MET),
        ("MAIN", S.WAITING, S.DROPPED, News.NO_LONGER_NEEDED),
        ("MAIN", S.ACTIVE, S.ENDED, None),
        ("MAIN", S.ACTIVE, S.ACTIVE, None),
        ("MAIN", S.ENDED, S.ACTIVE, None),
        ("PLAN_B", S.DORMANT, S.ACTIVE, News.PLAN_B_NOW),
        ("PLAN_B", S.DORMANT, S.DROPPED, News.NO_LONGER_NEEDED),
        ("PLAN_B", S.ACTIVE, S.DORMANT, News.NOT_NOW),
        ("MAIN", S.ACTIVE, S.WAITING, News.NOT_NOW),
        ("CONDITION", S.ACTIVE, S.DROPPED, News.NO_LONGER_NEEDED),
        ("CONDITION", S.ACTIVE, S.ENDED, None),
        ("CONDITION", S.DROPPED, S.ACTIVE, None),
    ],
)
def test_whose_turn_it_is_is_told(role, before, after, told):
    assert news(role, before, after) == told
