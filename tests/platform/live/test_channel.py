"""Is a change told once it is in the record, in order, and never at the cost of the work?"""

import json
import time

import pytest
from django.db import transaction

from tumorboard.live import announce, channel, number_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heard(our_redis):
    """What everybody would hear, oldest first."""
    with channel.line().pubsub() as messages:
        messages.psubscribe(f"{channel.CHANNEL}*")
        assert messages.get_message(timeout=5)["type"] == "psubscribe"

        def next_one():
            message = messages.get_message(timeout=5)
            return message["channel"].removeprefix(channel.CHANNEL), json.loads(message["data"])

        yield next_one


def test_only_what_was_committed_is_told(heard):
    with transaction.atomic():
        announce("meeting:1", "said")
        transaction.set_rollback(True)
    with transaction.atomic():
        announce("meeting:1", "case")
        assert number_of("meeting:1") == 0  # nobody was told yet

    room, message = heard()
    assert (room, message["topic"]) == ("meeting:1", "case")
    assert message["number"] == number_of("meeting:1")


def test_messages_of_a_room_are_numbered_one_after_the_other(heard):
    for topic in ("room", "case", "said"):
        announce("meeting:2", topic)
    announce("meeting:3", "case")
    numbers = [heard()[1]["number"] for _ in range(3)]

    assert numbers == list(range(numbers[0], numbers[0] + 3))


def test_a_redis_that_forgot_everything_goes_on_with_higher_numbers(heard):
    announce("meeting:4", "case")
    before = number_of("meeting:4")
    channel.line().flushall()
    announce("meeting:4", "case")

    assert number_of("meeting:4") > before


def test_without_redis_nothing_fails_and_hardly_any_time_is_lost(our_redis):
    our_redis.stop()
    began = time.monotonic()
    announce("meeting:5", "case")
    first = time.monotonic() - began
    began = time.monotonic()
    for _ in range(50):
        announce("meeting:5", "case")
    rest = time.monotonic() - began

    assert number_of("meeting:5") is None
    assert first < 0.6
    assert rest < 0.1
