"""What did the invented board decide, and what came of it?"""

from datetime import date, timedelta

from cases.management.demonstration.story import Story
from cases.models import AgendaItem, Letter
from cases.models.follow_up import actions
from cases.services import follow_up, letter, pathway, recommendation
from cases.services import meeting as meetings
from cases.services.recommendation import DissentSaid, PlannedAction
from cases.vocabulary import ActionKind, ActionReport, Intent, WishWeight


def decide(item: AgendaItem, *, story: Story, people: dict, today: date) -> None:
    """Open the case, talk, record, sign, tell; and for an old one: report that it was done."""
    chair, coordinator = people["chair"], people["coordinator"]
    meetings.open_case(item=item, by=coordinator)
    item.refresh_from_db()
    talk = "Imaging shown by Dr Sorensen. All agree on one treatment of the single lesion."
    meetings.record_discussion(item=item, version=item.discussion_version, discussion=talk, by=coordinator)
    item.refresh_from_db()
    decided = recommendation.draft(
        item=item,
        version=0,
        fields={
            "intent": Intent.CURATIVE,
            "rationale": "A single small lesion that can be reached safely; liver function allows it.",
            "patient_wish": story.wish,
            "wish_weight": WishWeight.FOLLOWED,
            "wish_reason": "The shortest way to a definite treatment was chosen.",
        },
        actions=_actions(item, people, today),
        dissents=[
            DissentSaid(who=people["oncologist"], reason="Would repeat the MRI after three months first.")
        ],
        by=coordinator,
    )
    pathway.sign_off(recommendation=decided, version=decided.version, by=chair)
    _tell(item, people)
    if story.reaches == "closed":
        _report_everything_done(item, today)


def _actions(item: AgendaItem, people: dict, today: date) -> list[PlannedAction]:
    lesions = list(item.case.lesion_set.order_by("number"))
    return [
        PlannedAction(
            kind=ActionKind.ABLATION,
            detail="Microwave ablation of L1 under general anaesthesia",
            lesions=lesions[:1],
            owner=people["interventional"],
            due_on=today + timedelta(days=14),
            condition="INR at most 1.5 on the day",
            plan_b="Resection of the segment",
        ),
        PlannedAction(
            kind=ActionKind.IMAGING,
            detail="MRI four weeks after ablation",
            owner=people["radiologist"],
            due_on=today + timedelta(days=42),
        ),
        PlannedAction(
            kind=ActionKind.CLINIC,
            detail="Tell the patient, with the nurse specialist",
            owner=people["referrer"],
            due_on=today + timedelta(days=1),
        ),
    ]


def _tell(item: AgendaItem, people: dict) -> None:
    draft = Letter.objects.select_related("case__board").get(case_id=item.case_id)
    letter.approve(letter=draft, version=draft.version, by=people["chair"])
    draft.refresh_from_db()
    letter.send(letter=draft, by=people["coordinator"])


def _report_everything_done(item: AgendaItem, today: date) -> None:
    for action in actions().filter(recommendation__item=item).select_related("owner", "recommendation__case"):
        follow_up.report(
            action=action,
            report=ActionReport.DONE,
            reason="",
            note="",
            happened_on=today,
            by=action.owner,
        )
