"""How does a question reach the board?"""

import re
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from cases.models import Case
from tests.journeys import patient
from tests.journeys.post import Post
from tests.journeys.somebody import Somebody

PRESETS = {"Bilirubin, total": "11", "Albumin": "38", "INR": "1.0", "Creatinine": "71", "Platelets": "182"}


def days_ago(days: int) -> str:
    return (timezone.localdate() - timedelta(days=days)).isoformat()


def when_a_referral_is_sent_too_early(referrer: Somebody) -> None:
    """As people do: begun, the question forgotten, and a letter typed into a number."""
    referrer.opens(reverse("cases:refer"))
    referrer.types("Record number", patient.RECORD)
    referrer.types("Family name", patient.FAMILY)
    referrer.types("Given name", patient.GIVEN)
    referrer.types("Birth date", patient.BORN.isoformat())
    referrer.chooses("Sex", "female")
    referrer.types("Why now", "Chemotherapy ended three weeks ago.")
    for name, value in PRESETS.items():
        referrer.types(name, value)
    referrer.types("Bilirubin, total", "eleven")
    referrer.presses("Send referral", then="Please check before sending")


def then_the_page_says_what_is_missing_and_keeps_what_was_typed(referrer: Somebody) -> None:
    assert referrer.status == 422
    referrer.sees("Say what you ask the board.")
    referrer.sees("Choose where the tumour began, or that it is not known.")
    referrer.sees("Give a number, such as 42")
    expect(referrer.field("Family name")).to_have_value(patient.FAMILY)
    expect(referrer.field("Why now")).to_have_value("Chemotherapy ended three weeks ago.")
    expect(referrer.field("Bilirubin, total")).to_have_value("eleven")


def when_the_referral_is_completed_and_sent(referrer: Somebody) -> Case:
    _tell_the_question_and_the_tumour(referrer)
    _tell_what_was_measured_and_seen(referrer)
    referrer.types("What the patient wants", patient.WISH)
    referrer.presses("Send referral", then=re.compile(r"Referral NR-\d\d-0001 is sent"))
    return Case.objects.select_related("board", "patient", "referred_by").get()


def _tell_the_question_and_the_tumour(referrer: Somebody) -> None:
    referrer.types("Question for the board", patient.QUESTION)
    referrer.selects("Where the tumour began", "Colon or rectum")
    referrer.types("Histology", "Adenocarcinoma, resected")
    referrer.types("Primary found on", days_ago(151))
    referrer.types("Liver disease found on", days_ago(151))
    referrer.sees(re.compile("From the two dates: Synchronous"))
    referrer.chooses("Control of the primary", "Resected, R0")
    referrer.chooses("Disease outside the liver", "None found")
    referrer.chooses("Performance status", "1 Light work, no strenuous activity")
    referrer.chooses("Cirrhosis", "No")


def _tell_what_was_measured_and_seen(referrer: Somebody) -> None:
    referrer.types("Bilirubin, total", "11")
    offered = referrer.page.locator("[data-rows=labs] [data-row-of-set]:has(option[value=cea]:checked)")
    referrer.types("Value", "38", within=offered)  # the marker of a colorectal tumour stands in a free row
    referrer.types("Taken on", days_ago(3))
    referrer.selects("Latest imaging of the liver", "MRI")
    referrer.types("Performed on", days_ago(12))
    for number, (segment, size) in enumerate([("7", "31"), ("8", "18")]):
        row = referrer.page.locator("[data-rows=lesions] [data-row-of-set]").nth(number)
        row.get_by_label(segment, exact=True).check()
        referrer.types("Longest axis", size, within=row)


def then_the_coordinator_is_told(post: Post, coordinator: Somebody, case: Case) -> None:
    mail = post.to(coordinator.user, about="New referral")
    assert case.number in mail.subject
    assert mail.link.endswith(reverse("cases:case", args=[case.pk]))


def when_the_coordinator_takes_the_case_in(coordinator: Somebody, post: Post) -> None:
    coordinator.signs_in(at=post.to(coordinator.user, about="New referral").path)
    coordinator.sees(patient.QUESTION)
    coordinator.presses(re.compile("Accept"), then="is taken in, and the disciplines are asked")
