"""On which case may this person record something?"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from cases import permissions
from cases.models import Case
from cases.permissions import Permission


def case_to_record_on(request, pk) -> Case:
    visible = Case.objects.visible_to(request.user).select_related("board", "patient", "referred_by")
    case = get_object_or_404(visible, pk=pk)
    if not permissions.may(request.user, Permission.RECORD_FACTS, board=case.board):
        raise PermissionDenied("Your seat on this board does not allow this. Ask the coordinator.")
    return case
