"""What did the invented board decide, and what came of it?"""

from datetime import date, timedelta
from typing import Any

from cases.management.demonstration import outcomes
from cases.management.demonstration.story import Story
from cases.models import AgendaItem, Letter, Recommendation
from cases.queries.decision import viable_lesions
from cases.services import letter, pathway, recommendation
from cases.services import meeting as meetings
from cases.services.recommendation import PlannedAction, PlannedCondition, PlannedPlanB
from cases.vocabulary import (
    ActionKind,
    ChecklistItem,
    DecisionSection,
    GuidelineUse,
    Intent,
    Lane,
    LesionPlanKind,
    LetterKind,
    TrialConsidered,
    WishWeight,
)

SO_FAR = "Enlarge the right side first, CT volume at four weeks, then right hepatectomy with ablation of L4"
TALK = "Imaging shown by Dr Sorensen. Ablation can be reached safely; biopsy would not change the plan."


def decide(item: AgendaItem, *, story: Story, people: dict, today: date) -> None:
    """Talk unless it is standard of care, write, read back, sign, tell; and for an old one: it was done."""
    if item.lane == Lane.DISCUSSION:
        _talk(item, people)
    written = recommendation.begin(item=item, by=people["coordinator"])
    _write(written, item, story, people, today)
    written.refresh_from_db()
    recommendation.confirm_read_back(recommendation=written, version=written.version, by=people["chair"])
    pathway.sign_off(recommendation=written, version=written.version, by=people["chair"])
    _tell(item, people)
    outcomes.tell_the_patient(item, standard=item.lane == Lane.STANDARD, people=people)
    if story.reaches == "closed":
        outcomes.hand_over(item, kind=LetterKind.GP, how="posted", people=people)
        outcomes.hand_over(item, kind=LetterKind.PATIENT, how="handed over in the clinic", people=people)
        outcomes.report_everything_done(item, today)
    else:
        outcomes.begin_follow_up(item, today)


def begin(item: AgendaItem, *, story: Story, people: dict) -> None:
    """What stands on the screen while the board still talks: the aim, the wish, a plan for two lesions."""
    by = people["coordinator"]
    item.refresh_from_db()
    meetings.save_discussion(item=item, version=item.discussion_version, discussion=SO_FAR, by=by)
    written = recommendation.begin(item=item, by=by)
    for section, values in {
        DecisionSection.INTENT: {"intent": Intent.CURATIVE},
        DecisionSection.WISH: {
            "patient_wish": story.wish,
            "wish_weight": WishWeight.IN_PART,
            "wish_reason": "Cure stays the aim; two stays in hospital, not one.",
        },
    }.items():
        recommendation.save_section(recommendation=written, section=section, version=0, values=values, by=by)
    first, second, *_ = viable_lesions(item.case_id)
    for lesion in (first, second):
        recommendation.save_plan(
            recommendation=written, lesion=lesion, plan=LesionPlanKind.RESECT, version=0, by=by
        )


def _talk(item: AgendaItem, people: dict) -> None:
    meetings.open_case(item=item, by=people["coordinator"])
    item.refresh_from_db()
    meetings.record_discussion(
        item=item, version=item.discussion_version, discussion=TALK, by=people["coordinator"]
    )
    item.refresh_from_db()


def _write(written: Recommendation, item: AgendaItem, story: Story, people: dict, today: date) -> None:
    standard = item.lane == Lane.STANDARD
    by = people["coordinator"]
    for section, values in _sections(story, today, standard=standard).items():
        recommendation.save_section(recommendation=written, section=section, version=0, values=values, by=by)
    plan = LesionPlanKind.RESECT if standard else LesionPlanKind.ABLATE
    for lesion in viable_lesions(item.case_id):
        recommendation.save_plan(recommendation=written, lesion=lesion, plan=plan, version=0, by=by)
    make = _resection if standard else _ablation
    for said in make(item, people, today):
        recommendation.save_action(recommendation=written, action=None, version=0, said=said, by=by)
    if not standard:
        recommendation.save_dissent(
            recommendation=written,
            dissent=None,
            version=0,
            who=people["oncologist"],
            reason="Would repeat the MRI after three months first.",
            by=by,
        )


def _sections(story: Story, today: date, *, standard: bool) -> dict[DecisionSection, dict[str, Any]]:
    why = (
        "A single metastasis at the left edge; enough liver is left, and the primary is controlled."
        if standard
        else "A single small lesion that can be reached safely; liver function allows it."
    )
    S = DecisionSection  # noqa: N806
    return {
        S.INTENT: {"intent": Intent.CURATIVE},
        S.GUIDELINE: {"guideline": GuidelineUse.FOLLOWED, "guideline_name": "the hospital’s own pathway"},
        S.WHY: {"rationale": why},
        S.WISH: {
            "patient_wish": story.wish,
            "wish_weight": WishWeight.FOLLOWED,
            "wish_reason": "The shortest way to a definite treatment was chosen.",
        },
        S.TRIAL: {"trial": TrialConsidered.NONE_FITS, "trial_words": ""},
        S.CHECKLIST: {"checked": list(ChecklistItem)},
        S.REVIEW: {
            "expires_on": today + timedelta(days=60),
            "re_present_on": today + timedelta(days=90),
            "re_present_why": "Does the MRI show any tumour left?",
        },
    }


def _ablation(item: AgendaItem, people: dict, today: date) -> list[PlannedAction]:
    return [
        PlannedAction(
            kind=ActionKind.ABLATION,
            detail="Microwave ablation of L1 under general anaesthesia",
            lesions=viable_lesions(item.case_id)[:1],
            owner=people["interventional"],
            due_on=today + timedelta(days=14),
            condition=PlannedCondition(
                "INR is at most 1.5", people["hepatologist"], today + timedelta(days=10)
            ),
            plan_b=PlannedPlanB(ActionKind.SBRT, "", people["radiotherapist"], today + timedelta(days=28)),
        ),
        *_afterwards("MRI four weeks after ablation", people, today),
    ]


def _resection(item: AgendaItem, people: dict, today: date) -> list[PlannedAction]:
    return [
        PlannedAction(
            kind=ActionKind.RESECTION,
            detail="Laparoscopic resection of segment 2",
            lesions=viable_lesions(item.case_id),
            owner=people["surgeon"],
            due_on=today + timedelta(days=21),
        ),
        *_afterwards("MRI three months after resection", people, today),
    ]


def _afterwards(imaging: str, people: dict, today: date) -> list[PlannedAction]:
    return [
        PlannedAction(
            kind=ActionKind.IMAGING,
            detail=imaging,
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
    to_referrer = Letter.objects.filter(case=item.case_id, kind=LetterKind.REFERRER)
    draft = to_referrer.select_related("case__board").get()
    letter.approve(letter=draft, version=draft.version, by=people["chair"])
    draft.refresh_from_db()
    letter.send(letter=draft, by=people["coordinator"])
