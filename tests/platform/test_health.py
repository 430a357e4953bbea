import pytest
from django.core.cache import cache
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_live_needs_nothing(client):
    assert client.get(reverse("health_live")).json() == {"status": "ok"}


def test_cache_stands_in_the_database():
    cache.set("tries", 3)
    assert cache.get("tries") == 3
