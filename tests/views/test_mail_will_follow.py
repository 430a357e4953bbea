"""Does a page still save while the broker is away, and say that the e-mails will follow?"""

import pytest
from django.urls import reverse

from cases.vocabulary import CaseStatus, Role
from tests.factories import a_case, member
from tumorboard.notifications import nudge
from tumorboard.notifications.middleware import WORDS
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("away", [True, False])
def test_a_referral_is_taken_in_with_the_broker_away(client, monkeypatch, away):
    monkeypatch.setattr(nudge, "_quiet_until", float("inf") if away else 0.0)
    case = a_case(status=CaseStatus.REFERRED)
    client.force_login(member(case.board, Role.COORDINATOR))

    page = client.post(reverse("cases:accept", args=[case.pk]), follow=True).content.decode()
    next_page = client.get(reverse("cases:worklist")).content.decode()

    case.refresh_from_db()
    assert case.status == CaseStatus.PREPARING
    # Owed, whoever listens: a worker of an earlier test may have taken it already.
    assert Message.objects.filter(recipient=case.referred_by, kind="case.accepted").count() == 1
    assert (WORDS in page) == away
    assert WORDS not in next_page
