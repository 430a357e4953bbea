"""What does a calendar read that asks by itself, at a person's secret address, without signing in?"""

from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from cases.notices.feed_link import NotOurs, owner_of
from cases.queries.feed import NAME, feed_of
from tumorboard.database import identity


@login_not_required
@require_safe
def calendar_feed(request, token):
    """Kept by nobody on the way; the calendar itself asks whether it has changed."""
    try:
        owner = owner_of(token)
    except NotOurs as error:
        raise Http404 from error
    with identity.as_person(owner.pk):
        content = feed_of(owner, now=timezone.now())
    etag = quote_etag(sha256(content).hexdigest())
    headers = {
        "Cache-Control": "private, no-cache",
        "ETag": etag,
        "Content-Disposition": f'inline; filename="{slugify(NAME)}.ics"',
        "X-Robots-Tag": "noindex",
    }
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=etag, response=answer)
