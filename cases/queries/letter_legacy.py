"""What does a letter say that was drafted before letters were kept paragraph by paragraph?"""

from dataclasses import replace
from datetime import datetime

from cases.domain.read_back import listed
from cases.exchange import pdf
from cases.models import Letter, Membership, Recommendation, RecommendedAction
from cases.queries.decision import actions_of
from cases.queries.letter_told import met_on
from cases.queries.room import guests_for, there_for
from cases.vocabulary import Intent, Role, Specialty, WishWeight

TITLE = "Outcome of the tumour board"


def legacy_document(
    letter: Letter, *, made_for: str, made_at: datetime, approved: bool
) -> pdf.LetterDocument:
    recommendation, board = letter.recommendation, letter.case.board
    said = pdf.LetterDocument(
        hospital=board.hospital.name,
        board=board.name,
        title=TITLE,
        addressee=(letter.recipient.get_full_name(),),
        dated=made_at.astimezone(board.zone).date(),
        patient=identity(letter),
        discussed_on=met_on(recommendation),
        question=letter.case.question,
        present=present(recommendation, made_at),
        quorum=quorum(recommendation),
        recommendation=recommendation.rationale,
        intent=Intent(recommendation.intent).label,
        actions=tuple(_action(action) for action in actions_of(recommendation)),
        wish=recommendation.patient_wish,
        contact=contact(board),
        version=letter.number,
        approved=approved,
        made_for=made_for,
        made_at=made_at,
        time_zone=board.time_zone,
    )
    return _completed(said, letter)


def _completed(said: pdf.LetterDocument, letter: Letter) -> pdf.LetterDocument:
    """With what not every letter has."""
    recommendation = letter.recommendation
    assert recommendation.signed_by, "a letter tells of a signed decision"
    absent = _absent(recommendation)
    return replace(
        said,
        opening=letter.opening,
        closing=letter.closing,
        wish_weight=_weight(recommendation),
        signed_by=recommendation.signed_by.get_full_name(),
        signed_at=recommendation.signed_at,
        provisional=f"Needed for a quorum and absent: {absent}." if absent else "",
        dissent=_dissents(recommendation),
        amendments=_amendments(recommendation),
    )


def identity(letter: Letter) -> pdf.PatientIdentity:
    patient = letter.case.patient
    return pdf.PatientIdentity(
        name=patient.name,
        born_on=patient.birth_date,
        sex=patient.get_sex_display(),
        record_number=patient.record_number,
        case_number=letter.case.number,
    )


def _absent(recommendation: Recommendation) -> str:
    return listed([Specialty(code).label.lower() for code in recommendation.quorum_missing] or [""])


def quorum(recommendation: Recommendation) -> str:
    absent = _absent(recommendation)
    return f"Absent: {absent}." if absent else "The board was quorate."


def present(recommendation: Recommendation, made_at: datetime) -> tuple[str, ...]:
    """Each once, also who left and came back; then who had come for this case alone."""
    now = recommendation.signed_at or made_at
    there = [_attended(one) for one in there_for(recommendation.item, now=now)]
    guests = [_guest(one) for one in guests_for(recommendation.item, now=now)]
    return tuple(dict.fromkeys((*there, *guests)))


def _attended(attendance) -> str:
    name = attendance.user.get_full_name()
    deputy = f"{name} for {attendance.deputy_for.get_full_name()}" if attendance.deputy_for else name
    return f"{deputy} ({attendance.get_specialty_display().lower()})" if attendance.specialty else deputy


def _guest(guest) -> str:
    came_as = guest.comes_as or guest.get_specialty_display().lower()
    return f"{guest.name} ({came_as}, guest)" if came_as else f"{guest.name} (guest)"


def _action(action: RecommendedAction) -> pdf.LetterAction:
    lesions = [lesion.label for lesion in sorted(action.lesions.all(), key=lambda lesion: lesion.number)]
    what = ", ".join(part for part in (action.get_kind_display(), action.detail) if part)
    return pdf.LetterAction(
        number=action.position,
        what=f"{what} ({listed(lesions)})" if lesions else what,
        owner=action.owner.get_full_name() if action.owner else "",
        due_on=action.due_on,
        condition=action.condition,
        plan_b=action.plan_b,
    )


def _weight(recommendation: Recommendation) -> str:
    label = WishWeight(recommendation.wish_weight).label.lower()
    return f"{label}: {recommendation.wish_reason}" if recommendation.wish_reason else label


def _dissents(recommendation: Recommendation) -> tuple[pdf.LetterDissent, ...]:
    return tuple(
        pdf.LetterDissent(who=one.who.get_full_name() if one.who else "For the minutes", view=one.reason)
        for one in recommendation.dissents.select_related("who").order_by("created_at")
    )


def _amendments(recommendation: Recommendation) -> tuple[pdf.LetterAmendment, ...]:
    return tuple(
        pdf.LetterAmendment(
            number=one.number,
            at=one.created_at,
            by=one.created_by.get_full_name(),
            reason=one.reason,
            text=one.text,
        )
        for one in recommendation.amendments.select_related("created_by").order_by("number")
    )


def contact(board) -> str:
    seats = Membership.objects.current().with_role(Role.COORDINATOR).filter(board=board)
    people = [seat.user for seat in seats.select_related("user").order_by("pk")]
    return "; ".join(f"{person.get_full_name()}, {person.email}" for person in people)
