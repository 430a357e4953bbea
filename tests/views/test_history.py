"""Can the past of a case be read: who read it, who did what, what was changed from what to what?"""

import pytest
from django.apps import apps
from django.urls import reverse

from cases.queries.history import OF_BOARD, OF_CASE
from cases.services import case as case_room
from cases.services import disease, pathway
from cases.services import specialist_input as inputs
from cases.vocabulary import CaseStatus, Role
from tests.factories import a_case, a_diagnosis, lab, member
from tests.factories.inputs import DETAILS, OPINION, an_input
from tumorboard.audit import trail

pytestmark = pytest.mark.django_db


def history(client, user, case, **query):
    client.force_login(user)
    response = client.get(reverse("cases:history", args=[case.pk]), query)
    assert response.status_code == 200
    return list(response.context["history"].page), response.content.decode()


def test_reads_are_one_line_a_person_and_day(client):
    case = a_case()
    reader, other = member(case.board), member(case.board, Role.OBSERVER)
    for who in (reader, reader, reader, other):
        trail.record(actor=who, verb="case.viewed", subject=case, about=case.about)
    entries, html = history(client, reader, case)

    assert {(one.who, one.times) for one in entries if one.is_read} == {
        (reader.display_name, 4),
        (other.display_name, 1),
    }
    assert "read the case 4 times that day" in " ".join(html.split()).replace('<span class="muted">', "")
    assert not any(one.is_read for one in history(client, reader, case, reads="no")[0])


def test_a_change_says_who_and_from_what_to_what(client, transactional_db):
    case = a_case()
    surgeon = member(case.board)
    found = a_diagnosis(case, histology="Adenocarcinoma")
    disease.amend_diagnosis(case=case, version=found.version, by=surgeon, histology="Carcinoma, G2")
    entries, html = history(client, surgeon, case)
    changed = next(one for one in entries if one.what == "changed the diagnosis")

    assert changed.who == surgeon.display_name
    assert [(one.label, one.before, one.after) for one in changed.changes] == [
        ("Histology, or accepted imaging diagnosis", "Adenocarcinoma", "Carcinoma, G2")
    ]
    assert "<del>Adenocarcinoma</del>" in html
    assert "Outside the application" in {one.who for one in entries}


def test_what_was_done_together_is_one_entry(client, transactional_db):
    case = a_case(status=CaseStatus.REFERRED)
    coordinator = member(case.board, Role.COORDINATOR)
    pathway.accept(case=case, by=coordinator)
    entries, _ = history(client, coordinator, case)
    accepted = [one for one in entries if "accepted the case" in one.what]

    assert len(accepted) == 1
    assert "asked for an input" in accepted[0].what
    assert ("Status", "Referred", "Preparing") in [(c.label, c.before, c.after) for c in accepted[0].changes]


def test_two_people_are_never_taken_for_one_however_near_their_deeds(client):
    """The whole test is one transaction, as when an invented board is filled."""
    case = a_case(status=CaseStatus.REFERRED)
    coordinator, surgeon = member(case.board, Role.COORDINATOR), member(case.board)
    pathway.accept(case=case, by=coordinator)
    disease.record_wish(case=case, words="To go home soon", by=surgeon)
    entries, _ = history(client, coordinator, case)
    who = {one.what: one.who for one in entries if not one.is_read}

    assert who["recorded the patient’s wish"] == surgeon.display_name
    assert coordinator.display_name in who.values()


def test_the_reason_of_a_step_stands_beside_it(client):
    case = a_case(status=CaseStatus.REFERRED)
    coordinator = member(case.board, Role.COORDINATOR)
    case_room.return_to_referrer(case=case, missing="Histology", by=coordinator)
    entries, _ = history(client, case.referred_by, case)

    assert [one.detail for one in entries if "returned" in one.what] == ["Histology"]


def test_a_referrer_from_outside_reads_no_opinions(client, transactional_db):
    case = a_case()
    surgeon = member(case.board)
    asked = an_input(case, surgeon)
    reason = {"opinion_reason": "Nobody outside reads this."}
    inputs.sign(
        specialist_input=asked,
        version=asked.version,
        fields=OPINION | reason,
        details=DETAILS["SURGERY"],
        by=surgeon,
    )

    assert "Nobody outside reads this." in history(client, surgeon, case)[1]
    entries, html = history(client, case.referred_by, case)
    assert "Nobody outside reads this." not in html
    assert not any("input" in one.what for one in entries)


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_past(client, count, django_assert_num_queries):
    case = a_case()
    reader = member(case.board)
    for number in range(count):
        lab(case, "cea", number, "ug/L", taken_on=f"2026-10-{number + 1:02}")
        trail.record(actor=reader, verb="labs.recorded", subject=case, about=case.about)
    client.force_login(reader)
    url = reverse("cases:history", args=[case.pk])
    client.get(url)

    with django_assert_num_queries(57):
        client.get(url)


def test_every_row_of_a_case_that_keeps_its_past_is_read():
    """A new kind of fact or answer must not be missing from the history."""
    of_no_case = {
        "TumorBoard",
        "Hospital",
        "Membership",
        "QuorumRule",
        "Meeting",
        "EarlyLeave",
        "Attendance",
        "ImportProfile",
        "ClosedDay",
        "MeetingSeries",
        "Absence",
        "MailSettings",
        "MeetingReply",
        "Publication",
    }
    tracked = {
        model
        for model in apps.get_app_config("cases").get_models()
        if any(one.name == "keeps_its_past" for one in getattr(model._meta, "triggers", []))
    }

    assert {one.__name__ for one in tracked - set(OF_CASE | OF_BOARD)} == of_no_case


def test_new_kinds_of_facts_read_as_words(client):
    case = a_case()
    surgeon = member(case.board)
    disease.waive(case=case, item="afp", reason="Biopsy-proven.", by=surgeon)
    disease.record_comorbidity(
        case=case,
        items=["copd"],
        liver_disease="none",
        diabetes="none",
        other_tumour="none",
        by=surgeon,
    )
    entries, html = history(client, surgeon, case)

    told = " ".join(one.what for one in entries)
    assert "said that an item is not needed" in told
    assert "recorded other illnesses" in told
    assert "Chronic obstructive lung disease" in html
