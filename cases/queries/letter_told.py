"""What does the record hold for one letter: its decision, its occasion, and the sentences they make?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from cases.domain import letters
from cases.domain import letters_body as body
from cases.domain.letters import Occasion, Sentence
from cases.domain.letters_patient import for_patient
from cases.domain.letters_sources import Source, facts, sources
from cases.domain.ratifying import provisional_words
from cases.domain.recommendation import Action, Decision
from cases.models import Letter, Patient, Recommendation, RecommendedAction
from cases.queries.decision import decision_of
from cases.vocabulary import LetterKind, LetterStatus, RatificationAnswer, Specialty


class Told:
    """The record as one letter needs it, read once."""

    def __init__(self, letter: Letter):
        self.letter = letter
        self.decision = _in_full(letter.recommendation)
        self.occasion = _occasion(letter)

    def sentences(self) -> tuple[Sentence, ...]:
        if self.letter.kind == LetterKind.PATIENT:
            return for_patient(self.decision, self.occasion)
        return letters.clinical(self.decision, self.occasion, kind=self.letter.kind)

    def sources(self) -> dict[str, Source]:
        return sources(self.decision, self.occasion)

    def facts(self) -> tuple[str, ...]:
        return facts(self.decision, self.occasion)


def met_on(recommendation: Recommendation) -> date:
    """The day of the meeting, as the board's own calendar has it."""
    meeting = recommendation.item.meeting
    return meeting.starts_at.astimezone(meeting.board.zone).date()


def name_in_full(patient: Patient) -> str:
    """As one greets a person: the given name first."""
    return " ".join(filter(None, (patient.given_name, patient.family_name))) or "patient"


def is_superseded(letter: Letter) -> bool:
    """There is a newer one of its kind on the same discussion."""
    return _siblings(letter).filter(number__gt=letter.number).exists()


def has_changed(letter: Letter) -> bool:
    """Whether the record says something else now; letters of earlier days cannot tell."""
    paragraphs = body.read(letter.body)
    return bool(paragraphs) and not body.is_current(paragraphs, Told(letter).sentences())


def _siblings(letter: Letter):
    return Letter.objects.filter(recommendation__item=letter.recommendation.item_id, kind=letter.kind)


def _replaced_on(letter: Letter) -> date | None:
    """When the last of its kind was sent that this letter replaces."""
    earlier = _siblings(letter).filter(number__lt=letter.number, status=LetterStatus.SENT)
    sent = earlier.order_by("-number").values_list("sent_at", flat=True).first()
    return sent.astimezone(letter.case.board.zone).date() if sent else None


def _occasion(letter: Letter) -> Occasion:
    case, recommendation = letter.case, letter.recommendation
    asked = list(recommendation.ratifications.values_list("specialty", "answer"))
    waiting = [specialty for specialty, answer in asked if not answer]
    objected = [specialty for specialty, answer in asked if answer == RatificationAnswer.OBJECTED]
    words = provisional_words(waiting=waiting, objected=objected)
    return Occasion(
        board=case.board.name,
        met_on=met_on(recommendation),
        addressee=letter.to,
        referrer=case.referred_by.get_full_name(),
        question=case.question,
        provisional=words if asked else _absent(recommendation),
        waiting=bool(waiting) or not asked,
        objected=len(objected),
        replaces=_replaced_on(letter),
        amended_because=recommendation.amendment_reason,
        stood=recommendation.item.stood_before,
        remarks=tuple(recommendation.amendments.order_by("number").values_list("text", flat=True)),
    )


def _absent(recommendation: Recommendation) -> str:
    """Before anybody has been asked to ratify, an absence alone keeps a decision provisional."""
    absent = [Specialty(code).label.lower() for code in recommendation.quorum_missing]
    return f"Provisional: {letters.listed(absent)} absent." if absent else ""


def _in_full(recommendation: Recommendation) -> Decision:
    """The decision with people named as letters name them."""
    decision = decision_of(recommendation)
    rows = RecommendedAction.objects.filter(recommendation=recommendation).select_related("owner")
    people = [row.owner for row in rows if row.owner]
    people += [one.who for one in recommendation.dissents.select_related("who") if one.who]
    names = {str(person): person.get_full_name() for person in people}
    return replace(
        decision,
        actions=tuple(_named(action, names) for action in decision.actions),
        dissents=tuple(replace(one, who=names.get(one.who, one.who)) for one in decision.dissents),
    )


def _named(action: Action, names: Mapping[str, str]) -> Action:
    condition, plan_b = action.condition, action.plan_b
    return replace(
        action,
        owner=names.get(action.owner, action.owner),
        condition=condition and replace(condition, owner=names.get(condition.owner, condition.owner)),
        plan_b=plan_b and replace(plan_b, owner=names.get(plan_b.owner, plan_b.owner)),
    )
