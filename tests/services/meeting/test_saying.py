"""Is what is said in the record as it is typed, and is nothing lost that somebody else typed?"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import Draft, SpecialistInput
from cases.services import meeting as service
from cases.vocabulary import CaseStatus, InputStatus, ItemStatus, MeetingStatus, Role, Specialty
from tests.factories import a_case, agenda_item, board, meeting, member
from tests.together import at_once
from tumorboard import live

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return board()


@pytest.fixture
def coordinator(here):
    return member(here, Role.COORDINATOR)


@pytest.fixture
def running(here):
    return meeting(here, starts_at=timezone.now() + timedelta(minutes=5), status=MeetingStatus.RUNNING)


def waiting(running, **more):
    return agenda_item(running, a_case(board=running.board, status=CaseStatus.LISTED, **more))


def opened(running, by):
    item = waiting(running)
    service.open_case(item=item, by=by)
    item.refresh_from_db()
    return item


def test_words_are_in_the_record_as_they_are_typed(running, coordinator):
    item = opened(running, coordinator)

    version = service.save_discussion(item=item, version=1, discussion="Resect ", by=coordinator)
    version = service.save_discussion(item=item, version=version, discussion="Resect L1", by=coordinator)

    item.refresh_from_db()
    assert (item.discussion, item.discussion_version, version) == ("Resect L1", 3, 3)
    assert (item.discussion_by, item.status) == (coordinator, ItemStatus.OPEN)


def test_what_the_slower_scribe_typed_is_kept(running, coordinator):
    item = opened(running, coordinator)
    chair = member(running.board, Role.CHAIR, specialty=Specialty.SURGERY)
    service.save_discussion(item=item, version=1, discussion="Ablate.", by=chair)

    with pytest.raises(SomeoneWasFaster):
        service.save_discussion(item=item, version=1, discussion="Resect.", by=coordinator)

    item.refresh_from_db()
    assert item.discussion == "Ablate."
    late = Draft.objects.get(owner=coordinator, form="discussion", key=str(item.pk))
    assert (late.payload, late.base_version) == ({"discussion": ["Resect."]}, 1)
    service.save_discussion(item=item, version=2, discussion="Resect.", by=coordinator)
    assert not Draft.objects.filter(owner=coordinator).exists()


def test_only_who_runs_the_meeting_writes(running, coordinator):
    item = opened(running, coordinator)

    with pytest.raises(PermissionDenied):
        service.save_discussion(item=item, version=1, discussion="Resect.", by=member(running.board))


def test_more_words_than_fit_are_refused_and_kept(running, coordinator):
    item = opened(running, coordinator)

    with pytest.raises(Refused, match="At most 4000"):
        service.save_discussion(item=item, version=1, discussion="x" * 4001, by=coordinator)

    assert Draft.objects.filter(owner=coordinator, form="discussion").exists()


def test_going_on_ends_the_discussion_of_what_was_written(running, coordinator):
    silent, spoken = opened(running, coordinator), waiting(running)
    service.open_case(item=spoken, by=coordinator)
    service.save_discussion(item=spoken, version=1, discussion="Ablate.", by=coordinator)

    service.open_case(item=silent, by=coordinator)

    for row in (silent, spoken, spoken.case):
        row.refresh_from_db()
    assert (silent.status, spoken.status) == (ItemStatus.OPEN, ItemStatus.DISCUSSED)
    assert (spoken.closed_by, spoken.case.status) == (coordinator, CaseStatus.DISCUSSED)


def test_where_the_board_stood_is_kept_from_the_first_opening(running, coordinator):
    item, other = waiting(running), waiting(running)
    signed(item.case, Specialty.SURGERY, "RESECT")
    service.open_case(item=item, by=coordinator)
    service.open_case(item=other, by=coordinator)
    signed(item.case, Specialty.ONCOLOGY, "SYSTEMIC")

    service.open_case(item=item, by=coordinator)

    item.refresh_from_db()
    assert item.stood_before == {"SURGERY": {"opinion": "RESECT", "confidence": "HIGH"}}


def signed(case, specialty, opinion):
    by = member(case.board, specialty=specialty)
    said = {"opinion": opinion, "confidence": "HIGH", "opinion_reason": "Two lesions on the right."}
    now = timezone.now()
    return SpecialistInput.objects.create(
        case=case,
        specialty=specialty,
        status=InputStatus.SIGNED,
        asked_at=now,
        signed_at=now,
        signed_by=by,
        created_by=by,
        **said,
    )


@pytest.mark.parametrize(
    ("act", "topics"),
    [
        (lambda item, by: service.open_case(item=waiting(item.meeting), by=by), ["case"]),
        (lambda item, by: service.save_discussion(item=item, version=1, discussion="A", by=by), ["said"]),
        (
            lambda item, by: service.record_discussion(item=item, version=1, discussion="A", by=by),
            ["said", "case"],
        ),
        (lambda item, by: service.defer(item=item, reason="No MRI.", by=by), ["case"]),
    ],
)
def test_every_screen_is_told(running, coordinator, act, topics, django_capture_on_commit_callbacks):
    item = opened(running, coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        live.announce(running.about, "case")
    before = live.number_of(running.about)

    with django_capture_on_commit_callbacks(execute=True):
        act(item, coordinator)

    assert live.number_of(running.about) - before == len(topics)


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_write_at_once_one_is_in_the_record_and_nine_keep_their_words(running):
    scribes = [member(running.board, Role.COORDINATOR) for _ in range(10)]
    item = opened(running, scribes[0])

    def writes(number):
        return lambda: service.save_discussion(
            item=item, version=1, discussion=f"Words of {number}.", by=scribes[number]
        )

    answers = at_once(*(writes(number) for number in range(10)))

    item.refresh_from_db()
    told = [answer for answer in answers if isinstance(answer, SomeoneWasFaster)]
    kept = {draft.payload["discussion"][0] for draft in Draft.objects.filter(form="discussion")}
    assert (len(told), item.discussion_version) == (9, 2)
    assert kept | {item.discussion} == {f"Words of {number}." for number in range(10)}
