"""What has become of a letter, where does each paragraph come from, and what may this person do with it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cases.domain import letters_body as body
from cases.domain.letters_body import Paragraph
from cases.domain.letters_rules import Judged, judged
from cases.domain.letters_sources import Source
from cases.domain.plain_words import Term, words_used
from cases.models import Letter
from cases.permissions import Permission, granted
from cases.queries.letter_told import Told, has_changed, is_superseded
from cases.vocabulary import LetterKind, LetterStatus
from tumorboard.notifications.models import Message


@dataclass(frozen=True)
class From:
    """One source of a paragraph, with the address of its place in the record."""

    label: str
    words: str
    link: str


@dataclass(frozen=True)
class Line:
    """One paragraph on the page."""

    paragraph: Paragraph
    comes_from: tuple[From, ...]
    strange: tuple[str, ...]
    heading: str  # of the part that begins here


@dataclass(frozen=True)
class LetterPage:
    letter: Letter
    to: str
    may_edit: bool
    may_approve: bool
    may_send: bool
    is_superseded: bool
    is_on_paper: bool
    is_for_patient: bool
    deliveries: tuple[Message, ...]
    lines: tuple[Line, ...] = ()
    judged: Judged | None = None
    words: tuple[Term, ...] = ()
    others: tuple[Letter, ...] = ()
    may_name_gp: bool = False
    may_write_again: bool = False


def letter_page(letter: Letter, *, user) -> LetterPage:
    """Proof of delivery is for those who may send; an addressee only reads."""
    rights = granted(user, board=letter.case.board)
    may_send = Permission.SEND_LETTER in rights
    is_draft, newer = letter.status == LetterStatus.DRAFT, is_superseded(letter)
    changed = not is_draft and not newer and has_changed(letter)
    return LetterPage(
        letter=letter,
        to=letter.to,
        may_edit=may_send and is_draft and bool(letter.body),
        may_approve=Permission.APPROVE_LETTER in rights and is_draft,
        may_send=may_send and letter.status == LetterStatus.APPROVED and not newer and not changed,
        is_superseded=newer,
        is_on_paper=letter.recipient_id is None,
        is_for_patient=letter.kind == LetterKind.PATIENT,
        deliveries=_deliveries(letter) if may_send else (),
        others=(others := _others(letter, user=user)),
        may_name_gp=may_send and not any(one.kind == LetterKind.GP for one in others) and not newer,
        may_write_again=may_send and changed,
        **(_draft(letter, is_superseded=newer) if is_draft else {}),
    )


def line_of(letter: Letter, key: str, *, text: str | None = None) -> Line | None:
    """One paragraph alone, as it stands or as it would be with this text."""
    told, paragraphs = Told(letter), body.read(letter.body)
    if text is not None:
        paragraphs = body.edited(paragraphs, key=key, text=text)
    strange = body.strange(paragraphs, told.facts())
    lines = _lines(letter, paragraphs, told.sources(), strange)
    return next((line for line in lines if line.paragraph.key == key), None)


def _draft(letter: Letter, *, is_superseded: bool) -> dict[str, Any]:
    told, paragraphs = Told(letter), body.read(letter.body)
    found = judged(
        paragraphs,
        facts=told.facts(),
        is_current=not paragraphs or body.is_current(paragraphs, told.sentences()),
        is_superseded=is_superseded,
        for_patient=letter.kind == LetterKind.PATIENT,
    )
    return {
        "judged": found,
        "lines": tuple(_lines(letter, paragraphs, told.sources(), found.strange)),
        "words": words_used("\n".join(one.final for one in paragraphs)) if found.reading else (),
    }


def _lines(letter: Letter, paragraphs: Sequence[Paragraph], sources: Mapping[str, Source], strange):
    parts = body.PARTS_FOR_PATIENT if letter.kind == LetterKind.PATIENT else body.PARTS
    for heading, found in body.parted(paragraphs, parts):
        for number, one in enumerate(found):
            yield _line(one, sources, strange, letter, heading="" if number else heading or "How it begins")


def _line(
    one: Paragraph,
    sources: Mapping[str, Source],
    strange: Mapping[str, tuple[str, ...]],
    letter: Letter,
    *,
    heading: str,
) -> Line:
    named = (sources[path] for path in one.sources if path in sources)
    comes_from = tuple(From(source.label, source.words, _link(source, letter)) for source in named)
    return Line(one, comes_from, strange.get(one.key, ()), heading)


def _link(source: Source, letter: Letter) -> str:
    if source.place == "case":
        return reverse("cases:case", args=[letter.case_id])
    return f"{reverse('cases:decision', args=[letter.recommendation_id])}#{source.place}-title"


def _others(letter: Letter, *, user) -> tuple[Letter, ...]:
    """Every letter on the same decision that this person may open, this one among them."""
    same = Letter.objects.visible_to(user).filter(recommendation=letter.recommendation_id)
    order = list(LetterKind)
    found = same.defer("pdf", "body").select_related("recipient")
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), one.number)))


def _deliveries(letter: Letter) -> tuple[Message, ...]:
    messages = Message.objects.filter(about=letter.about).defer("text", "html")
    return tuple(messages.select_related("recipient").order_by("created_at"))
