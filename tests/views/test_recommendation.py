"""Where a decision is made nothing typed is lost, all that blocks is named, and strangers see nothing."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import AgendaItem, PatientWish, Recommendation
from cases.services import draft as draft_room
from cases.services import pathway, recommendation
from cases.vocabulary import ItemStatus, Role, Specialty
from tests.factories import a_lesion, member, person
from tests.factories.decisions import a_room
from tumorboard.audit import trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room()


@pytest.fixture
def chair(room, client):
    client.force_login(room.chair)
    return client


def make_url(room):
    return reverse("cases:make-decision", args=[room.item.pk])


def typed(room, *, version=0, rows=None, dissents=(), **more):
    """What the browser sends."""
    data = {"version": str(version), **room.fields, **more}
    for prefix, found in (("actions", rows if rows is not None else [row(room)]), ("dissents", dissents)):
        data |= {f"{prefix}-TOTAL_FORMS": str(len(found)), f"{prefix}-INITIAL_FORMS": "0"}
        data |= {f"{prefix}-{n}-{name}": value for n, one in enumerate(found) for name, value in one.items()}
    return data


def row(room, **more):
    said = {"kind": "RESECTION", "owner": str(room.surgeon.pk), "due_on": str(room.today)}
    return {**said, "detail": "", "condition": "", "plan_b": "", **more}


def keep(room, **more):
    fields = room.fields | more
    return recommendation.draft(
        item=room.item, version=0, fields=fields, actions=[room.action()], dissents=[], by=room.surgeon
    )


def body(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_new_decision_begins_with_the_wish_and_names_what_it_needs(room, chair):
    PatientWish.objects.create(case=room.case, words="No long weeks in hospital.", created_by=room.chair)
    response = chair.get(make_url(room))
    text = body(response)

    assert response.context["forms"].decision_form["patient_wish"].value() == "No long weeks in hospital."
    for said in ("Choose the intent.", "Add at least one action.", "Cannot sign yet.", "Intent not chosen"):
        assert said in text
    assert 'name="sign"' not in response.content.decode()
    assert trail.of(room.case.about).filter(verb="case.viewed", actor=room.chair).exists()


def test_a_draft_is_kept_for_the_board_even_when_unfinished(room, chair):
    lesion = a_lesion(room.case)
    rows = [row(room, owner="", lesions=str(lesion.pk)), row(room, kind="", owner="", due_on="")]
    response = chair.post(make_url(room), typed(room, rows=rows, intent=""))
    kept = Recommendation.objects.get()

    assert response.url == make_url(room)
    assert kept.actions.count() == 1, "an empty row is no action"
    assert list(kept.actions.get().lesions.all()) == [lesion]
    assert "Name the owner of action 1." in body(chair.get(make_url(room)))


def test_signing_signs_what_is_on_the_screen(room, chair):
    response = chair.post(make_url(room), typed(room, sign="1", rationale="As typed now."))
    signed = Recommendation.objects.get()

    assert response.url == reverse("cases:decision", args=[signed.pk])
    assert signed.signed_by == room.chair
    assert "As typed now." in body(chair.get(response.url))
    assert chair.get(make_url(room)).url == response.url


def test_what_cannot_be_signed_keeps_every_word_and_names_each_field(room, chair):
    rows = [row(room, owner="", detail="Right hepatectomy"), row(room, due_on="2020-01-01")]
    response = chair.post(make_url(room), typed(room, sign="1", rows=rows, wish_weight="IN_PART"))
    found = {problem.anchor: problem.message for problem in response.context["forms"].problems}

    assert response.status_code == 422
    assert not Recommendation.objects.exists()
    assert "Right hepatectomy" in response.content.decode()
    assert found == {
        "id_actions-0-owner": "Name the owner of action 1.",
        "id_actions-1-due_on": "The date of action 2 has passed. Choose a day to come.",
        "id_wish_reason": "Say why the wish was not followed, or only in part.",
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"rows": "bad day"}, "id_actions-0-due_on"),
        ({"rows": "stranger"}, "id_actions-0-owner"),
        ({"dissents": [{"who": "chair", "reason": ""}]}, "id_dissents-0-reason"),
        ({"rationale": "x" * 5000}, "id_rationale"),
    ],
)
def test_what_cannot_be_understood_is_422_with_the_text_kept(room, chair, change, field):
    if change.get("rows") == "bad day":
        change = {"rows": [row(room, due_on="soon")]}
    elif change.get("rows") == "stranger":
        change = {"rows": [row(room, owner=str(person().pk))]}
    elif "dissents" in change:
        change = {"dissents": [{"who": str(room.chair.pk), "reason": ""}]}
    response = chair.post(make_url(room), typed(room, plan="", **change))

    assert response.status_code == 422
    assert field in [problem.anchor for problem in response.context["forms"].problems]
    assert room.fields["patient_wish"] in response.content.decode()
    assert not Recommendation.objects.exists()


def test_who_saves_second_sees_both_versions_and_may_then_replace(room, chair):
    keep(room, rationale="Theirs.")
    response = chair.post(make_url(room), typed(room, rationale="Mine."))
    rows = {one.label: (one.theirs, one.mine) for one in response.context["differences"]}

    assert response.status_code == 422
    assert rows["Why"] == ("Theirs.", "Mine.")
    assert "Intent" not in rows, "what is the same is left out"
    assert response.context["forms"].decision_form["version"].value() == "1"
    assert "Mine." in response.content.decode()
    assert chair.post(make_url(room), typed(room, version=1, rationale="Mine.")).status_code == 302
    assert Recommendation.objects.get().rationale == "Mine."


def test_who_types_on_after_the_signature_is_shown_it(room, chair):
    room.decide()
    response = chair.post(make_url(room), typed(room, version=1, rationale="Too late."))

    assert response.status_code == 422
    assert "has signed this decision" in body(response)
    assert "Too late." in response.content.decode()
    assert 'name="keep"' not in response.content.decode()


def autosave(room, payload, version):
    draft_room.save(
        form="decision",
        key=str(room.item.pk),
        payload={name: [value] for name, value in payload.items()},
        base_version=version,
        by=room.chair,
    )


def test_what_was_being_typed_comes_back_as_typed_even_if_wrong(room, chair):
    autosave(room, typed(room, rows=[row(room, due_on="next week")], rationale="Half a sen"), 0)
    response = chair.get(make_url(room))

    assert "Half a sen" in response.content.decode()
    assert "next week" in response.content.decode()
    assert "The board cannot see it yet" in body(response)
    assert chair.post(make_url(room), {"discard": "1"}).status_code == 302
    assert "Half a sen" not in chair.get(make_url(room)).content.decode()


def test_typing_that_the_board_has_overtaken_stands_beside_the_boards(room, chair):
    autosave(room, typed(room, rationale="Mine, older."), 0)
    keep(room, rationale="Theirs, newer.")
    response = chair.get(make_url(room))

    assert ("Theirs, newer.", "Mine, older.") in [(d.theirs, d.mine) for d in response.context["differences"]]
    assert response.context["forms"].decision_form["version"].value() == "1"


def test_one_more_row_without_scripts_keeps_what_was_typed(room, chair):
    response = chair.post(make_url(room), typed(room, more="1", rationale="Half"))

    assert response.status_code == 200
    assert len(response.context["forms"].actions.forms) == 2
    assert not Recommendation.objects.exists()


def test_the_read_back_follows_the_typing_and_keeps_nothing(room, chair):
    url = reverse("cases:decision-read-back", args=[room.item.pk])
    response = chair.post(url, typed(room, rows=[row(room, owner="")]), headers={"HX-Request": "true"})
    page = response.content.decode()

    assert "<html" not in page
    assert "<mark>no owner</mark>" in page
    assert 'id="need-actions-0-owner" hx-swap-oob="true"' in page
    assert not Recommendation.objects.exists()
    assert 'name="sign"' in chair.post(url, typed(room)).content.decode()


def test_who_may_not_sign_is_told_why(room, client):
    client.force_login(room.coordinator)
    response = client.get(make_url(room))

    assert "Only a chair of this board signs." in body(response)
    assert client.post(make_url(room), typed(room, sign="1")).status_code == 403
    assert not Recommendation.objects.exists()


@pytest.mark.parametrize("status", [ItemStatus.PLANNED, ItemStatus.TAKEN_OFF])
def test_a_case_that_is_not_before_the_board_is_not_decided(room, chair, status):
    AgendaItem.objects.update(status=status)

    assert chair.get(make_url(room)).url == reverse("cases:case", args=[room.case.pk])


def test_strangers_find_nothing(room, client):
    signed = room.decide()
    pages = [make_url(room), reverse("cases:decision", args=[signed.pk])]
    for stranger in (person(), a_room().chair):
        client.force_login(stranger)
        assert [client.get(page).status_code for page in pages] == [404, 404]
        assert client.post(pages[0], typed(room)).status_code == 404
        assert client.post(reverse("cases:sign-decision", args=[signed.pk])).status_code == 404


def test_the_referrer_reads_a_decision_once_it_is_signed(room, client):
    kept = keep(room)
    url = reverse("cases:decision", args=[kept.pk])
    client.force_login(room.referrer)
    assert client.get(url).status_code == 404

    pathway.sign_off(recommendation=kept, version=kept.version, by=room.chair)
    response = client.get(url)

    assert room.fields["rationale"] in body(response)
    assert "The letter is being prepared." in body(response)
    assert client.get(make_url(room)).status_code == 404


def test_an_observer_reads_and_does_not_type(room, client):
    kept = keep(room)
    client.force_login(member(room.board, Role.OBSERVER))

    assert client.get(make_url(room)).status_code == 403
    assert "Not signed yet." in body(client.get(reverse("cases:decision", args=[kept.pk])))


def test_a_chair_signs_what_was_kept_without_changing_it(room, chair):
    kept = keep(room)
    url = reverse("cases:sign-decision", args=[kept.pk])

    assert chair.post(url, {"version": "7"}).url == make_url(room)
    assert chair.post(url, {"version": "1"}).url == reverse("cases:decision", args=[kept.pk])
    assert Recommendation.objects.get().signed_by == room.chair


def test_an_amendment_stands_under_the_decision(room, chair):
    signed = room.decide()
    url = reverse("cases:amend-decision", args=[signed.pk])
    refused = chair.post(url, {"text": "Add a chest CT.", "reason": ""})

    assert refused.status_code == 422
    assert "Add a chest CT." in refused.content.decode()
    assert chair.post(url, {"text": "Add a chest CT.", "reason": "New nodule."}).status_code == 302
    assert "Amendment 1: Add a chest CT." in body(chair.get(reverse("cases:decision", args=[signed.pk])))


def questions(client, user, url):
    """How many the page asks of the database, once everything is warm."""
    client.force_login(user)
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def made_with(number, client):
    room = a_room()
    lesions = [a_lesion(room.case, n, mm=20) for n in range(1, number + 1)]
    for _ in range(number):
        member(room.board, specialty=Specialty.ONCOLOGY)
    recommendation.draft(
        item=room.item,
        version=0,
        fields=room.fields,
        actions=[room.action(lesions=lesions)] * number,
        dissents=[recommendation.DissentSaid("No.", room.oncologist)] * number,
        by=room.surgeon,
    )
    return questions(client, room.chair, make_url(room))


def signed_with(number, client):
    room = a_room()
    lesions = [a_lesion(room.case, n) for n in range(1, number + 1)]
    signed = room.decide([room.action(lesions=lesions)] * number)
    for _ in range(number):
        pathway.amend_decision(recommendation=signed, text="More.", reason="New.", by=room.chair)
    return questions(client, room.chair, reverse("cases:decision", args=[signed.pk]))


@pytest.mark.parametrize("page", [made_with, signed_with])
def test_more_rows_ask_no_more_questions(client, page):
    assert page(1, client) == page(3, client)
