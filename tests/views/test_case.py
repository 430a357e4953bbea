"""A referral is typed on one page, loses nothing, says all that is missing, shows strangers nothing."""

import re
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from cases.models import Case, Draft, LabResult, Lesion
from cases.services import pathway
from cases.vocabulary import CaseStatus, Role
from tests.factories import a_case, board, member, person
from tests.factories.referrals import a_lab, a_lesion_seen, a_referral
from tumorboard.audit import trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def liver():
    return board(name="Liver board of the views")


@pytest.fixture
def referrer(liver, client):
    user = member(liver, Role.REFERRER)
    client.force_login(user)
    return user


@pytest.fixture
def coordinator(liver):
    return member(liver, Role.COORDINATOR)


def refer_url(key=None):
    return f"{reverse('cases:refer')}?draft={key or uuid.uuid4()}"


def typed(on, **more):
    """What a browser posts for a referral that is complete."""
    data = {
        "labs-TOTAL_FORMS": "9",
        "labs-INITIAL_FORMS": "6",
        "lesions-TOTAL_FORMS": "3",
        "lesions-INITIAL_FORMS": "0",
        "patient-record_number": "AB 1234",
        "patient-family_name": "Fairweather",
        "patient-given_name": "Marian",
        "patient-birth_date": "1958-03-07",
        "patient-sex": "FEMALE",
        "question-board": str(on.pk),
        "question-question": "Is right hepatectomy safe?",
        "question-urgency": "ROUTINE",
        "diagnosis-primary_site": "COLORECTAL",
        "fitness-ecog": "1",
    }
    analytes = ("bilirubin", "albumin", "inr", "creatinine", "sodium", "platelets")
    units = ("umol/L", "g/L", "1", "umol/L", "mmol/L", "10*9/L")
    for row, (analyte, unit) in enumerate(zip(analytes, units, strict=True)):
        data |= {f"labs-{row}-analyte": analyte, f"labs-{row}-value": "", f"labs-{row}-unit": unit}
    return data | more


def test_the_page_gives_each_new_referral_its_own_address(client, referrer):
    first = client.get(reverse("cases:refer"))
    assert re.search(r"\?draft=[0-9a-f-]{36}$", first.url)
    assert client.get(first.url).status_code == 200


def test_without_a_seat_there_is_nowhere_to_refer_to(client):
    client.force_login(person())
    response = client.get(refer_url())
    assert response.status_code == 403
    assert "Ask the coordinator" in response.text


def test_a_referral_is_sent_with_all_its_facts(client, liver, referrer):
    facts = {
        "labs-day-taken_on": "2026-11-16",
        "labs-0-value": "11",
        "labs-6-analyte": "cea",
        "labs-6-value": "<3",
        "labs-6-unit": "ug/L",
        "imaging-modality": "MRI",
        "imaging-performed_on": "2026-11-10",
        "lesions-0-segments": ["6", "7"],
        "lesions-0-long_axis_mm": "23",
        "symptoms-symptoms": ["PAIN_RUQ"],
        "wish-words": "To see my grandson start school.",
        "diagnosis-primary_diagnosed_on": "2026-01-05",
        "diagnosis-liver_diagnosed_on": "2026-01-05",
    }
    key = uuid.uuid4()
    Draft.objects.create(owner=referrer, form="referral", key=str(key), saved_at="2026-11-20T10:00:00Z")

    response = client.post(refer_url(key), typed(liver, **facts))

    case = Case.objects.get()
    assert response.status_code == 302
    assert response.url == reverse("cases:case", args=[key])
    assert (case.status, case.pk, case.patient.record_number) == (CaseStatus.REFERRED, key, "AB1234")
    assert case.diagnosis.timing == "SYNCHRONOUS"
    values = {(one.analyte, one.comparator, int(one.value)) for one in LabResult.objects.filter(case=case)}
    assert values == {("bilirubin", "", 11), ("cea", "<", 3)}
    lesion = Lesion.objects.get(case=case)
    assert lesion.segments == ["6", "7"]
    assert str(lesion.measurements.get().measured_on) == "2026-11-10"
    assert not Draft.objects.exists()


def test_the_form_sent_twice_leads_to_the_same_case(client, liver, referrer):
    url, data = refer_url(uuid.uuid4()), typed(liver)
    first, second = client.post(url, data), client.post(url, data)
    assert first.url == second.url
    assert Case.objects.count() == 1


def test_everything_missing_is_said_at_once_and_what_was_typed_stays(client, liver, referrer):
    data = typed(
        liver,
        **{"patient-family_name": "", "fitness-ecog": "", "question-question": "", "labs-0-value": "eleven"},
    )
    data["question-why_now"] = "<script>alert(1)</script> kept & shown"

    response = client.post(refer_url(), data)

    assert response.status_code == 422
    for said in (
        "Give the family name.",
        "Choose the performance status",
        "Say what you ask the board.",
        "Give a number",
    ):
        assert said in response.text
    assert 'href="#id_patient-family_name"' in response.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; kept &amp; shown" in response.text
    assert 'value="eleven"' in response.text
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("patient-birth_date", "2099-01-01", "still to come"),
        ("diagnosis-primary_diagnosed_on", "1950-01-01", "before the patient was born"),
        ("labs-4-value", "1400", "cannot be 1400"),
        ("lesions-0-long_axis_mm", "4000", "400"),
        ("question-question", "x" * 5000, "at most 4000 characters"),
        ("imaging-conclusion", "Something", "Choose the kind of imaging."),
        ("diagnosis-extrahepatic_sites", "LUNG", "Say whether that disease can be resected."),
        ("diagnosis-primary_site", "NOWHERE", "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(client, liver, referrer, field, value, said):
    response = client.post(refer_url(), typed(liver, **{field: value}))
    assert response.status_code == 422
    assert said in response.text
    assert not Case.objects.exists()


def test_an_unusual_value_asks_and_is_stored_when_confirmed(client, liver, referrer):
    odd = typed(liver, **{"labs-0-value": "1.1"})

    asked = client.post(refer_url(), odd)
    assert asked.status_code == 422
    assert "Did you mean 1.1 mg/dL?" in asked.text
    assert "Yes, 1.1 µmol/L is right" in asked.text

    other = client.post(refer_url(), odd | {"labs-0-value": "1.2", "labs-0-confirmed": "1.1 umol/L"})
    assert other.status_code == 422

    client.post(refer_url(), odd | {"labs-0-confirmed": "1.1 umol/L"})
    assert LabResult.objects.get().value == Decimal("1.1")


def test_a_draft_is_shown_exactly_as_typed_even_where_it_is_wrong(client, liver, referrer):
    key = uuid.uuid4()
    kept = {
        "patient-family_name": "O'Fair",
        "labs-0-value": "eleven",
        "fitness-ecog": "3",
        "labs-TOTAL_FORMS": "9",
    }

    saved = client.post(reverse("cases:save-draft", args=["referral", key]), kept)
    page = client.get(refer_url(key))

    assert re.fullmatch(r"\d\d:\d\d", saved.json()["saved"])
    assert 'value="O&#39;Fair"' in page.text
    assert 'value="eleven"' in page.text
    assert "Please check" not in page.text
    assert "tb-error" not in page.text


def test_a_draft_is_its_owners_alone(client, liver, referrer):
    key = uuid.uuid4()
    client.post(reverse("cases:save-draft", args=["referral", key]), {"patient-family_name": "Secret"})
    client.force_login(member(liver, Role.COORDINATOR))
    assert "Secret" not in client.get(refer_url(key)).text


def test_a_late_autosave_does_not_bring_back_what_was_sent(client, liver, referrer):
    key = uuid.uuid4()
    client.post(refer_url(key), typed(liver))
    late = client.post(reverse("cases:save-draft", args=["referral", key]), typed(liver))
    assert late.status_code == 200
    assert not Draft.objects.exists()


def test_a_draft_has_a_limit_and_takes_any_character(client, referrer):
    url = reverse("cases:save-draft", args=["referral", uuid.uuid4()])
    assert client.post(url, {"a": "x" * 400_000}).status_code == 422
    assert client.post(url, {"a": "nul \0 \U0001f600 ' \"; drop table"}).status_code == 200


def test_save_draft_works_without_scripts_and_discard_too(client, liver, referrer):
    key = uuid.uuid4()
    assert client.post(refer_url(key), typed(liver, keep="1")).status_code == 302
    assert Draft.objects.get().payload["patient-family_name"] == ["Fairweather"]
    client.post(reverse("cases:discard-draft", args=["referral", key]))
    assert not Draft.objects.exists()


def test_a_namesake_is_asked_about_and_the_answer_is_taken(client, liver, referrer, coordinator):
    other = board()
    known = pathway.refer(
        referral=a_referral(other, patient={"given_name": "Marian", "record_number": "ELSE-9"}),
        by=member(other, Role.REFERRER),
    ).patient

    asked = client.post(refer_url(), typed(liver))

    assert asked.status_code == 422
    assert "Is this the same person?" in asked.text
    assert "ELSE-9" not in asked.text  # of a case that this person may not see
    client.post(refer_url(), typed(liver, **{"patient-known_as": f"not {known.pk}"}))
    assert Case.objects.get(board=liver).patient != known


def test_an_open_case_is_told_with_a_link_only_to_those_who_may_see_it(client, liver, referrer):
    client.post(refer_url(), typed(liver))
    case = Case.objects.get()

    again = client.post(refer_url(), typed(liver))
    assert again.status_code == 422
    assert f'<a href="{reverse("cases:case", args=[case.pk])}">' in again.text

    client.force_login(member(liver, Role.REFERRER))
    unseen = client.post(refer_url(), typed(liver))
    assert unseen.status_code == 422
    assert case.number not in unseen.text


def test_units_are_remembered_for_each_person(client, liver, referrer):
    lab_of = pathway.refer(referral=a_referral(liver, labs=[a_lab(value="1.1", unit="mg/dL")]), by=referrer)
    assert lab_of
    page = client.get(refer_url()).text
    assert '<option value="mg/dL" selected>' in page


def test_the_page_costs_the_same_with_many_drafts(client, liver, referrer, django_assert_max_num_queries):
    for _ in range(4):
        client.post(reverse("cases:save-draft", args=["referral", uuid.uuid4()]), typed(liver))
    with django_assert_max_num_queries(12):
        client.get(refer_url())


def test_the_return_is_shown_and_everything_is_filled_in(client, liver, referrer, coordinator):
    labs, lesions = [a_lab(), a_lab("cea", "42", "ug/L")], [a_lesion_seen()]
    case = pathway.refer(referral=a_referral(liver, labs=labs, lesions=lesions), by=referrer)
    client.force_login(coordinator)
    url = reverse("cases:return", args=[case.pk])
    empty = client.post(url, {})
    assert empty.status_code == 422
    sent = client.post(
        url, {"ticked": ["Imaging of the liver, with its date"], "words": "And the <b>albumin</b>."}
    )
    assert sent.status_code == 302

    client.force_login(referrer)
    page = client.get(reverse("cases:edit-referral", args=[case.pk])).text

    assert "Imaging of the liver, with its date" in page
    assert "And the &lt;b&gt;albumin&lt;/b&gt;." in page
    for filled in ("Fairweather", case.question, 'value="11"', 'value="42"', 'value="23.0"'):
        assert filled in page
    assert trail.of(case.about).first().verb == "case.viewed"

    completed = typed(liver, **{"patient-record_number": case.patient.record_number, "labs-1-value": "38"})
    completed["patient-given_name"] = case.patient.given_name
    assert client.post(reverse("cases:edit-referral", args=[case.pk]), completed).status_code == 302
    case.refresh_from_db()
    assert case.status == CaseStatus.REFERRED


def test_a_sent_referral_is_not_edited_any_more(client, liver, referrer):
    case = pathway.refer(referral=a_referral(liver), by=referrer)
    assert client.get(reverse("cases:edit-referral", args=[case.pk])).status_code == 302


def test_accept_asks_the_disciplines(client, liver, referrer, coordinator):
    case = pathway.refer(referral=a_referral(liver), by=referrer)
    client.force_login(coordinator)
    assert client.get(reverse("cases:accept", args=[case.pk])).status_code == 405

    client.post(reverse("cases:accept", args=[case.pk]))

    case.refresh_from_db()
    assert case.status == CaseStatus.PREPARING
    assert case.inputs.count() == len(liver.input_specialties)


@pytest.mark.parametrize("step", ["accept", "return", "withdraw", "re-present", "edit-referral"])
def test_strangers_find_nothing(client, step):
    client.force_login(member(board(), Role.COORDINATOR))
    assert client.post(reverse(f"cases:{step}", args=[a_case().pk])).status_code == 404


@pytest.mark.parametrize("step", ["accept", "return", "withdraw", "re-present", "edit-referral"])
def test_members_who_may_not_are_told_so(client, liver, step):
    client.force_login(member(liver, Role.OBSERVER))
    assert client.post(reverse(f"cases:{step}", args=[a_case(board=liver).pk])).status_code == 403


def test_withdraw_and_bring_again_ask_for_words(client, liver, coordinator):
    client.force_login(coordinator)
    open_case, decided = a_case(board=liver), a_case(board=liver, status=CaseStatus.DECIDED)
    for step, case, words in (
        ("withdraw", open_case, {"reason": "Treated elsewhere."}),
        ("re-present", decided, {"question": "And now?", "why_now": "New lesion."}),
    ):
        url = reverse(f"cases:{step}", args=[case.pk])
        assert client.get(url).status_code == 200
        assert client.post(url, {}).status_code == 422
        assert client.post(url, words).status_code == 302
    open_case.refresh_from_db()
    decided.refresh_from_db()
    assert (open_case.status, decided.status) == (CaseStatus.WITHDRAWN, CaseStatus.PREPARING)
    assert decided.presentation == 2


def test_timing_is_told_while_the_dates_are_typed(client, referrer):
    dates = {"diagnosis-primary_diagnosed_on": "2025-01-05", "diagnosis-liver_diagnosed_on": "2026-11-05"}
    url = reverse("cases:refer-timing")
    late = client.post(url, dates | {"diagnosis-primary_site": "COLORECTAL"})
    assert "Late metachronous" in late.text
    assert "metachronous" not in client.post(url, dates | {"diagnosis-primary_site": "HCC"}).text
    assert client.post(url, {"diagnosis-primary_diagnosed_on": "nonsense"}).status_code == 200
