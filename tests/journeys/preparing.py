"""How do the disciplines say what they think?"""

import re
from collections.abc import Callable

from tests.journeys.post import Post
from tests.journeys.referring import days_ago
from tests.journeys.somebody import Somebody


def _of_the_surgeon(page: Somebody) -> None:
    page.chooses("Resectable, in your judgement", "Yes")
    page.types("Future liver remnant", "380")
    page.types("Total liver volume", "1500")
    page.sees(re.compile(r"Measured remnant 25\.3 %"))


def _of_the_radiologist(page: Somebody) -> None:
    page.selects("Modality", "MRI")
    page.types("Date of the study", days_ago(12))
    page.types("Number of liver lesions", "2")
    page.chooses("Disease outside the liver seen", "No")


def _of_the_interventional_radiologist(page: Somebody) -> None:
    page.chooses("Ablation possible", "Yes")
    page.chooses("Embolisation (TACE) suitable", "Yes")


def _of_the_oncologist(page: Somebody) -> None:
    page.types("Lines given", "1")
    page.chooses("Fit for systemic treatment", "Yes")


Answer = tuple[Callable[[Somebody], None], str, str]
ANSWERS: dict[str, Answer] = {
    "surgeon": (_of_the_surgeon, "Resect after downsizing", "The remnant is too small for one step."),
    "radiologist": (_of_the_radiologist, "Resect", "Two lesions; the portal vein is free."),
    "interventional": (_of_the_interventional_radiologist, "Ablate", "Both can be reached from the right."),
    "oncologist": (_of_the_oncologist, "Systemic treatment", "CEA is still falling."),
}


def when_a_discipline_signs_its_input(specialist: Somebody, post: Post, discipline: str) -> None:
    """From the e-mail that asks, through the sign-in page, to the form and back to the case."""
    details, opinion, reason = ANSWERS[discipline]
    specialist.signs_in(at=post.to(specialist.user, about="input").path)
    details(specialist)
    specialist.selects("Preferred option", opinion)
    specialist.chooses("Confidence", "High")
    specialist.types("Reason", reason)
    specialist.presses("Sign input", then=re.compile("is signed"))


def then_the_case_shows_all_four(coordinator: Somebody, case) -> None:
    coordinator.opens(f"/cases/{case.pk}/")
    coordinator.sees("4 of 4 signed")
    for _, opinion, _ in ANSWERS.values():
        coordinator.sees(opinion)
