"""Of two who act in the same instant, does one win, and is the other told?"""

import pytest

from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import SpecialistInput
from cases.services import specialist_input as service
from cases.vocabulary import InputStatus, Role, Specialty
from tests import factories
from tests.factories.inputs import DETAILS, OPINION, a_signed_input, an_input
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def surgeons():
    board = factories.board(input_specialties=[Specialty.SURGERY])
    return [factories.member(board, specialty=Specialty.SURGERY) for _ in range(2)]


def board_of(person):
    return person.memberships.get().board


def test_two_signatures_at_once(surgeons):
    wanted = an_input(factories.a_case(board_of(surgeons[0])), surgeons[0])

    def signs(person, opinion):
        return lambda: service.sign(
            specialist_input=SpecialistInput.objects.select_related("case__board").get(pk=wanted.pk),
            version=1,
            fields=OPINION | {"opinion": opinion},
            details=DETAILS[Specialty.SURGERY],
            by=person,
        )

    results = at_once(signs(surgeons[0], "RESECT"), signs(surgeons[1], "ABLATE"))

    assert sorted(type(r) for r in results if r) == [SomeoneWasFaster]
    wanted.refresh_from_db()
    winner = results.index(None)
    assert wanted.status == InputStatus.SIGNED
    assert (wanted.signed_by, wanted.opinion) == (surgeons[winner], ["RESECT", "ABLATE"][winner])


def test_two_amendments_at_once(surgeons):
    signed = a_signed_input(factories.a_case(board_of(surgeons[0])), surgeons[0])

    def amends(person):
        return lambda: service.amend(
            specialist_input=SpecialistInput.objects.select_related("case__board").get(pk=signed.pk),
            reason="New CT.",
            by=person,
        )

    results = at_once(*map(amends, surgeons))

    assert sum(isinstance(r, Refused) for r in results) == 1
    assert SpecialistInput.objects.filter(revision=2).count() == 1


def test_two_who_ask_all_at_once_ask_once(surgeons):
    board = board_of(surgeons[0])
    coordinators = [factories.member(board, Role.COORDINATOR) for _ in range(2)]
    case = factories.a_case(board)

    at_once(*[lambda by=by: service.request_all(case=case, by=by) for by in coordinators])

    assert case.inputs.count() == 1
