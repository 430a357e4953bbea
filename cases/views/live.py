"""Which screens may hear that something has changed in a meeting?"""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cases.models import Meeting
from cases.views._room import also_in_the_room, may_still, viewer_of
from tumorboard import live
from tumorboard.signed_in.limits import by_itself


@by_itself
@also_in_the_room
@require_safe
def live_meeting(request, pk):
    """For the members of the board, and for as long as they are; for a room's screen while it is open."""
    viewer = viewer_of(request)
    mine = Meeting.objects.visible_to(viewer.user).filter(pk=pk)
    get_object_or_404(mine)
    if room := viewer.room:
        about = f"meeting:{pk}"
        return live.stream(request, about, may_still=lambda: may_still(room), needs_person=False)
    return live.stream(request, f"meeting:{pk}", may_still=mine.exists)
