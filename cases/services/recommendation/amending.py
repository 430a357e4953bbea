"""How is a signed decision changed? By a new version beside it, which replaces it once it is signed."""

from django.db import transaction

from cases import permissions
from cases.domain import recommendation as rules
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import ActionLesion, LesionPlan, Recommendation, RecommendedAction, SectionVersion
from cases.permissions import Permission
from cases.services.recommendation.writing import announce
from tumorboard.audit import trail

COPIED = (
    "intent",
    "guideline",
    "guideline_name",
    "guideline_reason",
    "rationale",
    "patient_wish",
    "wish_weight",
    "wish_reason",
    "trial",
    "trial_words",
    "checked",
    "checked_at",
    "checked_by_id",
    "expires_on",
    "re_present_on",
    "re_present_why",
)


@transaction.atomic
def begin_amendment(*, recommendation: Recommendation, reason: str, by) -> Recommendation:
    """The next version of a signed decision, changed and signed like the first, which stands till then."""
    permissions.require(by, Permission.SIGN_DECISION, board=recommendation.item.meeting.board)
    rules.require_reason(reason)
    # The row is the lock: of two who begin at once, one version comes of it.
    standing = (
        Recommendation.objects.select_for_update(of=("self",))
        .select_related("item__meeting__board", "item__case__board")
        .get(pk=recommendation.pk)
    )
    if standing.signed_at is None:
        raise Refused("This decision is not signed yet. Change it instead.")
    if standing.superseded_at is not None:
        raise SomeoneWasFaster("A later version of this decision stands. Amend that one.")
    if Recommendation.objects.being_made().filter(item=standing.item_id).exists():
        raise SomeoneWasFaster("A new version of this decision is being made already.")
    amended = _copy(standing, reason.strip(), by=by)
    trail.record(
        actor=by,
        verb="decision.amendment_begun",
        subject=amended,
        about=standing.item.case.about,
        number=amended.number,
    )
    announce(standing.item)
    return amended


def _copy(standing: Recommendation, reason: str, *, by) -> Recommendation:
    amended = Recommendation.objects.create(
        item_id=standing.item_id,
        case_id=standing.case_id,
        number=standing.number + 1,
        amendment_reason=reason,
        created_by=by,
        **{name: getattr(standing, name) for name in COPIED},
    )
    for section in standing.sections.all():
        SectionVersion.objects.create(
            recommendation=amended,
            section=section.section,
            version=section.version,
            changed_at=section.changed_at,
            changed_by_id=section.changed_by_id,
        )
    for plan in standing.plans.filter(lesion__withdrawn_at=None):
        LesionPlan.objects.create(
            recommendation=amended,
            lesion_id=plan.lesion_id,
            plan=plan.plan,
            detail=plan.detail,
            created_by=by,
        )
    for dissent in standing.dissents.order_by("created_at", "pk"):
        amended.dissents.create(who_id=dissent.who_id, reason=dissent.reason, created_by=by)
    for action in standing.actions.filter(parent=None).order_by("position"):
        _copy_action(action, amended, None, by=by)
    return amended


def _copy_action(action: RecommendedAction, into: Recommendation, parent, *, by) -> None:
    """The same thread: what was reported of the action stays with it."""
    copy = RecommendedAction.objects.create(
        recommendation=into,
        thread=action.thread,
        role=action.role,
        parent=parent,
        position=action.position,
        kind=action.kind,
        detail=action.detail,
        owner_id=action.owner_id,
        due_on=action.due_on,
        condition=action.condition,
        plan_b=action.plan_b,
        created_by=by,
    )
    ActionLesion.objects.bulk_create(
        ActionLesion(action=copy, lesion=lesion) for lesion in action.lesions.all()
    )
    for child in action.children.all():
        _copy_action(child, into, copy, by=by)
