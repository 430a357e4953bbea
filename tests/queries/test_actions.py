"""As days go by an action becomes due and overdue, where its board sits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.queries.actions import STATES, Filters, actions_page
from tests.factories.decisions import a_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room()


def shown(room, *, days_later=0, **filters):
    now = timezone.now() + timedelta(days=days_later)
    return actions_page(room.surgeon, Filters(**filters), now=now)


@pytest.mark.parametrize(("days_later", "state"), [(0, "open"), (1, "due"), (3, "due"), (4, "overdue")])
def test_an_action_due_in_three_days(room, days_later, state):
    room.decide([room.action(days=3)])
    page = shown(room, days_later=days_later)

    assert [str(row.standing.due) for row in page.rows] == [state]
    assert {name: page.counts[name] for name in ("unfinished", state, "ended")} == {
        "unfinished": 1,
        state: 1,
        "ended": 0,
    }


@pytest.mark.parametrize("state", STATES)
def test_the_filter_finds_what_the_row_says(room, state):
    room.decide([room.action(days=days) for days in (0, 1, 2, 3, 30)])
    page = shown(room, days_later=1, state=state)

    assert len(page.rows) == page.counts[state]
    assert {str(row.standing.due) for row in page.rows} <= ({state} if state != "unfinished" else set(STATES))
    assert sum(page.counts[one] for one in ("open", "due", "overdue")) == page.counts["unfinished"] == 5
