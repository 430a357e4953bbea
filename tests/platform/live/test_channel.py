"""Is a change told once it is in the record, in order, and never at the cost of the work?"""

import json
import time

import pytest
import redis
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


def test_what_redis_did_not_take_is_told_when_it_is_back(our_redis):
    our_redis.stop()
    for topic in ("case", "said", "said"):
        announce("meeting:6", topic)
    our_redis.start()
    deadline = time.monotonic() + 20
    while (first := channel.line().get(f"{channel.NUMBER}meeting:6")) is None:
        assert time.monotonic() < deadline, "nothing was said"
        time.sleep(0.02)
    while channel._owed.waits():
        assert time.monotonic() < deadline, "something is still owed"
        time.sleep(0.02)

    last = channel.line().get(f"{channel.NUMBER}meeting:6")
    assert int(last) - int(first) <= 1  # two words, each once


def test_a_line_that_is_slow_for_a_moment_costs_no_word(our_redis):
    """The first question takes too long; what is said while Redis is left alone must come all the same."""
    with redis.Redis.from_url(our_redis.url, decode_responses=True).pubsub() as messages:
        messages.psubscribe(f"{channel.CHANNEL}*")
        assert messages.get_message(timeout=5)["type"] == "psubscribe"
        channel._quiet_until = time.monotonic() + 3600
        announce("meeting:7", "decision")
        told = messages.get_message(timeout=20)

    assert told["channel"].endswith("meeting:7")
    assert json.loads(told["data"])["topic"] == "decision"
