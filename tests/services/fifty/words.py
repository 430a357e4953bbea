"""Where one of fifty may and each has typed something: the others find their own words again.

Handed in over HTTP, as a browser does, where the page is what keeps the words; the rest through the service
that keeps them as a draft.
"""

from functools import partial
from typing import Any

from django.test import Client
from django.urls import reverse

from cases.domain.errors import DomainError, SomeoneWasFaster
from cases.domain.lesions import wording
from cases.models import AddendumRequest, Draft, ImagingStudy, Letter, Matter, Ratification
from cases.services import meeting as meetings
from cases.services import recommendation
from cases.vocabulary import LetterKind, MeetingStatus, Specialty
from tests.factories import a_case, a_diagnosis, a_lesion, agenda_item, board, meeting, member
from tests.factories.decisions import a_room
from tests.factories.inputs import an_input
from tests.forms.test_specialist_input import EMPTY
from tests.services.fifty.crowd import FIFTY, TWELVE, Danger, Laid
from tests.services.fifty.winners import coordinators

REFUSED = (409, 422)


class ToldOnPage(DomainError):
    """What somebody sees who was slower."""

    def __init__(self, page: str):
        super().__init__("on a page")
        self.page = page


def words_of(by) -> str:
    return f"Words-of-{by.pk}-stay"


def hands_in(by, path: str, **said: Any):
    """Signed in and with the form before them; what is returned hands it in."""
    client = Client()
    client.force_login(by)

    def hand_in():
        answer = client.post(path, said)
        if answer.status_code in REFUSED:
            raise ToldOnPage(answer.content.decode())
        assert answer.status_code in (200, 302), answer.status_code
        return by

    return hand_in


def on_page(people, path: str, field: str, **said: Any) -> Laid:
    """The words of whoever was told stand on the page that tells them."""

    def lost(outcomes):
        told = [(by, one) for by, one in zip(people, outcomes, strict=True) if isinstance(one, DomainError)]
        return sum(words_of(by) not in one.page for by, one in told)

    calls = [hands_in(by, path, **said, **{field: words_of(by)}) for by in people]
    return Laid(calls, told=(ToldOnPage,), lost=lost)


def as_draft(people, calls, form: str) -> Laid:
    """The words of whoever was told wait for them as a draft."""

    def lost(outcomes):
        slower = [by for by, one in zip(people, outcomes, strict=True) if isinstance(one, DomainError)]
        kept = {draft.owner_id: draft for draft in Draft.objects.filter(form=form)}
        assert len(kept) == len(slower)
        return sum(words_of(by) not in str(kept[by.pk].payload) for by in slower)

    return Laid(calls, told=(SomeoneWasFaster,), lost=lost)


def part_of_a_decision(many):
    room = a_room()
    people = coordinators(room.board, many)
    begun = recommendation.begin(item=room.item, by=room.surgeon)
    said = {"recommendation": begun, "section": "WHY", "version": 0}

    def saves(by):
        return partial(recommendation.save_section, **said, values={"rationale": words_of(by)}, by=by)

    return as_draft(people, [saves(by) for by in people], "decision")


def action_of_a_decision(many):
    room = a_room()
    people = coordinators(room.board, many)
    begun = room.written()
    said = {"recommendation": begun, "action": begun.actions.get(), "version": 1}

    def saves(by):
        return partial(recommendation.save_action, **said, said=room.action(detail=words_of(by)), by=by)

    return as_draft(people, [saves(by) for by in people], "decision")


def words_of_a_discussion(many):
    room = a_room()
    people = coordinators(room.board, many)

    def saves(by):
        return partial(meetings.save_discussion, item=room.item, version=1, discussion=words_of(by), by=by)

    return as_draft(people, [saves(by) for by in people], "discussion")


def discussion_that_ends(many):
    room = a_room()
    path = reverse("cases:record-discussion", args=[room.item.pk])
    return on_page(coordinators(room.board, many), path, "discussion", version=1)


def diagnosis(many):
    here = board()
    case = a_case(here)
    a_diagnosis(case)
    said = {"diagnosis-primary_site": "COLORECTAL", "version": 1}
    path = reverse("cases:record-diagnosis", args=[case.pk])
    return on_page([member(here) for _ in range(many)], path, "diagnosis-site_detail", **said)


def first_diagnosis(many):
    here = board()
    said = {"diagnosis-primary_site": "COLORECTAL", "version": 0}
    path = reverse("cases:record-diagnosis", args=[a_case(here).pk])
    return on_page([member(here) for _ in range(many)], path, "diagnosis-site_detail", **said)


def what_the_question_is_about(many):
    here = board()
    path = reverse("cases:record-question", args=[a_case(here).pk])
    return on_page(coordinators(here, many), path, "gp_name", topics=[], version=1)


def lesion(many):
    here = board()
    case = a_case(here)
    said = {"segments": ["6"], "viable": "YES", "seen": wording(a_lesion(case, 1))}
    path = reverse("cases:lesion", args=[case.pk, 1])
    return on_page([member(here) for _ in range(many)], path, "note", **said)


def draft_of_an_input(many):
    here = board()
    people = [member(here, specialty=Specialty.SURGERY) for _ in range(many)]
    path = reverse("cases:input", args=[an_input(a_case(here), people[0]).pk])
    said = {**EMPTY, "version": 1, "act": "save", "opinion": "RESECT", "confidence": "HIGH"}
    return on_page(people, path, "opinion_reason", **said)


def paragraph_of_a_letter(many):
    room = a_room()
    room.decide()
    path = reverse("cases:edit-letter", args=[Letter.objects.get(kind=LetterKind.REFERRER).pk])
    return on_page(coordinators(room.board, many), path, "text", key="why", version=1)


def answer_of_an_absent_discipline(many):
    room = a_room(present=(Specialty.SURGERY, Specialty.ONCOLOGY))
    people = [member(room.board, specialty=Specialty.RADIOLOGY) for _ in range(many)]
    room.decide()
    path = reverse("cases:ratification", args=[Ratification.objects.get().pk])
    return on_page(people, path, "note", answer="OBJECTED")


def matter_arising(many):
    room = a_room()
    action = room.decide().actions.first()
    of = {"meeting": room.meeting, "case": room.case, "created_by": room.coordinator}
    matter = Matter.objects.create(kind="OVERDUE", action=action, **of)
    path = reverse("cases:settle-matter", args=[matter.pk])
    return on_page(coordinators(room.board, many), path, "said", version=1)


def addendum(many):
    here = board()
    case, people = a_case(here), coordinators(here, many)
    by = {"case": case, "created_by": case.referred_by}
    outside = ImagingStudy.objects.create(modality="CT", performed_on="2026-10-01", done_at="Elsewhere", **by)
    asked = AddendumRequest.objects.create(study=outside, difference="A second lesion.", **by)
    return on_page(people, reverse("cases:addendum", args=[asked.pk]), "answer")


def reason_to_put_off(many):
    here = board()
    running = meeting(here, status=MeetingStatus.RUNNING)
    item = agenda_item(running, a_case(here, "LISTED"))
    return on_page(coordinators(here, many), reverse("cases:defer-case", args=[item.pk]), "reason")


def reason_to_return(many):
    here = board()
    path = reverse("cases:return", args=[a_case(here, "REFERRED").pk])
    return on_page(coordinators(here, many), path, "words")


WORDS = [
    Danger("a part of a decision", part_of_a_decision, usually=FIFTY),
    Danger("an action of a decision", action_of_a_decision),
    Danger("what is said of a case, as it is typed", words_of_a_discussion, usually=FIFTY),
    Danger("what was said of a case, which ends it", discussion_that_ends),
    Danger("the diagnosis", diagnosis, usually=TWELVE),
    Danger("the first diagnosis", first_diagnosis),
    Danger("what the question is about", what_the_question_is_about),
    Danger("one lesion", lesion),
    Danger("an input of a discipline", draft_of_an_input),
    Danger("a paragraph of a letter", paragraph_of_a_letter),
    Danger("the answer of an absent discipline", answer_of_an_absent_discipline, usually=TWELVE),
    Danger("what the board says of a matter arising", matter_arising),
    Danger("an addendum", addendum),
    Danger("the reason to put a case off", reason_to_put_off, usually=TWELVE),
    Danger("what a referral lacks", reason_to_return),
]
