"""How is a decision made on the screen, signed, read and amended?"""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cases import permissions
from cases.domain.comparison import differences
from cases.domain.errors import DomainError, SomeoneWasFaster
from cases.domain.recommendation import Incomplete
from cases.forms.recommendation import AmendForm, DecisionForms, typed, with_rows
from cases.models import AgendaItem, Draft, Recommendation
from cases.permissions import Permission
from cases.queries.decision import decision_of
from cases.queries.decision_page import Making, making, standing
from cases.queries.decision_typed import as_typed
from cases.services import draft as draft_room
from cases.services import pathway
from cases.services import recommendation as decision_room
from cases.vocabulary import ItemStatus
from tumorboard.audit import trail

PAGE = "recommendation/make.html"
BEFORE_THE_BOARD = {ItemStatus.OPEN, ItemStatus.DISCUSSED}


@require_http_methods(["GET", "POST"])
def make_decision(request, pk):
    """Type the decision for all to see; keep it; sign it when nothing is lacking."""
    room = _room(request, pk)
    if room.recommendation and room.recommendation.signed_at and request.method == "GET":
        return redirect("cases:decision", pk=room.recommendation.pk)
    if room.item.status not in BEFORE_THE_BOARD:
        messages.error(request, "This case is not before the board. Open it in the meeting first.")
        return redirect("cases:case", pk=room.case.pk)
    if request.method == "GET":
        trail.record(actor=request.user, verb="case.viewed", subject=room.case, about=room.case.about)
        return _unfinished(request, room)
    if "discard" in request.POST:
        draft_room.discard(form=decision_room.FORM, key=str(pk), by=request.user)
        return redirect("cases:make-decision", pk=pk)
    if "more" in request.POST:
        return _page(request, room, _forms(room, with_rows(request.POST, spare=1)), quiet=True)
    forms = _forms(room, request.POST)
    kept = _keep(request, room, forms) if forms.is_valid() else None
    return kept or _page(request, room, forms, status=422)


def _unfinished(request, room: Making) -> HttpResponse:
    """What this person had typed and not handed in, else what stands."""
    mine = (
        Draft.objects.visible_to(request.user).filter(form=decision_room.FORM, key=str(room.item.pk)).first()
    )
    if mine is None:
        payload = as_typed(room.recommendation, wish=room.wish)
        return _page(request, room, _forms(room, typed(payload)), quiet=True)
    forms = _forms(room, typed(mine.payload))
    if mine.base_version == room.version:
        return _page(request, room, forms, quiet=True, draft=mine)
    forms.is_valid()
    return _beside_theirs(request, room, forms, status=200, quiet=True, draft=mine)


def _keep(request, room: Making, forms: DecisionForms) -> HttpResponse | None:
    keep = pathway.decide if "sign" in request.POST else decision_room.draft
    try:
        recommendation = keep(
            item=room.item,
            version=forms.version,
            fields=forms.fields,
            actions=forms.planned,
            dissents=forms.dissents_said,
            by=request.user,
        )
    except Incomplete as error:
        forms.refuse_lacking(error.lacking)
    except SomeoneWasFaster as error:
        forms.refuse(str(error))
        return _beside_theirs(request, room, forms, status=422)
    except DomainError as error:
        forms.refuse(str(error))
    else:
        return _done(request, recommendation)
    return None


def _done(request, recommendation: Recommendation) -> HttpResponse:
    if recommendation.signed_at:
        messages.success(
            request, "The decision is signed. The owners are told; the letter waits for approval."
        )
        return redirect("cases:decision", pk=recommendation.pk)
    messages.success(request, "The decision is kept. The whole board can see it.")
    return redirect("cases:make-decision", pk=recommendation.item_id)


@require_POST
def read_back(request, pk):
    """The paragraph and what still blocks, while somebody types; nothing is kept."""
    room = _room(request, pk)
    return render(request, f"{PAGE}#side", _context(room, _forms(room, request.POST), live=True))


def _room(request, pk) -> Making:
    visible = AgendaItem.objects.visible_to(request.user).select_related(
        "meeting__board", "case__board", "case__patient", "case__referred_by"
    )
    item = get_object_or_404(visible, pk=pk)
    permissions.require(request.user, Permission.DRAFT_DECISION, board=item.meeting.board)
    return making(item, user=request.user, now=timezone.now())


def _forms(room: Making, data: QueryDict) -> DecisionForms:
    lesions = {str(seen.lesion.pk): seen.lesion for seen in room.lesions}
    return DecisionForms(data, owners=room.owners, lesions=lesions, dissenters=room.dissenters)


def _page(request, room: Making, forms: DecisionForms, *, status: int = 200, **more) -> HttpResponse:
    return render(request, PAGE, _context(room, forms, **more), status=status)


def _context(room: Making, forms: DecisionForms, **more) -> dict:
    """The forms answer for what is typed now; `quiet` holds back what is wrong with it."""
    forms.is_valid()
    decision = forms.decision
    lacking = room.lacks(decision)
    forms.point_out(lacking)
    return {
        "room": room,
        "case": room.case,
        "item": room.item,
        "forms": forms,
        "said": room.said(decision),
        "checks": room.checks(decision),
        "lacks": lacking,
        **more,
    }


def _beside_theirs(request, room: Making, forms: DecisionForms, *, status: int, **more) -> HttpResponse:
    """Both versions in sight. Whoever saves from here has seen the other, and replaces it knowingly."""
    theirs = Recommendation.objects.select_related("signed_by").get(item=room.item)
    forms.go_on_from(theirs.version)
    more["differences"] = differences(theirs=decision_of(theirs), mine=forms.decision)
    return _page(request, room, forms, status=status, theirs=theirs, **more)


@require_http_methods(["GET"])
def decision(request, pk):
    """A decision as it stands. What is not signed yet goes on where it is made."""
    recommendation = _decision(request, pk)
    case = recommendation.case
    if recommendation.signed_at is None and permissions.may(
        request.user, Permission.DRAFT_DECISION, board=case.board
    ):
        return redirect("cases:make-decision", pk=recommendation.item_id)
    return _decision_page(request, recommendation, AmendForm())


@require_POST
def sign_decision(request, pk):
    """Sign what was kept, unchanged: for a chair who only reads."""
    recommendation = _decision(request, pk)
    version = request.POST.get("version", "")
    try:
        pathway.sign_off(
            recommendation=recommendation,
            version=int(version) if version.isascii() and version.isdigit() else 0,
            by=request.user,
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("cases:make-decision", pk=recommendation.item_id)
    return _done(request, recommendation)


@require_POST
def amend_decision(request, pk):
    recommendation = _decision(request, pk)
    form = AmendForm(request.POST)
    if form.is_valid():
        try:
            pathway.amend_decision(recommendation=recommendation, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, "The amendment stands under the decision. A letter waits for approval.")
            return redirect("cases:decision", pk=recommendation.pk)
    return _decision_page(request, recommendation, form, status=422)


def _decision(request, pk) -> Recommendation:
    visible = Recommendation.objects.visible_to(request.user).select_related(
        "case__board", "case__patient", "item__meeting__board", "signed_by"
    )
    return get_object_or_404(visible, pk=pk)


def _decision_page(
    request, recommendation: Recommendation, form: AmendForm, *, status: int = 200
) -> HttpResponse:
    case = recommendation.case
    trail.record(actor=request.user, verb="case.viewed", subject=case, about=case.about)
    shown = standing(recommendation, user=request.user, now=timezone.now())
    context = {"shown": shown, "recommendation": recommendation, "case": case, "form": form}
    return render(request, "recommendation/decision.html", context, status=status)
