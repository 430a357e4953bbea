"""In a year of one board, is every planned e-mail there once, at its hour on the wall, and no other?

The application's own jobs run against the database at chosen moments: a minute before each moment at which
something should happen, at it, and in the mornings of all days off and of a month in winter, but for two
outages. What should have been sent is reckoned by hand in `calendar_by_hand`. The ordinary run ends in
January.
"""

from collections import Counter
from datetime import datetime, time, timedelta

import pytest

from tests.simulation import calendar_by_hand as year
from tests.simulation.calendar_by_hand import DAY, NEVER, expected, is_off, sittings
from tests.simulation.world import MINUTE, World

pytestmark = pytest.mark.django_db


def story(world) -> list[tuple[datetime, object]]:
    """Everything that happens, in order: people first, then the clock of the same minute."""
    deeds = [(year.MOVED_AT, world.move), (year.AWAY_SAID, world.say_who_is_away)]
    deeds += [(year.DECIDED, world.decide), (year.DONE, world.done)]
    deeds += [(said, lambda start=start: world.call_off(start)) for start, said in year.CALLED_OFF.items()]
    for start in world.meetings:
        ends = (year.MOVED_TO if start == year.MOVED_FROM else start) + timedelta(hours=2)
        deeds.append((ends, lambda start=start: world.is_over(start)))
    ticks = {back for _, back in year.OUTAGES}
    for one in sittings():
        if one.ready_from != NEVER:
            deeds.append((one.ready_from, lambda start=one.start: world.not_needed(start)))
        for _, moment in one.planned():
            ticks |= {moment - MINUTE, moment}
    day = year.BEGINS.date()
    while day <= year.ENDS.date():
        # Every morning of one winter month, and of every weekend and holiday.
        if is_off(day) or year.WINTER[0] <= day <= year.WINTER[1]:
            ticks.add(datetime.combine(day, time(8)))
        day += DAY
    ticks = {
        at for at in ticks if at >= year.BEGINS and not any(down <= at < up for down, up in year.OUTAGES)
    }
    deeds += [(at, world.tick) for at in sorted(ticks)]
    return sorted(deeds, key=lambda deed: deed[0])


def so_far(told: Counter, until: datetime) -> Counter:
    return Counter({key: number for key, number in told.items() if key[2] <= until})


WINTER = year.wall("2027-01-22 20:00")  # clocks put back, Christmas, a move, an absence, an outage


@pytest.mark.parametrize(
    "until", [pytest.param(WINTER, id="winter"), pytest.param(year.ENDS, id="year", marks=pytest.mark.long)]
)
def test_every_planned_e_mail_is_owed_once_at_its_hour_and_nothing_else(monkeypatch, until):
    world = World(monkeypatch)
    for moment, deed in story(world):
        if moment <= until:
            world.now = moment
            deed()
    world.now = until
    world.relay()

    owed, wanted = so_far(world.owed(), until), so_far(expected(), until)
    twice = {key: number for key, number in owed.items() if number > 1}
    missing, more = wanted - owed, owed - wanted
    print(
        f"\nowed {owed.total()}, expected {wanted.total()}, twice {len(twice)}, missing {missing.total()}, "
        f"not expected {more.total()}"
    )
    assert (sorted(missing), sorted(more), twice) == ([], [], {})
