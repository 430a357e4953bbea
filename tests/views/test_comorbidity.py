"""Other illnesses, the course after a treatment, and what is not needed: asked, graded, taken back."""

import pytest
from django.urls import reverse

from cases.models import ComorbidityReview, Diagnosis, Fitness, LiverStatus, TreatmentCourse, Waiver
from cases.services import disease
from cases.vocabulary import CharlsonItem, Role
from tests.factories import a_case, board, member

pytestmark = pytest.mark.django_db

LIST = {"fact-liver_disease": "none", "fact-diabetes": "none", "fact-other_tumour": "none"}
COURSE = {"fact-procedure": "Right hemihepatectomy", "fact-performed_on": "2026-10-01"}


@pytest.fixture
def case():
    return a_case(board=board())


@pytest.fixture
def surgeon(case, client):
    user = member(case.board, Role.MEMBER)
    client.force_login(user)
    return user


def sheet(case, what):
    return reverse(f"cases:record-{what}", args=[case.pk])


def test_the_list_counts_only_once_somebody_went_through_all_of_it(client, case, surgeon):
    response = client.post(sheet(case, "comorbidity"), LIST | {"fact-items": ["dementia"]})

    assert response.status_code == 422
    assert "gone through the whole list" in response.text
    assert not ComorbidityReview.objects.exists()
    assert 'value="dementia" checked' in response.text.replace("  ", " ") or "dementia" in response.text


def test_every_item_of_the_list_is_asked(client, case, surgeon):
    page = client.get(sheet(case, "comorbidity")).text
    assert [item for item in CharlsonItem.values if f'value="{item}"' not in page] == []


@pytest.mark.parametrize(
    ("typed", "grade"),
    [  # Dindo D et al. Ann Surg 2004;240:205-213, Table 1
        ({}, "no complication"),
        ({"any_deviation": "on"}, "grade I:"),
        ({"drug_or_transfusion": "on"}, "grade II:"),
        ({"intervention": "no_general_anaesthesia"}, "grade IIIa:"),
        ({"intervention": "general_anaesthesia"}, "grade IIIb:"),
        ({"icu_life_threatening": "on", "organ_dysfunction_count": "1"}, "grade IVa:"),
        ({"icu_life_threatening": "on", "organ_dysfunction_count": "2"}, "grade IVb:"),
        ({"death": "on"}, "grade V:"),
        ({"drug_or_transfusion": "on", "disability_at_discharge": "on"}, "grade IId:"),
    ],
)
def test_the_grade_shows_while_it_is_ticked_and_once_it_is_recorded(client, case, surgeon, typed, grade):
    typed = {f"fact-{name}": value for name, value in typed.items()}

    assert grade in client.post(reverse("cases:course-grade", args=[case.pk]), typed).text
    assert client.post(sheet(case, "course"), COURSE | typed).status_code == 302
    assert f"Clavien-Dindo {grade}" in client.get(sheet(case, "course")).text


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"organ_dysfunction_count": "1"}, "where the course was life-threatening"),
        ({"icu_life_threatening": "on"}, "Say how many organs failed"),
        ({"death": "on", "disability_at_discharge": "on"}, "Either died, or was discharged"),
        ({"procedure": ""}, "Name the operation"),
        ({"performed_on": ""}, "Give the day"),
    ],
)
def test_what_contradicts_itself_is_said_at_its_field(client, case, surgeon, typed, message):
    typed = {f"fact-{name}": value for name, value in typed.items()}
    response = client.post(sheet(case, "course"), COURSE | {"fact-note": "Bile leak"} | typed)

    assert response.status_code == 422
    assert message in response.text
    assert "Bile leak" in response.text
    assert not TreatmentCourse.objects.exists()


def test_what_is_worse_than_a_deviation_is_one(client, case, surgeon):
    client.post(sheet(case, "course"), COURSE | {"fact-intervention": "general_anaesthesia"})
    assert TreatmentCourse.objects.get().any_deviation


@pytest.mark.parametrize(
    ("what", "model", "first", "then"),
    [
        ("liver", LiverStatus, {"cirrhosis": "YES", "ascites": "none"}, {"varices": "PENDING"}),
        ("fitness", Fitness, {"ecog": None, "comorbidities": ["COPD"]}, {"karnofsky": "80"}),
    ],
)
def test_a_new_entry_begins_with_what_stands(client, case, surgeon, what, model, first, then):
    """The newest entry speaks for all of it: what is not asked again must not be lost."""
    getattr(disease, "record_liver_status" if what == "liver" else "record_fitness")(
        case=case, by=surgeon, **first
    )
    form = client.get(sheet(case, what)).context["form"]
    told = {f"fact-{name}": form[name].value() for name in form.fields if form[name].value()}

    assert client.post(sheet(case, what), told | {f"fact-{k}": v for k, v in then.items()}).status_code == 302
    newest = model.objects.order_by("-created_at").first()
    assert {name: getattr(newest, name) for name in first} == first
    assert str(getattr(newest, next(iter(then)))) == next(iter(then.values()))


@pytest.mark.parametrize("karnofsky", ["85", "110", "-10"])
def test_karnofsky_goes_in_tens(client, case, surgeon, karnofsky):
    response = client.post(sheet(case, "fitness"), {"fact-ecog": "1", "fact-karnofsky": karnofsky})
    assert response.status_code == 422
    assert f'value="{karnofsky}"' in response.text


def test_why_there_is_no_answer_is_kept_apart_from_no(client, case, surgeon):
    client.post(sheet(case, "liver"), {"fact-cirrhosis": "NOT_ASSESSED", "fact-ascites": "PENDING"})
    said = LiverStatus.objects.get(case=case)
    assert (said.cirrhosis, said.ascites, said.varices) == ("NOT_ASSESSED", "PENDING", "")


# -- not needed ---------------------------------------------------------------------------------------------


def waive_url(case, item="afp"):
    return reverse("cases:record-waiver", args=[case.pk, item])


def test_an_item_is_waived_with_a_reason_and_the_waiver_taken_back(client, case, surgeon):
    assert "AFP" in client.get(waive_url(case)).text
    assert client.post(waive_url(case), {"fact-reason": " "}).status_code == 422
    assert client.post(waive_url(case), {"fact-reason": "Biopsy-proven."}).status_code == 302
    waiver = Waiver.objects.get(case=case)
    assert (waiver.item, waiver.reason, waiver.created_by) == ("afp", "Biopsy-proven.", surgeon)

    wrong = reverse("cases:withdraw-fact", args=[case.pk, "waiver", waiver.pk])
    assert "Biopsy-proven." in client.get(wrong).text
    assert client.post(wrong, {"reason": "It is needed."}).status_code == 302
    assert not Waiver.objects.standing().exists()
    assert client.post(waive_url(case), {"fact-reason": "Not needed after all."}).status_code == 302


def test_an_item_is_waived_once(client, case, surgeon):
    client.post(waive_url(case), {"fact-reason": "Biopsy-proven."})
    response = client.post(waive_url(case), {"fact-reason": "A second reason."})

    assert response.status_code == 422
    assert "A second reason." in response.text
    assert Waiver.objects.count() == 1


@pytest.mark.parametrize("item", ["shoe-size", "question_for_board"])
def test_what_nobody_asks_for_cannot_be_waived(client, case, surgeon, item):
    assert client.get(waive_url(case, item)).status_code == 404


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.REFERRER])
def test_who_may_not_record_may_not_waive(client, case, role):
    client.force_login(member(case.board, role))
    answer = client.post(waive_url(case), {"fact-reason": "Because."})
    assert answer.status_code in {403, 404}
    assert not Waiver.objects.exists()


# -- on the case --------------------------------------------------------------------------------------------


def on_the_case(client, case):
    return client.get(reverse("cases:case", args=[case.pk])).text


def test_the_case_offers_what_is_not_recorded_and_shows_what_is(client, case, surgeon):
    text = on_the_case(client, case)
    assert sheet(case, "comorbidity") in text
    assert sheet(case, "course") in text
    assert "Charlson list" not in text

    client.post(sheet(case, "comorbidity"), LIST | {"fact-items": ["copd"], "fact-whole_list": "on"})
    client.post(sheet(case, "course"), COURSE | {"fact-intervention": "general_anaesthesia"})
    text = on_the_case(client, case)
    assert "Chronic obstructive lung disease" in text
    assert "Right hemihepatectomy, 01-Oct-2026" in text
    assert "Clavien-Dindo grade IIIb" in text


def test_what_was_waived_stands_on_the_case_with_who_and_why(client, case, surgeon):
    waiver = disease.waive(case=case, item="afp", reason="Biopsy-proven.", by=surgeon)
    text = on_the_case(client, case)
    assert "Biopsy-proven." in text
    assert surgeon.display_name in text
    assert reverse("cases:withdraw-fact", args=[case.pk, "waiver", waiver.pk]) in text


def test_the_diagnosis_asks_what_belongs_to_its_tumour(client, case, surgeon):
    url = reverse("cases:record-diagnosis", args=[case.pk])
    told = {
        "version": "0",
        "diagnosis-primary_site": "COLORECTAL",
        "diagnosis-primary_control": "RESECTED_R0",
        "diagnosis-primary_side": "LEFT",
        "diagnosis-melanoma_type": "UVEAL",  # typed before the site was changed
        "diagnosis-primary_resected_on": "2026-02-01",
        "diagnosis-primary_node_positive": "NOT_ASSESSED",
    }
    assert client.post(url, told).status_code == 302
    found = Diagnosis.objects.get(case=case)
    assert (found.primary_side, found.melanoma_type, found.primary_node_positive) == (
        "LEFT",
        "",
        "NOT_ASSESSED",
    )
    assert "01-Feb-2026" in on_the_case(client, case)

    again = told | {"version": "1", "diagnosis-primary_control": "IN_SITU_UNCONTROLLED"}
    client.post(url, again)
    assert Diagnosis.objects.get(case=case).primary_resected_on is None
