"""How does a hospital whose report was read differently see what is asked of it, and answer?"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cases.domain.errors import DomainError
from cases.forms.addendum import AddendumForm
from cases.models import AddendumRequest, SpecialistInput
from cases.services import specialist_input as service
from cases.views._looking import looked_at


@require_POST
def ask(request, pk):
    visible = SpecialistInput.objects.visible_to(request.user).select_related(
        "case__board", "case__referred_by"
    )
    asked = get_object_or_404(visible, pk=pk)
    try:
        new = service.ask_addendum(specialist_input=asked, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("cases:input", pk=pk)
    messages.success(request, f"{new.case.referred_by} is asked for an addendum from {new.study.done_at}.")
    return redirect("cases:addendum", pk=new.pk)


@require_http_methods(["GET", "POST"])
def page(request, pk):
    visible = AddendumRequest.objects.visible_to(request.user).select_related(
        "case__board", "case__patient", "case__referred_by", "study", "created_by", "answered_by"
    )
    asked = get_object_or_404(visible, pk=pk)
    if request.method == "GET":
        looked_at(request, asked.case)
        return _show(request, asked, AddendumForm())
    form = AddendumForm(request.POST)
    if form.is_valid():
        try:
            service.answer_addendum(request=asked, answer=form.cleaned_data["answer"], by=request.user)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, f"{asked.created_by} is told that the addendum is here.")
            return redirect("cases:addendum", pk=pk)
    return _show(request, asked, form, status=422)


def _show(request, asked: AddendumRequest, form: AddendumForm, *, status: int = 200) -> HttpResponse:
    may_answer = asked.answered_at is None and service.may_answer_addendum(asked, by=request.user)
    context = {
        "addendum": asked,
        "case": asked.case,
        "study": asked.study,
        "zone": asked.case.board.zone,
        "form": form if may_answer or form.is_bound else None,
        "may_answer": may_answer,
    }
    return render(request, "specialist_input/addendum.html", context, status=status)
