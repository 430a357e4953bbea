"""The pages of a case's lesions: map, grid, response, and the form of one lesion."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.models import ImagingStudy, Lesion, LesionMeasurement, RadiologyInput, SpecialistInput
from cases.services import disease
from cases.vocabulary import Role, Specialty
from tests.factories import a_case, a_diagnosis, a_lesion, board, member
from tests.factories.inputs import OPINION, an_input

pytestmark = pytest.mark.django_db

JULY, SEPTEMBER, NOVEMBER = (date(2026, month, 4) for month in (7, 9, 11))
AS_TYPED = {"segments": ["6"], "viable": "YES", "note": "as typed", "size-study": ""}


@pytest.fixture
def liver():
    return board()


@pytest.fixture
def case(liver):
    return a_case(liver)


@pytest.fixture
def surgeon(liver, client):
    user = member(liver)
    client.force_login(user)
    return user


def page(case):
    return reverse("cases:lesions", args=[case.pk])


def one(case, number):
    return reverse("cases:lesion", args=[case.pk, number])


def new(case):
    return reverse("cases:new-lesion", args=[case.pk])


def looked_at(lesion, **days):
    """Sizes of a lesion by day: long axis, or long axis and viable part."""
    for name, size in days.items():
        axis, viable = size if isinstance(size, tuple) else (size, None)
        LesionMeasurement.objects.create(
            lesion=lesion,
            measured_on={"july": JULY, "september": SEPTEMBER, "november": NOVEMBER}[name],
            long_axis_mm=Decimal(axis),
            viable_mm=viable if viable is None else Decimal(viable),
            created_by=lesion.created_by,
        )
    return lesion


def test_each_lesion_stands_with_its_size_of_every_day(client, case, surgeon):
    looked_at(a_lesion(case, 1, ["7"], first_seen_on=JULY), july=42, november=31)
    looked_at(a_lesion(case, 2, ["3"], disappeared_on=NOVEMBER, first_seen_on=JULY), july=14)
    looked_at(a_lesion(case, 3, ["5"], first_seen_on=NOVEMBER), november=11)
    ImagingStudy.objects.create(case=case, modality="MRI", performed_on=NOVEMBER, created_by=surgeon)

    said = client.get(page(case)).context["page"].grid

    assert [(column.on, column.modality) for column in said.columns] == [(JULY, ""), (NOVEMBER, "MRI")]
    assert [[cell.size for cell in row.cells] for row in said.rows] == [["42", "31"], ["14", ""], ["", "11"]]
    assert [row.state for row in said.rows] == ["viable", "no longer seen", "new"]
    assert said.rows[1].cells[1].is_gone


def test_a_segment_adds_or_shows_by_a_link(client, case, surgeon):
    a_lesion(case, 1, ["4"])
    a_lesion(case, 2, ["8"])

    adding = client.get(page(case)).text
    showing = client.get(page(case), {"do": "show"}).text
    filtered = client.get(page(case), {"segment": "4a"})

    assert f'href="{new(case)}?segment=6"' in adding
    assert f'href="{page(case)}?segment=6"' in showing
    assert [row.lesion.label for row in filtered.context["page"].rows] == ["L1"]
    assert "Segment 4a, left medial superior" in filtered.text
    assert client.get(page(case), {"segment": "9"}).status_code == 200


def test_a_new_lesion_opens_with_its_segment_ticked_and_is_recorded(client, case, surgeon):
    opened = client.get(new(case), {"segment": "6"})
    assert opened.context["form"]["segments"].value() == ["6"]

    typed = {"segments": ["6"], "viable": "YES", "size-measured_on": "2026-11-04", "size-long_axis_mm": "23"}
    answer = client.post(new(case), typed)

    lesion = Lesion.objects.get(case=case)
    assert answer.url == f"{page(case)}#lesion-1"
    assert (lesion.segments, lesion.first_seen_on, lesion.created_by) == (["6"], NOVEMBER, surgeon)
    assert lesion.measurements.get().long_axis_mm == 23


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"size-viable_mm": "12"}, "Give the longest axis."),
        ({"size-long_axis_mm": "12", "size-viable_mm": "20"}, "The viable part is larger"),
        ({"treated_on": "2026-11-04"}, "Say how it was treated"),
        ({"is_target": "on"}, "untick the others first"),
        ({"disappeared_on": "2026-07-01"}, "yet it measures 42 mm"),
        ({"size-long_axis_mm": "0.5"}, "Give at least 1."),
        ({"segments": ["9"]}, "not one of the available choices"),
    ],
)
def test_what_is_refused_is_kept_and_said(client, case, surgeon, typed, words):
    looked_at(a_lesion(case, 1), july=42)
    for number in (2, 3):
        a_lesion(case, number, is_target=True)

    answer = client.post(one(case, 1), AS_TYPED | typed)

    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="as typed"' in answer.text
    assert Lesion.objects.get(number=1).note == ""


def test_a_size_is_opened_and_corrected(client, case, surgeon):
    lesion = looked_at(a_lesion(case, 1), july=(42, 30))
    look = lesion.measurements.get()

    opened = client.get(one(case, 1), {"size": str(look.pk)})
    assert opened.context["size"]["viable_mm"].value() == 30
    client.post(
        f"{one(case, 1)}?size={look.pk}",
        {"segments": ["6"], "viable": "YES", "size-measured_on": "2026-07-04", "size-long_axis_mm": "40"},
    )

    assert [one.long_axis_mm for one in lesion.measurements.all()] == [40]


def test_whoever_comes_second_sees_both_versions_and_may_save_again(client, case, surgeon, liver):
    a_lesion(case, 1, ["6"])
    opened = client.get(one(case, 1))
    other = member(liver, given_name="Olga", family_name="Other")
    disease.describe_lesion(case=case, number=1, by=other, segments=["7"])
    typed = {"segments": ["8"], "viable": "YES", "seen": opened.context["form"].initial["seen"]}

    told = client.post(one(case, 1), typed)
    again = client.post(one(case, 1), typed | {"seen": told.context["page"].wording})

    assert (told.status_code, again.status_code) == (422, 302)
    assert str(other) in told.text
    assert [(d["label"], d["theirs"], d["mine"]) for d in told.context["differences"]] == [
        ("Segments", "7", "8")
    ]
    assert Lesion.objects.get(case=case).segments == ["8"]


def test_a_withdrawn_lesion_is_read_and_no_more(client, case, surgeon):
    wrong = looked_at(a_lesion(case, 1), july=9)
    disease.withdraw_fact(fact=wrong, reason="It is a cyst.", by=surgeon)

    answer = client.get(one(case, 1))

    assert "It is a cyst." in answer.text
    assert '<form method="post" class="lesion-form"' not in answer.text
    assert "It is a cyst." in client.get(page(case)).text


def test_the_radiologists_category_stands_beside_that_of_the_table(client, case, surgeon):
    lesion = a_lesion(case, 1)
    features = {"nonrim_aphe": "YES", "washout": "YES", "capsule": "NO", "threshold_growth": "NO"}
    LesionMeasurement.objects.create(
        lesion=lesion,
        measured_on=JULY,
        long_axis_mm=22,
        li_rads="LR-4",
        created_by=surgeon,
        **features,
    )

    assert "table: LR-5" in client.get(page(case)).text
    assert "Radiologist: LR-4; the table gives LR-5" in client.get(one(case, 1)).text
    assert LesionMeasurement.objects.get().li_rads == "LR-4"


def two_targets(case):
    looked_at(a_lesion(case, 1, is_target=True), july=(42, 42), september=(30, 20), november=(31, 20))
    looked_at(a_lesion(case, 2, is_target=True), july=(24, 24), september=(10, 5), november=18)


def test_the_response_says_its_sums_and_what_is_missing(client, case, surgeon):
    two_targets(case)

    recist, mrecist = client.get(page(case)).context["page"].grid.response.lines

    # 42 + 24, then 30 + 10, then 31 + 18: -25.8 % from the baseline; +22.5 % and 9 mm from the nadir.
    assert [(name, mm) for name, mm, _, _ in recist.figures] == [
        ("Baseline", "66"),
        ("Nadir", "40"),
        ("Now", "49"),
    ]
    assert recist.figures[-1][-1] == "−26 % from the baseline, +23 % from the nadir"
    assert (recist.answer, recist.overall) == ("progressive disease", "")
    assert recist.missing == (
        "whether lesions that are not targets have changed",
        "whether a lesion is new",
    )
    # The viable part of L2 was not measured in November: September is the newest whole day.
    assert [(mm, on) for _, mm, on, _ in mrecist.figures][-1] == ("25", SEPTEMBER)
    assert mrecist.missing == ("L2 on 04-Nov-2026",)


def test_viable_parts_are_asked_for_only_where_they_count(client, case, surgeon):
    looked_at(a_lesion(case, 1, is_target=True), july=42, november=31)

    def titles():
        return [line.title for line in client.get(page(case)).context["page"].grid.response.lines]

    assert titles() == ["RECIST 1.1"]
    a_diagnosis(case, primary_site="HCC")
    assert titles() == ["RECIST 1.1", "mRECIST"]


def test_the_radiologist_completes_the_response_for_those_who_sit(client, case, surgeon, liver):
    two_targets(case)
    radiologist = member(liver, specialty=Specialty.RADIOLOGY)
    read = an_input(case, radiologist, Specialty.RADIOLOGY)
    RadiologyInput.objects.create(input=read, non_target="none", new_lesion="NO")
    SpecialistInput.objects.filter(pk=read.pk).update(
        status="SIGNED", signed_at=timezone.now(), signed_by=radiologist, **OPINION
    )

    def overall():
        return client.get(page(case)).context["page"].grid.response.lines[0].overall

    assert overall() == "progressive disease"
    client.force_login(case.referred_by)
    assert overall() == ""


def test_without_targets_the_page_says_how_to_choose_them(client, case, surgeon):
    a_lesion(case, 1)

    assert "No lesion is marked as a target" in client.get(page(case)).text


def test_who_may_read_and_who_may_write(client, case, liver):
    a_lesion(case, 1)
    for who, may_read, may_write in (
        (case.referred_by, 200, 403),
        (member(liver, Role.OBSERVER), 200, 403),
        (member(board()), 404, 404),
    ):
        client.force_login(who)
        assert client.get(page(case)).status_code == may_read
        assert "Add a lesion" not in client.get(page(case)).text
        for address in (one(case, 1), new(case)):
            assert client.get(address).status_code == may_write
            assert client.post(address, {"segments": ["6"], "viable": "YES"}).status_code == may_write


def test_a_number_that_was_never_given_is_not_found(client, case, surgeon):
    assert client.get(one(case, 7)).status_code == 404


@pytest.mark.parametrize("address", [page, lambda case: one(case, 1)])
def test_the_number_of_queries_does_not_grow(client, case, surgeon, address):
    looked_at(a_lesion(case, 1, is_target=True), july=20)
    client.get(address(case))
    with CaptureQueriesContext(connection) as few:
        client.get(address(case))
    for number in range(2, 8):
        looked_at(a_lesion(case, number), july=20, september=21, november=22)
    with CaptureQueriesContext(connection) as many:
        client.get(address(case))

    assert len(many) == len(few)
