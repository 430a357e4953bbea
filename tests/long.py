"""Which tests take minutes? Those marked `long` run when asked for (`./dev test --long`) and every night.

A pytest plugin (`-p tests.long`). They are left out before the run, not skipped in it: the last line counts
them as "deselected". A test that is named by its own address always runs.
"""

import os

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also the tests that take minutes")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--long"):
        os.environ["LONG"] = "1"  # tests that repeat something read how often when they are imported


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    named = tuple(argument for argument in config.args if "::" in argument)
    left_out = [one for one in items if one.get_closest_marker("long") and not one.nodeid.startswith(named)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [one for one in items if one not in left_out]
