"""Did it arrive? The post of a board."""

from django.contrib import messages as notes
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from cases.domain.errors import DomainError
from cases.forms.messages import CloseMessageForm
from cases.permissions import Permission, roles_granting
from cases.queries import messages as query
from cases.services import messages as service


@require_GET
def messages(request):
    if not _looks_after_post(request.user):
        raise PermissionDenied("Messages are looked after by coordinators and chairs.")
    return render(
        request, "messages/list.html", {"page": query.page(request.user, state=request.GET.get("state", ""))}
    )


def _looks_after_post(user) -> bool:
    return user.memberships.current().filter(role__in=roles_granting(Permission.SEE_MESSAGES)).exists()


@require_POST
def resend(request, pk):
    message = get_object_or_404(query.visible_to(request.user), pk=pk)
    try:
        service.resend(message=message, by=request.user)
    except DomainError as error:
        notes.error(request, str(error))
    else:
        notes.success(request, "It is on its way again.")
    return redirect("cases:messages")


@require_POST
def close(request, pk):
    message = get_object_or_404(query.visible_to(request.user), pk=pk)
    form = CloseMessageForm(request.POST)
    if form.is_valid():
        try:
            service.close(message=message, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            notes.success(request, "Closed.")
            return redirect("cases:messages")
    context = {"page": query.page(request.user), "form": form, "closing": message.pk}
    return render(request, "messages/list.html", context, status=422)
