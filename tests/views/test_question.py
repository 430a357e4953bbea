"""What the question is about: ticked by the referrer, put right by those who triage, shown to the board."""

import uuid

import pytest
from django.urls import reverse

from cases.domain.errors import SomeoneWasFaster
from cases.models import Case
from cases.services import case as service
from cases.services import pathway
from cases.vocabulary import CaseStatus, Role
from tests.factories import a_case, board, member, person
from tests.factories.referrals import a_referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return board()


@pytest.fixture
def case(here):
    return a_case(here, topics=["ABLATION"], gp_name="Dr Rowntree")


def address(name, case):
    return reverse(f"cases:{name}", args=[case.pk])


def shown(client, where):
    return client.get(where).content.decode()


def said(case, **more):
    return {"topics": ["TRANSPLANT"], "gp_name": "Dr Stone", "gp_address": "", "version": case.version} | more


def test_a_referral_says_what_it_is_about_and_who_the_gp_is(here):
    referral = a_referral(
        here, topics=["RESECTION", "ABLATION"], gp_name=" Dr Rowntree ", gp_address="Inventham"
    )
    case = pathway.refer(referral=referral, by=member(here, Role.REFERRER))

    assert case.topic_words == "Resection, Ablation"
    assert (case.gp_name, case.gp_address) == ("Dr Rowntree", "Inventham")


def test_the_referral_form_keeps_the_ticks_and_the_gp(client, here):
    client.force_login(member(here, Role.REFERRER))
    typed = {"question-topics": ["SBRT"], "question-gp_name": "Dr Rowntree"}
    answer = client.post(f"{reverse('cases:refer')}?draft={uuid.uuid4()}", typed | ROWS)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Dr Rowntree"' in page
    assert page.count('value="SBRT"') == 1
    assert "checked" in page.split('value="SBRT"')[1].split(">")[0]


ROWS = {
    f"{prefix}-{name}": "0"
    for prefix in ("labs", "lesions")
    for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
}


def test_a_referral_sent_back_shows_what_was_ticked(client, here):
    referrer = member(here, Role.REFERRER)
    sent_back = a_case(
        here, CaseStatus.RETURNED, referred_by=referrer, topics=["SBRT"], gp_name="Dr Rowntree"
    )
    client.force_login(referrer)

    page = shown(client, address("edit-referral", sent_back))
    assert "checked" in page.split('value="SBRT"')[1].split(">")[0]
    assert 'value="Dr Rowntree"' in page


def test_the_case_page_says_what_it_is_about(client, here, case):
    client.force_login(member(here))
    page = shown(client, address("case", case))
    assert "About: Ablation" in page
    assert address("record-question", case) not in page

    client.force_login(member(here, Role.COORDINATOR))
    assert address("record-question", case) in shown(client, address("case", case))


def test_those_who_triage_put_it_right(client, here, case):
    client.force_login(member(here, Role.COORDINATOR))
    assert client.post(address("record-question", case), said(case)).status_code == 302

    case.refresh_from_db()
    assert (case.topics, case.gp_name) == (["TRANSPLANT"], "Dr Stone")


def test_somebody_faster_is_said_and_what_was_ticked_stays(client, here, case):
    coordinator = member(here, Role.COORDINATOR)
    client.force_login(coordinator)
    typed = said(case)
    Case.objects.filter(pk=case.pk).update(version=case.version + 1)
    answer = client.post(address("record-question", case), typed)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "has changed this case" in page
    assert "Dr Stone" in page
    with pytest.raises(SomeoneWasFaster):
        service.describe(case=case, by=coordinator, **typed)


def test_a_tick_that_is_not_one_of_ours_is_refused(client, here, case):
    client.force_login(member(here, Role.COORDINATOR))
    assert client.post(address("record-question", case), said(case, topics=["MOON"])).status_code == 422


def test_who_does_not_triage_may_not_change_it(client, here, case):
    for who, answer in ((member(here), 403), (case.referred_by, 403), (person(), 404)):
        client.force_login(who)
        assert client.post(address("record-question", case), said(case)).status_code == answer


def test_bringing_it_again_asks_about_what(client, here):
    old = a_case(here, CaseStatus.CLOSED, topics=["ABLATION"])
    coordinator = member(here, Role.COORDINATOR)
    client.force_login(coordinator)
    assert "checked" in shown(client, address("re-present", old)).split('value="ABLATION"')[1].split(">")[0]

    typed = {"question": "And now?", "why_now": "", "topics": ["SBRT"]}
    client.post(address("re-present", old), typed)
    old.refresh_from_db()
    assert old.topics == ["SBRT"]
