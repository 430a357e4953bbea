"""Does a sealed opinion stay sealed wherever a case is read, and does it open when it should?"""

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Recommendation
from cases.queries.sealing import agreements_of
from cases.vocabulary import ItemStatus, Role, Specialty
from tests.factories.boards import board, member
from tests.factories.cases import a_case, agenda_item, meeting
from tests.factories.inputs import a_signed_input, an_input

pytestmark = pytest.mark.django_db
REASON = "Only the surgeon knows this sentence."
PREFERRED = "Resect after downsizing"


class Sealed:
    """A case on which the surgeon has signed and the oncologist has not."""

    def __init__(self, *, seals=True):
        self.board = board(seals_opinions=seals)
        self.surgeon = member(self.board, specialty=Specialty.SURGERY)
        self.other_surgeon = member(self.board, specialty=Specialty.SURGERY)
        self.oncologist = member(self.board, specialty=Specialty.ONCOLOGY)
        self.coordinator = member(self.board, Role.COORDINATOR)
        self.case = a_case(self.board)
        self.signed = a_signed_input(
            self.case, self.surgeon, opinion="RESECT_AFTER_DOWNSIZING", opinion_reason=REASON
        )
        self.asked = an_input(self.case, self.oncologist, Specialty.ONCOLOGY)

    def pages(self):
        """Every page on which an opinion stands."""
        return {
            "case": reverse("cases:case", args=[self.case.pk]),
            "own form": reverse("cases:input", args=[self.asked.pk]),
            "answer": reverse("cases:input", args=[self.signed.pk]),
            "history": reverse("cases:history", args=[self.case.pk]),
        }


def sees_it(client, who, sealed) -> bool:
    client.force_login(who)
    page = client.get(reverse("cases:input", args=[sealed.signed.pk])).content.decode()
    return REASON in page


@pytest.mark.parametrize("who", ["oncologist", "coordinator"])
def test_no_page_tells_the_sealed_reason(client, who):
    sealed = Sealed()
    client.force_login(getattr(sealed, who))

    for name, url in sealed.pages().items():
        page = client.get(url).content.decode()
        assert REASON not in page, name
    case = client.get(sealed.pages()["case"]).content.decode()
    assert "Sealed" in case
    assert PREFERRED not in case


@pytest.mark.parametrize("who", ["surgeon", "other_surgeon"])
def test_a_discipline_reads_its_own_opinion(client, who):
    sealed = Sealed()

    assert sees_it(client, getattr(sealed, who), sealed)


def test_without_the_setting_nothing_is_sealed(client):
    sealed = Sealed(seals=False)

    assert sees_it(client, sealed.oncologist, sealed)
    assert sees_it(client, sealed.coordinator, sealed)


def test_who_has_given_an_opinion_reads_the_others(client):
    sealed = Sealed()
    a_signed_input(sealed.case, sealed.oncologist, Specialty.ONCOLOGY, revision=2, amendment_reason="again")

    assert sees_it(client, sealed.oncologist, sealed)
    assert not sees_it(client, sealed.coordinator, sealed)


def test_a_case_that_is_opened_in_the_meeting_is_open_to_all(client):
    sealed = Sealed()
    sitting = meeting(sealed.board, by=sealed.coordinator)
    agenda_item(
        sitting,
        sealed.case,
        status=ItemStatus.OPEN,
        opened_at=timezone.now(),
        opened_by=sealed.coordinator,
    )

    assert sees_it(client, sealed.oncologist, sealed)
    assert sees_it(client, sealed.coordinator, sealed)


def test_a_case_that_only_waits_on_the_list_stays_sealed(client):
    sealed = Sealed()
    agenda_item(meeting(sealed.board, by=sealed.coordinator), sealed.case)

    assert not sees_it(client, sealed.oncologist, sealed)


@pytest.mark.parametrize(
    ("who", "seals", "said"),
    [("oncologist", True, False), ("oncologist", False, True), ("coordinator", True, True)],
)
def test_a_list_does_not_tell_that_sealed_opinions_differ(client, who, seals, said):
    """Only who builds the list weighs it by that."""
    sealed = Sealed(seals=seals)
    radiologist = member(sealed.board, specialty=Specialty.RADIOLOGY)
    a_signed_input(sealed.case, radiologist, Specialty.RADIOLOGY, opinion="ABLATE")
    sitting = meeting(sealed.board, by=sealed.coordinator)
    agenda_item(sitting, sealed.case)
    client.force_login(getattr(sealed, who))
    page = client.get(reverse("cases:meeting", args=[sitting.pk])).content.decode()

    assert sealed.case.number in page
    assert ("opinions split" in page) is said


def test_an_earlier_presentation_is_open_and_the_new_one_is_sealed(client):
    sealed = Sealed()
    type(sealed.case).objects.filter(pk=sealed.case.pk).update(presentation=2)

    assert sees_it(client, sealed.oncologist, sealed)


@pytest.mark.parametrize("cases", [1, 3])
def test_the_index_of_many_cases_is_one_query(cases, django_assert_num_queries):
    on = board()
    surgeon = member(on)
    found = [a_case(on) for _ in range(cases)]
    for case in found:
        a_signed_input(case, surgeon)
        an_input(case, None, Specialty.ONCOLOGY)

    with django_assert_num_queries(1):
        index = agreements_of(found)

    assert {one.words for one in index.values()} == {"1 of 1 agree, 1 missing"}


def test_a_draft_of_a_decision_opens_no_seal(client):
    sealed = Sealed()
    item = agenda_item(meeting(sealed.board), sealed.case)
    Recommendation.objects.create(item=item, case=sealed.case, created_by=sealed.oncologist)

    assert not sees_it(client, sealed.oncologist, sealed)
