"""How is what somebody is typing kept until they hand it in?"""

import json
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from cases.domain.errors import Refused
from cases.models import Case, Draft
from cases.vocabulary import CaseStatus
from tumorboard.audit import trail

LARGEST = 300_000  # characters of one draft
MOST = 300  # drafts of one person


@transaction.atomic
def save(*, form: str, key: str, payload: Mapping, base_version: int = 0, by) -> Draft | None:
    """Keep the form exactly as typed, valid or not. None: it was handed in meanwhile, so nothing to keep."""
    kept = _without_nul(payload)
    if len(json.dumps(kept)) > LARGEST:
        raise Refused("This is too long to keep as a draft. Shorten the text.")
    if form == "referral" and _handed_in(key):
        return None
    mine = Draft.objects.filter(owner=by)
    is_new = not mine.filter(form=form, key=key).exists()
    if is_new and mine.count() >= MOST:
        raise Refused("You have very many drafts. Discard some on the page Today.")
    draft = Draft(
        owner=by, form=form, key=key, payload=kept, base_version=base_version, saved_at=timezone.now()
    )
    Draft.objects.bulk_create(
        [draft],
        update_conflicts=True,
        unique_fields=["owner", "form", "key"],
        update_fields=["payload", "base_version", "saved_at"],
    )
    if is_new:
        trail.record(actor=by, verb="draft.begun", about=f"draft:{form}:{key}")
    return draft


@transaction.atomic
def discard(*, form: str, key: str, by) -> None:
    """Throw one's own draft away; handing a form in does so too."""
    gone, _ = Draft.objects.filter(owner=by, form=form, key=key).delete()
    if gone:
        trail.record(actor=by, verb="draft.discarded", about=f"draft:{form}:{key}")


def _handed_in(key: str) -> bool:
    """A late autosave must not bring back the draft of a referral that has just been sent."""
    try:
        pk = uuid.UUID(key)
    except ValueError:
        return False
    return Case.objects.filter(pk=pk).exclude(status__in=[CaseStatus.DRAFT, CaseStatus.RETURNED]).exists()


def _without_nul(payload: Mapping) -> dict:
    """PostgreSQL keeps every character but this one, which no keyboard types."""
    return {
        str(name).replace("\0", ""): [str(value).replace("\0", "") for value in values]
        for name, values in payload.items()
    }
