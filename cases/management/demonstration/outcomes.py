"""What do the invented patient and doctors read, and what do the owners say of their actions?"""

from datetime import date, timedelta

from cases.domain import letters_body
from cases.models import AgendaItem, Letter
from cases.models.follow_up import actions
from cases.services import follow_up, letter
from cases.vocabulary import ActionReport, ActionRole, LetterKind, NotDoneReason

# What a doctor typed, said plainly, by the paragraph that asks for it.
PLAINLY = {
    "wish_reason": "It is the shortest way to a treatment that can cure you.",
    "dissent-1": "One doctor would wait first and then look again with a scan.",
}
OF_A_RESECTION = {
    "why": "There is one spot. It lies at the edge of your liver. Enough healthy liver will stay.",
    "action-1-detail": "It is done through small cuts.",
    "action-2-detail": "This scan shows if the spot is gone.",
    "action-3-detail": "You will meet your doctor and the nurse. You can ask all you want to know.",
}
OF_AN_ABLATION = {
    "why": "There is one small spot. A needle can reach it safely. Your liver is strong enough.",
    "action-1": "First we test how well your blood clots. If it clots well, a doctor puts a needle into the "
    "spot and kills it with heat. You are asleep and feel nothing. If it does not clot well, the spot is "
    "treated with strong rays from outside.",
    "action-2-detail": "This scan shows if the spot is gone.",
    "action-3-detail": OF_A_RESECTION["action-3-detail"],
}


def tell_the_patient(item: AgendaItem, *, standard: bool, people: dict) -> None:
    """The coordinator writes what no rule can say."""
    words = PLAINLY | (OF_A_RESECTION if standard else OF_AN_ABLATION)
    summary = _letter(item, LetterKind.PATIENT)
    for one in letters_body.read(summary.body):
        if one.is_missing and one.key in words:
            letter.edit(
                letter=summary,
                key=one.key,
                version=one.version,
                text=words[one.key],
                by=people["coordinator"],
            )


def hand_over(item: AgendaItem, *, kind: LetterKind, how: str, people: dict) -> None:
    """A letter on paper: approved by the chair, and gone."""
    paper = _letter(item, kind)
    letter.approve(letter=paper, version=paper.version, by=people["chair"])
    letter.mark_sent(letter=paper, how=how, by=people["coordinator"])


def report_everything_done(item: AgendaItem, today: date) -> None:
    """Conditions first: until they are met nothing waits to be done. Plan B is not needed."""
    for role, said in ((ActionRole.CONDITION, ActionReport.MET), (ActionRole.MAIN, ActionReport.DONE)):
        for action in _of(item).filter(role=role):
            day = today if said == ActionReport.DONE else None
            _report(action, report=said, happened_on=day)


def begin_follow_up(item: AgendaItem, today: date) -> None:
    """The imaging has its day; whoever was to tell the patient cannot, so the board hears of it."""
    imaging, talk = _of(item).filter(role=ActionRole.MAIN).order_by("position")[1:3]
    _report(imaging, report=ActionReport.ACCEPTED, planned_on=today + timedelta(days=40))
    _report(
        talk,
        report=ActionReport.DECLINED,
        reason=NotDoneReason.LOGISTICS,
        note="Away this week: somebody else has to tell the patient.",
    )


def _letter(item: AgendaItem, kind: LetterKind) -> Letter:
    return Letter.objects.select_related("case__board").get(recommendation__item=item, kind=kind)


def _of(item: AgendaItem):
    return actions().filter(recommendation__item=item).select_related("owner", "recommendation__case__board")


def _report(action, *, report, reason="", note="", happened_on=None, planned_on=None) -> None:
    follow_up.report(
        action=action,
        report=report,
        reason=reason,
        note=note,
        happened_on=happened_on,
        planned_on=planned_on,
        by=action.owner,
    )
