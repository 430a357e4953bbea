"""Refer, complete, take in, send back, withdraw, bring again: where does a case begin and turn?"""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from cases import permissions
from cases.domain.errors import DomainError
from cases.domain.referral import Incomplete, LooksLikeSomeone, OpenCaseExists, RecordNumberTaken
from cases.forms.diagnosis import TimingForm
from cases.forms.referral import ReferralForms
from cases.forms.triage import RePresentForm, ReturnForm, WithdrawForm
from cases.models import Case, Draft, TumorBoard
from cases.permissions import Permission
from cases.queries.last_units import last_units
from cases.queries.referral import numbers_seen_by, referral_of, returned_because
from cases.queries.snapshot import since_now
from cases.services import case as case_room
from cases.services import draft as draft_room
from cases.services import pathway
from cases.views._looking import looked_at
from cases.vocabulary import CaseStatus

TO_COMPLETE = {CaseStatus.DRAFT, CaseStatus.RETURNED}


@require_http_methods(["GET", "POST"])
def refer(request):
    """A new referral. Its address carries the id of its draft, and nothing else."""
    key = _uuid(request.GET.get("draft"))
    if key is None:
        return redirect(f"{reverse('cases:refer')}?draft={uuid.uuid4()}")
    boards = TumorBoard.objects.open_to_referrals_by(request.user).order_by("name")
    if not boards:
        return render(request, "case/refer_nowhere.html", status=403)
    return _referral(request, key=key, boards=boards)


@require_http_methods(["GET", "POST"])
def edit_referral(request, pk):
    """A returned or imported referral, filled with all that stands."""
    case = get_object_or_404(_visible(request).select_related("board", "patient", "referred_by"), pk=pk)
    case_room.require_completing(case, by=request.user)
    if case.status not in TO_COMPLETE:
        messages.error(request, "This referral has been sent. Record what is new on the case.")
        return redirect("cases:case", pk=case.pk)
    looked_at(request, case)
    return _referral(request, key=case.pk, boards=TumorBoard.objects.filter(pk=case.board_id), case=case)


def _referral(request, *, key: uuid.UUID, boards, case: Case | None = None) -> HttpResponse:
    if request.method == "GET":
        return _referral_page(request, _unfinished(request, key=key, boards=boards, case=case))
    if "keep" in request.POST:
        return _keep(request, key)
    forms = _forms(request, request.POST, key=key, boards=boards, case=case)
    sent = _send(request, forms) if forms.is_valid() else None
    return sent or _referral_page(request, forms, status=422)


def _forms(request, data, *, key, boards, case, **more) -> ReferralForms:
    return ReferralForms(data, boards=boards, units=last_units(request.user), case=case, key=key, **more)


def _unfinished(request, *, key, boards, case) -> ReferralForms:
    """What the person had typed, else what stands in the record, else nothing."""
    draft = _drafts(request).filter(key=key).first()
    if draft is None:
        initial = referral_of(case) if case else {}
        return _forms(request, None, key=key, boards=boards, case=case, initial=initial)
    forms = _forms(request, typed(draft), key=key, boards=boards, case=case, quiet=True)
    forms.draft = draft
    return forms


def typed(draft: Draft) -> QueryDict:
    """A draft's payload as the browser had sent it."""
    data = QueryDict(mutable=True)
    for name, values in draft.payload.items():
        data.setlist(name, values)
    return data


def _send(request, forms: ReferralForms) -> HttpResponse | None:
    try:
        case = pathway.refer(referral=forms.to_referral(), by=request.user, case=forms.case)
    except OpenCaseExists as error:
        return _open_already(request, forms, error)
    except LooksLikeSomeone as error:
        numbers = numbers_seen_by(request.user, error.patients)
        forms.offer_namesakes(error.patients, seen_numbers=numbers, message=str(error))
    except RecordNumberTaken as error:
        forms.patient.refuse(error, field="record_number")
    except Incomplete as error:
        forms.refuse_missing(error.missing)
    except DomainError as error:
        forms.refuse(str(error))
    else:
        messages.success(request, f"Referral {case.number} is sent to {case.board}.")
        return redirect("cases:case", pk=case.pk)
    return None


def _open_already(request, forms: ReferralForms, error: OpenCaseExists) -> HttpResponse | None:
    visible = _visible(request).filter(pk=error.case.pk).exists()
    if visible and error.case.pk == forms.key:
        return redirect("cases:case", pk=error.case.pk)  # the same form, sent twice
    if visible:
        link = format_html(
            '<a href="{}">{}</a>', reverse("cases:case", args=[error.case.pk]), error.case.number
        )
        forms.refuse(format_html("{} The case is {}.", str(error), link))
    else:
        forms.refuse(str(error))
    return None


def _keep(request, key: uuid.UUID) -> HttpResponse:
    try:
        draft_room.save(form="referral", key=str(key), payload=_raw(request.POST), by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The draft is kept. Nobody but you can see it.")
    return redirect(request.get_full_path())


def _raw(data: QueryDict) -> dict[str, list[str]]:
    return {name: values for name, values in data.lists() if name not in {"csrfmiddlewaretoken", "keep"}}


def _drafts(request):
    return Draft.objects.visible_to(request.user).filter(form="referral")


def _referral_page(request, forms: ReferralForms, *, status: int = 200) -> HttpResponse:
    others = _drafts(request).exclude(key=str(forms.key)).order_by("-saved_at")[:5]
    for other in others:
        other.names = ", ".join(filter(None, typed(other).getlist("patient-family_name")))
    context = {
        "forms": forms,
        "case": forms.case,
        "returned": returned_because(forms.case) if forms.case else None,
        "draft": getattr(forms, "draft", None),
        "other_drafts": () if forms.case else others,
        "zone": forms.zone,
        "autosave_url": reverse("cases:save-draft", args=["referral", forms.key]),
    }
    return render(request, "case/refer.html", context, status=status)


@require_POST
def timing(request):
    """Synchronous or metachronous, while the dates are typed."""
    form = TimingForm(request.POST, prefix="diagnosis")
    return render(request, "case/refer_timing.html", {"timing": form.timing})


@require_POST
def accept(request, pk):
    case = _case(request, pk)
    try:
        pathway.accept(case=case, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{case.number} is taken in, and the disciplines are asked.")
    return redirect("cases:case", pk=case.pk)


@require_http_methods(["GET", "POST"])
def return_to_referrer(request, pk):
    case = _case(request, pk)
    permissions.require(request.user, Permission.TRIAGE_CASE, board=case.board)
    form = ReturnForm(_typed(request))

    def send_back() -> None:
        case_room.return_to_referrer(case=case, missing=form.missing, by=request.user)

    done = f"{case.number} is sent back to {case.referred_by}."
    return _turn(request, case, form, send_back, page="return", done=done)


@require_http_methods(["GET", "POST"])
def withdraw(request, pk):
    case = _case(request, pk)
    case_room.require_withdrawing(case, by=request.user)
    form = WithdrawForm(_typed(request))

    def take_away() -> None:
        pathway.withdraw(case=case, reason=form.cleaned_data["reason"], by=request.user)

    return _turn(request, case, form, take_away, page="withdraw", done=f"{case.number} is withdrawn.")


@require_http_methods(["GET", "POST"])
def re_present(request, pk):
    case = _case(request, pk)
    permissions.require(request.user, Permission.LIST_CASE, board=case.board)
    form = RePresentForm(_typed(request), initial={"topics": case.topics})

    def bring_again() -> None:
        pathway.re_present(case=case, by=request.user, **form.cleaned_data)

    done = f"{case.number} is in preparation again."
    now = timezone.now()
    since = since_now(case, user=request.user, on=now.astimezone(case.board.zone).date())
    return _turn(request, case, form, bring_again, page="re_present", done=done, since=since)


def _turn(
    request, case: Case, form, step: Callable[[], None], *, page: str, done: str, **more
) -> HttpResponse:
    """Ask for the words that go with a step, take it, say so."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                step()
            except DomainError as error:
                form.refuse(error)
            else:
                messages.success(request, done)
                return redirect("cases:case", pk=case.pk)
    else:
        looked_at(request, case)
    return render(request, f"case/refer_{page}.html", {"case": case, "form": form, **more}, status=status)


def _visible(request):
    return Case.objects.visible_to(request.user)


def _case(request, pk) -> Case:
    return get_object_or_404(_visible(request).select_related("board", "patient", "referred_by"), pk=pk)


def _typed(request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _uuid(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None
