"""Is a part that many ask for made once?"""

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from tumorboard.live import shared, sharing

numbers = count(1)


def all_at_once(ask, people=20):
    together = threading.Barrier(people)

    def one(_):
        together.wait(10)
        return ask()

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(one, range(people)))


def test_twenty_at_once_cost_one_rendering():
    made, first_in = [], threading.Event()

    def make():
        made.append(1)
        first_in.wait(0.2)  # the others come meanwhile
        return "<p>Said</p>"

    number = next(numbers)

    assert all_at_once(lambda: shared("said", number, make)) == ["<p>Said</p>"] * 20
    assert len(made) == 1


def test_after_a_change_it_is_made_anew():
    texts = [shared("case", next(numbers), lambda text=text: text) for text in ("old", "new")]

    assert texts == ["old", "new"]


def test_each_key_has_its_own():
    number = next(numbers)

    assert [shared(key, number, lambda key=key: key) for key in ("a", "b", "a")] == ["a", "b", "a"]


def test_a_failure_is_nobody_elses():
    number = next(numbers)

    def fail():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        shared("said", number, fail)

    assert shared("said", number, lambda: "well") == "well"


def test_without_a_number_nothing_is_kept():
    assert [shared("said", None, lambda text=text: text) for text in ("old", "new")] == ["old", "new"]


def test_little_is_kept():
    for key in range(200):
        shared(f"part {key}", 1, lambda: "text")

    assert len(sharing._kept) <= sharing.MOST
