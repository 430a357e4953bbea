"""Several write one decision: each part saves itself, nothing typed is lost, strangers see nothing."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import AgendaItem, LesionPlan, PatientWish, Recommendation, RecommendedAction
from cases.services import recommendation
from cases.vocabulary import ItemStatus, Role, Specialty
from tests.factories import a_lesion, member, person
from tests.factories.decisions import a_room
from tumorboard.audit import trail

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def room():
    return a_room()


@pytest.fixture
def chair(room, client):
    client.force_login(room.chair)
    return client


def make_url(room):
    return reverse("cases:make-decision", args=[room.item.pk])


def url(room, name, *more):
    return reverse(f"cases:{name}", args=[room.item.pk, *more])


def section(client, room, slug, version=0, by_script=True, **said):
    address = url(room, "save-decision-section", slug)
    return client.post(address, {"version": version, **said}, headers=FETCH if by_script else {})


def action(client, room, row="", version=0, by_script=True, **said):
    whole = {"kind": "RESECTION", "owner": str(room.surgeon.pk), "due_on": str(room.today)} | said
    data = {"row": row, "version": version, **whole}
    return client.post(url(room, "save-action"), data, headers=FETCH if by_script else {})


def body(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def state(client, room):
    page = client.get(url(room, "decision-read-back"))
    told = re.search(r'data-state="([^"]*)"', page.content.decode()).group(1)
    return json.loads(told.replace("&quot;", '"'))


def test_a_new_decision_names_what_it_needs_and_writes_nothing_by_being_read(room, chair):
    PatientWish.objects.create(case=room.case, words="No long weeks in hospital.", created_by=room.chair)
    a_lesion(room.case, 3, mm=12)
    response = chair.get(make_url(room))
    text = body(response)

    assert "No long weeks in hospital." in response.context["shown"]["wish"].form["patient_wish"].value()
    for said in (
        "Choose the intent.",
        "Say what is to happen to L3.",
        "Add at least one action.",
        "Cannot sign yet.",
    ):
        assert said in text
    assert not Recommendation.objects.exists()
    assert trail.of(room.case.about).filter(verb="case.viewed", actor=room.chair).exists()


def test_a_section_saves_itself_and_answers_with_its_next_version(room, chair):
    first = section(chair, room, "intent", intent="CURATIVE")
    second = section(chair, room, "why", rationale="Because.")

    assert (first.status_code, second.status_code) == (200, 200)
    assert 'data-part="intent" data-version="1"' in first.content.decode()
    assert "<html" not in first.content.decode()
    made = Recommendation.objects.get()
    assert (made.intent, made.rationale) == ("CURATIVE", "Because.")
    assert state(chair, room)["versions"]["intent"] == 1


def test_without_scripts_each_part_leads_back_to_its_place(room, chair):
    response = section(chair, room, "intent", by_script=False, intent="CURATIVE")

    assert response.url == make_url(room) + "#intent"
    assert Recommendation.objects.get().intent == "CURATIVE"


@pytest.mark.parametrize("by_script", [True, False])
def test_who_is_slower_sees_both_versions_and_may_keep_theirs_or_ones_own(room, chair, by_script):
    made = recommendation.begin(item=room.item, by=room.surgeon)
    recommendation.save_section(
        recommendation=made, section="WHY", version=0, values={"rationale": "Theirs."}, by=room.surgeon
    )
    response = section(chair, room, "why", by_script=by_script, rationale="Mine.")
    page = response.content.decode()

    assert response.status_code == 409
    assert ("Theirs." in page, "Mine." in page, "Keep mine" in page) == (True, True, True)
    assert "I. Duarte has changed this part" in body(response)
    assert Recommendation.objects.get().rationale == "Theirs."
    assert "Mine." in body(chair.get(make_url(room))), "a reload still shows both"

    kept = section(chair, room, "why", version=1, keep="mine", rationale="Mine.")
    assert 'data-version="2"' in kept.content.decode()
    assert Recommendation.objects.get().rationale == "Mine."
    assert "Two versions" not in chair.get(make_url(room)).content.decode()


def test_taking_theirs_puts_ones_own_words_away(room, chair):
    section(chair, room, "why", rationale="Theirs.")
    section(chair, room, "why", rationale="Mine.")
    taken = section(chair, room, "why", version=1, take="theirs", rationale="Mine.")

    assert ("Theirs." in taken.content.decode(), "Mine." in taken.content.decode()) == (True, False)
    assert "Mine." not in chair.get(make_url(room)).content.decode()


@pytest.mark.parametrize(
    ("name", "said", "wrong"),
    [
        ("review", {"expires_on": "soon"}, "Enter a valid date."),
        ("why", {"rationale": "x" * 5000}, "at most 4000 characters"),
        ("intent", {"intent": "HEROIC"}, "Select a valid choice."),
    ],
)
@pytest.mark.parametrize("by_script", [True, False])
def test_what_cannot_be_understood_is_422_with_the_text_kept(room, chair, name, said, wrong, by_script):
    response = section(chair, room, name, by_script=by_script, **said)

    assert response.status_code == 422
    assert wrong in response.content.decode()
    assert next(iter(said.values())) in response.content.decode() or name == "intent"
    assert not Recommendation.objects.exists()


def test_a_lesion_gets_a_plan_and_loses_it_again(room, chair):
    lesion = a_lesion(room.case, 3)
    save = {"row": str(lesion.pk), "version": 0, "plan": "ABLATE", "detail": "in the same operation"}
    saved = chair.post(url(room, "save-lesion-plan"), save, headers=FETCH)

    written = LesionPlan.objects.get()
    assert f'data-part="plan-L3" data-version="{written.version}"' in saved.content.decode()
    assert written.detail == "in the same operation"
    assert chair.post(url(room, "save-lesion-plan"), save, headers=FETCH).status_code == 409
    gone = chair.post(
        url(room, "save-lesion-plan"), save | {"version": written.version, "plan": ""}, headers=FETCH
    )
    assert gone.status_code == 200
    assert not LesionPlan.objects.exists()
    assert chair.post(url(room, "save-lesion-plan"), {"row": "none"}, headers=FETCH).status_code == 404


def test_an_action_carries_its_condition_and_its_plan_b(room, chair):
    lesion = a_lesion(room.case, 1)
    said = {
        "lesions": str(lesion.pk),
        "condition_detail": "remnant over 30 %",
        "condition_owner": str(room.oncologist.pk),
        "plan_b_kind": "SYSTEMIC",
    }
    response = action(chair, room, **said)
    main = RecommendedAction.objects.get(role="MAIN")

    assert f'data-part="action-{main.pk}"' in response.content.decode()
    assert list(main.lesions.all()) == [lesion]
    assert {child.role: child.detail or child.kind for child in main.children.all()} == {
        "CONDITION": "remnant over 30 %",
        "PLAN_B": "SYSTEMIC",
    }
    needs = state(chair, room)["needs"]
    assert needs[f"action-{main.pk}-condition_due_on"] == "Say by when the condition of action 1 is due."
    assert needs[f"action-{main.pk}-plan_b_owner"] == "Name the owner of plan B of action 1."
    assert needs[f"action-{main.pk}-plan_b_owner"] in body(chair.get(make_url(room)))


def test_an_action_is_moved_and_removed(room, chair):
    action(chair, room, kind="RESECTION")
    action(chair, room, kind="IMAGING")
    second = RecommendedAction.objects.get(kind="IMAGING")
    chair.post(url(room, "move-action"), {"row": str(second.pk), "up": "1"}, headers=FETCH)
    assert state(chair, room)["lists"]["actions"][0] == f"action-{second.pk}"

    stale = chair.post(url(room, "remove-action"), {"row": str(second.pk), "version": 9}, headers=FETCH)
    assert (stale.status_code, RecommendedAction.objects.count()) == (409, 2)
    second.refresh_from_db()
    removed = {"row": str(second.pk), "version": second.version}
    assert chair.post(url(room, "remove-action"), removed, headers=FETCH).status_code == 204
    assert RecommendedAction.objects.get().kind == "RESECTION"
    assert chair.post(url(room, "remove-action"), removed, headers=FETCH).status_code == 204, "it is gone"


def test_what_was_typed_into_a_removed_action_can_be_had_back(room, chair):
    action(chair, room)
    row = RecommendedAction.objects.get()
    recommendation.remove_action(action=row, version=row.version, by=room.surgeon)
    response = action(chair, room, row=str(row.pk), version=1, detail="right hepatectomy")

    assert response.status_code == 409
    assert "removed this meanwhile" in body(response)
    assert "right hepatectomy" in response.content.decode()
    assert action(chair, room, detail="right hepatectomy").status_code == 200


def test_an_empty_action_is_not_written(room, chair):
    response = action(chair, room, kind="", owner="", due_on="")

    assert response.status_code == 422
    assert "Say what is to be done." in body(response)
    assert not RecommendedAction.objects.exists()


def test_dissent_is_named_or_for_the_minutes_and_can_be_taken_back(room, chair):
    post = lambda name, **said: chair.post(url(room, name), said, headers=FETCH)  # noqa: E731
    assert post("save-dissent", version=0, who=str(room.oncologist.pk), reason="").status_code == 422
    assert post("save-dissent", version=0, who="", reason="Two more cycles.").status_code == 200
    written = Recommendation.objects.get().dissents.get()

    assert "For the minutes:" in body(chair.get(make_url(room)))
    changed = post("save-dissent", row=str(written.pk), version=1, who=str(room.oncologist.pk), reason="No.")
    assert "K. Adeyemi:" in body(changed)
    assert post("remove-dissent", row=str(written.pk), version=2).status_code == 204
    assert not Recommendation.objects.get().dissents.exists()


def test_the_checklist_shows_what_the_record_says(room, chair):
    text = body(chair.get(make_url(room)))

    assert "Comorbidity nothing recorded" in text
    section(chair, room, "checklist", checked=["COMORBIDITY", "GENETICS"])
    made = Recommendation.objects.get()
    assert (made.checked, made.checked_by) == (["COMORBIDITY", "GENETICS"], room.chair)


def test_the_chair_confirms_what_was_read_back_and_only_then_signs(room, chair):
    written = room.written()
    page = chair.get(make_url(room)).content.decode()
    assert ("Read back to the room: confirmed" in page, 'id="sign"' in page) == (True, False)

    confirm = reverse("cases:confirm-decision", args=[written.pk])
    old = chair.post(confirm, {"version": written.version - 1}, headers=FETCH)
    assert (old.status_code, "meanwhile" in body(old)) == (409, True)
    assert 'id="sign"' in chair.post(confirm, {"version": written.version}, headers=FETCH).content.decode()

    section(chair, room, "why", version=1, rationale="Changed after it was read.")
    assert "It was changed since it was read back." in body(chair.get(make_url(room)))
    sign = reverse("cases:sign-decision", args=[written.pk])
    assert chair.post(sign, {"version": written.version}).url == make_url(room)
    assert Recommendation.objects.get().signed_at is None

    version = Recommendation.objects.get().version
    chair.post(confirm, {"version": version})
    assert chair.post(sign, {"version": version}).url == reverse("cases:decision", args=[written.pk])
    assert Recommendation.objects.get().signed_by == room.chair
    assert chair.get(make_url(room)).url == reverse("cases:decision", args=[written.pk])


def test_who_may_not_sign_is_told_why(room, client):
    client.force_login(room.coordinator)
    written = room.written()

    assert "Only a chair of this board signs." in body(client.get(make_url(room)))
    for name in ("confirm-decision", "sign-decision"):
        address = reverse(f"cases:{name}", args=[written.pk])
        assert client.post(address, {"version": written.version}).status_code == 403


def test_after_the_signature_nothing_is_written_and_what_was_typed_stays(room, chair):
    room.decide()
    response = section(chair, room, "why", version=1, rationale="Too late.")

    assert response.status_code == 422
    assert ("Too late." in response.content.decode(), "is signed" in body(response)) == (True, True)


@pytest.mark.parametrize("status", [ItemStatus.PLANNED, ItemStatus.TAKEN_OFF])
def test_a_case_that_is_not_before_the_board_is_not_decided(room, chair, status):
    AgendaItem.objects.update(status=status)

    assert chair.get(make_url(room)).url == reverse("cases:case", args=[room.case.pk])
    assert section(chair, room, "intent", intent="CURATIVE").status_code == 422


def test_an_observer_does_not_write_and_a_stranger_finds_nothing(room, client):
    client.force_login(member(room.board, Role.OBSERVER))
    assert client.get(make_url(room)).status_code == 403
    assert section(client, room, "intent", intent="CURATIVE").status_code == 403
    for stranger in (person(), a_room().chair, room.referrer):
        client.force_login(stranger)
        assert client.get(make_url(room)).status_code == 404
        assert section(client, room, "intent", intent="CURATIVE").status_code == 404


@pytest.mark.parametrize("part", ["nothing", "plan-L9", "action-7", "dissent-7"])
def test_a_part_that_does_not_exist_is_not_found(room, chair, part):
    assert chair.get(url(room, "decision-part", part)).status_code == 404


@pytest.mark.parametrize("part", ["intent", "wish", "action-new", "dissent-new", "suggestions", "here"])
def test_a_part_is_read_by_itself(room, chair, part):
    response = chair.get(url(room, "decision-part", part))

    assert response.status_code == 200
    assert "<html" not in response.content.decode()


def questions(client, address):
    """How many the page asks of the database, once everything is warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def made_with(number, client):
    room = a_room()
    lesions = [a_lesion(room.case, n, mm=20) for n in range(1, number + 1)]
    for _ in range(number):
        member(room.board, specialty=Specialty.ONCOLOGY)
    client.force_login(room.chair)
    room.written(
        [room.action(lesions=lesions)] * number, [recommendation.DissentSaid("No.", room.oncologist)] * number
    )
    return questions(client, make_url(room)), questions(client, url(room, "decision-read-back"))


def test_more_rows_ask_no_more_questions(client):
    assert made_with(1, client) == made_with(3, client)


def test_what_became_of_such_actions_is_told_only_of_kinds_that_exist(room, chair):
    address = url(room, "decision-part", "memory")

    assert chair.get(address, {"kind": "IMAGING"}).content.strip() == b"", "too few to say anything"
    assert chair.get(address, {"kind": "HEROIC"}).status_code == 404
