"""Who works off a run in these tests? Only the test, unless it asks for a worker."""

import pytest

from tumorboard.notifications import nudge


@pytest.fixture(autouse=True)
def no_worker_hears_of_it(monkeypatch):
    """A real worker of an earlier test may still be listening; it would take the run out of our hands."""
    monkeypatch.setattr(nudge, "_quiet_until", float("inf"))
