"""Which screens may hear that something has changed in a meeting?"""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cases.models import Meeting
from tumorboard import live
from tumorboard.signed_in.limits import by_itself


@by_itself
@require_safe
def live_meeting(request, pk):
    """For the members of the board, and for as long as they are."""
    mine = Meeting.objects.visible_to(request.user).filter(pk=pk)
    get_object_or_404(mine)
    return live.stream(request, f"meeting:{pk}", may_still=mine.exists)
