"""What is set as the PDF of one letter?"""

from datetime import datetime
from typing import Any

from cases.domain import letters_body as body
from cases.domain.plain_words import words_used
from cases.exchange import pdf, pdf_outcome
from cases.models import Letter
from cases.queries.letter_legacy import contact, identity, legacy_document, present, quorum
from cases.queries.letter_told import met_on
from cases.vocabulary import LetterKind

TITLES = {
    LetterKind.REFERRER: "Outcome of the tumour board",
    LetterKind.GP: "Outcome of the tumour board",
    LetterKind.PATIENT: "What the team recommends for you",
}

NOT_WRITTEN = "(Still to be written.)"  # seen in a preview only: nobody can approve it


def as_pdf(letter: Letter, *, made_for: str, made_at: datetime, approved: bool) -> bytes:
    made: dict[str, Any] = {"made_for": made_for, "made_at": made_at, "approved": approved}
    if not letter.body:
        return pdf.letter(legacy_document(letter, **made))
    if letter.kind == LetterKind.PATIENT:
        return pdf.patient_summary(_summary(letter, **made))
    return pdf_outcome.outcome(_outcome(letter, **made))


def _address(letter: Letter) -> tuple[str, ...]:
    lines = (letter.to, *letter.recipient_address.replace(";", "\n").splitlines())
    return tuple(line.strip() for line in lines if line.strip())


def _outcome(letter: Letter, *, made_for: str, made_at: datetime, approved: bool) -> pdf_outcome.Outcome:
    recommendation, board = letter.recommendation, letter.case.board
    assert recommendation.signed_by, "a letter tells of a signed decision"
    return pdf_outcome.Outcome(
        hospital=board.hospital.name,
        board=board.name,
        title=TITLES[LetterKind(letter.kind)],
        addressee=_address(letter),
        dated=made_at.astimezone(board.zone).date(),
        patient=identity(letter),
        discussed_on=met_on(recommendation),
        parts=_parts(letter, body.PARTS),
        present=present(recommendation, made_at),
        quorum=quorum(recommendation),
        contact=contact(board),
        version=letter.number,
        approved=approved,
        made_for=made_for,
        made_at=made_at,
        time_zone=board.time_zone,
        signed_by=recommendation.signed_by.get_full_name(),
        signed_at=recommendation.signed_at,
        decision_version=recommendation.number,
        copies_to=_copies(letter),
    )


def _parts(letter: Letter, parts) -> tuple[pdf_outcome.Part, ...]:
    grouped = body.parted(body.read(letter.body), parts)
    return tuple(
        pdf_outcome.Part(
            heading=heading,
            paragraphs=tuple(one.final or NOT_WRITTEN for one in found),
            stands_out=heading == body.STATE,
            listed=all(one.key.startswith("action-") for one in found),
        )
        for heading, found in grouped
    )


def _copies(letter: Letter) -> tuple[str, ...]:
    """Who else is written to about this version of the decision."""
    others = Letter.objects.filter(recommendation=letter.recommendation_id).exclude(kind=letter.kind)
    order = list(LetterKind)
    ranked = sorted(others.select_related("recipient"), key=lambda one: order.index(LetterKind(one.kind)))
    return tuple(dict.fromkeys(other.to for other in ranked))


def _summary(letter: Letter, *, made_for: str, made_at: datetime, approved: bool) -> pdf.PatientSummary:
    recommendation, board = letter.recommendation, letter.case.board
    assert recommendation.signed_by, "a letter tells of a signed decision"
    parts = _parts(letter, body.PARTS_FOR_PATIENT)
    sections = [
        pdf.SummarySection(part.heading, "\n\n".join(part.paragraphs), part.stands_out) for part in parts
    ]
    words = words_used("\n".join(section.text for section in sections))
    if words:
        explained = "\n\n".join(f"{term.name}: {term.meaning}" for term in words)
        sections.append(pdf.SummarySection("Words used", explained))
    return pdf.PatientSummary(
        hospital=board.hospital.name,
        board=board.name,
        title=TITLES[LetterKind.PATIENT],
        addressee=_address(letter),
        dated=made_at.astimezone(board.zone).date(),
        salutation="",
        sections=tuple(sections),
        contact=contact(board),
        version=letter.number,
        approved=approved,
        made_for=made_for,
        made_at=made_at,
        time_zone=board.time_zone,
        signed_by=f"For {board.name}: {recommendation.signed_by.get_full_name()}",
    )
