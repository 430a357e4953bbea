"""Several people write and sign one decision at the same moment: nothing is lost, who was slower is told."""

import pytest

from cases.domain.errors import DomainError, SomeoneWasFaster
from cases.models import ActionUpdate, Case, Draft, Letter, Recommendation, RecommendedAction, StatusChange
from cases.services import follow_up, pathway, recommendation
from cases.vocabulary import CaseStatus, LetterKind, Role, Specialty
from tests.factories import a_lesion, member
from tests.factories.decisions import a_room
from tests.together import at_once
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


def refusals(answers):
    return [answer for answer in answers if isinstance(answer, DomainError)]


def section(begun, by, name="WHY", version=0, **values):
    mine = Recommendation.objects.get(pk=begun.pk)
    return lambda: recommendation.save_section(
        recommendation=mine, section=name, version=version, values=values, by=by
    )


def test_two_who_begin_at_once_write_one_decision():
    room = a_room()

    def begin(by):
        return lambda: recommendation.begin(item=room.item, by=by)

    first, second = at_once(begin(room.surgeon), begin(room.oncologist))

    assert first == second == Recommendation.objects.get()


def test_of_two_scribes_on_one_part_one_is_kept_and_the_other_told_with_the_words_saved():
    room = a_room()
    begun = recommendation.begin(item=room.item, by=room.surgeon)
    people = [room.surgeon, room.oncologist]

    answers = at_once(*(section(begun, by, rationale=f"By {by.family_name}.") for by in people))
    [lost] = refusals(answers)
    now = Recommendation.objects.get()
    draft = Draft.objects.get()

    assert isinstance(lost, SomeoneWasFaster)
    assert [answer for answer in answers if answer is not lost] == [1]
    assert {now.rationale, *draft.payload["rationale"]} == {f"By {by.family_name}." for by in people}
    assert (draft.form, draft.key, draft.base_version) == ("decision", f"{room.item.pk}:WHY", 0)
    assert now.rationale == f"By {(set(people) - {draft.owner}).pop().family_name}."


def test_scribes_on_different_parts_are_all_kept():
    room = a_room()
    lesion = a_lesion(room.case)
    begun = recommendation.begin(item=room.item, by=room.surgeon)

    def plan():
        return recommendation.save_plan(
            recommendation=begun, lesion=lesion, plan="ABLATE", version=0, by=room.oncologist
        )

    def action():
        return recommendation.save_action(
            recommendation=begun, action=None, version=0, said=room.action(), by=room.coordinator
        )

    answers = at_once(
        section(begun, room.surgeon, rationale="Enough liver."),
        section(begun, room.oncologist, "INTENT", intent="CURATIVE"),
        section(begun, room.chair, "TRIAL", trial="NONE_FITS"),
        plan,
        action,
        action,
    )
    now = Recommendation.objects.get()

    assert refusals(answers) == []
    assert (now.rationale, now.intent, now.trial) == ("Enough liver.", "CURATIVE", "NONE_FITS")
    assert now.plans.get().plan == "ABLATE"
    assert list(now.actions.order_by("position").values_list("position", flat=True)) == [1, 2]
    assert now.version == begun.version + 6
    assert not Draft.objects.exists()


def test_an_action_that_two_change_at_once_has_the_words_of_one():
    room = a_room()
    begun = room.written()
    action = begun.actions.get()

    def change(detail, by):
        mine = RecommendedAction.objects.get(pk=action.pk)
        said = room.action(detail=detail)
        return lambda: recommendation.save_action(
            recommendation=begun, action=mine, version=mine.version, said=said, by=by
        )

    answers = at_once(change("left", room.surgeon), change("right", room.oncologist))
    action.refresh_from_db()

    assert len(refusals(answers)) == 1
    assert {action.detail, *Draft.objects.get().payload["detail"]} == {"left", "right"}


def test_of_two_chairs_one_signs():
    room = a_room()
    other = member(room.board, Role.CHAIR, Specialty.ONCOLOGY)
    kept = room.confirmed()

    def sign(by):
        mine = Recommendation.objects.get(pk=kept.pk)
        return lambda: pathway.sign_off(recommendation=mine, version=kept.version, by=by)

    answers = at_once(sign(room.chair), sign(other))

    assert len(refusals(answers)) == 1
    assert Recommendation.objects.get().signed_by in {room.chair, other}
    assert StatusChange.objects.filter(step="decided").count() == 1
    assert Letter.objects.filter(kind=LetterKind.REFERRER).count() == 1
    assert Message.objects.filter(kind="action.handed_over").count() == 1


def test_signing_and_changing_at_once_never_signs_what_nobody_read():
    room = a_room()
    kept = room.confirmed()
    change = section(kept, room.surgeon, version=1, rationale="Changed at the last moment.")

    answers = at_once(
        change,
        lambda: pathway.sign_off(recommendation=kept, version=kept.version, by=room.chair),
    )
    now = Recommendation.objects.get()

    assert len(refusals(answers)) == 1
    assert bool(now.signed_at) == (now.rationale == room.fields["rationale"])


def test_of_two_who_amend_at_once_one_begins():
    room = a_room()
    signed = room.decide()

    def begin():
        return recommendation.begin_amendment(recommendation=signed, reason="New CT.", by=room.chair)

    answers = at_once(begin, begin)

    assert len(refusals(answers)) == 1
    assert Recommendation.objects.being_made().count() == 1


def test_two_last_reports_at_once_are_both_kept_and_close_the_case_once():
    room = a_room()
    signed = room.decide([room.action(), room.action(owner=room.oncologist)])
    first, second = signed.actions.select_related("recommendation__case__board").order_by("position")

    def done(action):
        return lambda: follow_up.report(
            action=action, report="NOT_DONE", reason="PROGRESSION", note="", happened_on=None, by=action.owner
        )

    answers = at_once(done(first), done(second))

    assert refusals(answers) == []
    assert ActionUpdate.objects.count() == 2
    assert Case.objects.get().status == CaseStatus.CLOSED
    assert StatusChange.objects.filter(step="closed").count() == 1
