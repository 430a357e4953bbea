"""What do tests of the services share?"""

from datetime import UTC, datetime

import pytest
from django.utils import timezone


@pytest.fixture
def on_a_tuesday(monkeypatch):
    """Digests come on working days: the calendar of the machine must not decide what is tested."""
    begun, now = timezone.now(), timezone.now
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 24, 12, tzinfo=UTC) + (now() - begun))
