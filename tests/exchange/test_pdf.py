"""The PDFs: tagged, hostile text stays text, and a name appears only where it may."""

import io
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from cases.domain.liver_map import Lesion
from cases.exchange import pdf
from cases.exchange.liver_svg import alternative, liver_svg

ROW = pdf.AgendaRow(
    position=1,
    case_number="LT-26-0412",
    minutes=5,
    lane="Discussion",
    question="Is right hepatectomy safe in one step?",
    primary_site="Colorectal",
    disease="4 lesions, largest 31 mm",
    readiness="Not ready",
    received=("Surgery", "Radiology"),
    missing=("Pathology",),
    age_band="65-69",
    sex="female",
    name="FAIRWEATHER, Marian",
    record_number="DEMO-400118",
)
SHEET = pdf.LesionSheet(
    drawing=liver_svg([Lesion(1, ("7",), 31), Lesion(2, (), None, note="<b>")]),
    alternative=alternative([Lesion(1, ("7",), 31)]),
    lesions=(pdf.AgendaLesion("L1", "7", "31", "42", "−26 %", "LR-5", "viable (target)"),),
    measured="now 26-Oct-2026, before 08-Jul-2026",
)
AGENDA = pdf.AgendaDocument(
    board="Liver tumour board",
    starts_at=datetime(2026, 11, 24, 8, 0, tzinfo=UTC),
    time_zone="Europe/London",
    place="Seminar room 2",
    version=3,
    published_at=datetime(2026, 11, 22, 14, 3, tzinfo=UTC),
    published_by="A. Hollis",
    quorum=("Surgery", "Radiology", "Oncology"),
    rows=(ROW,),
    minutes_available=60,
    made_for="Liver tumour board",
    made_at=datetime(2026, 11, 22, 14, 5, tzinfo=UTC),
)
LETTER = pdf.LetterDocument(
    hospital="North Riding University Hospital",
    board="Liver tumour board",
    title="Outcome of the liver tumour board",
    addressee=("Dr B. Nightingale", "Department of Oncology"),
    dated=date(2026, 11, 24),
    patient=pdf.PatientIdentity(
        "FAIRWEATHER, Marian", date(1958, 3, 7), "female", "DEMO-400118", "LT-26-0412"
    ),
    discussed_on=date(2026, 11, 24),
    question="Is right hepatectomy safe in one step?",
    present=("Surgery", "Radiology"),
    quorum="Quorum was met.",
    recommendation="The board recommends right hepatectomy.",
    intent="Curative",
    actions=(
        pdf.LetterAction(1, "Vein embolisation", "Dr M. Duarte", date(2026, 12, 4)),
        pdf.LetterAction(2, "Right hepatectomy", condition="remnant at least 30 %", plan_b="two stages"),
    ),
    wish="I want to dance in June.",
    contact="01904 000 000",
    version=2,
    approved=True,
    made_for="A. Hollis",
    made_at=datetime(2026, 11, 24, 10, 5, tzinfo=UTC),
    time_zone="Europe/London",
    signed_by="Prof. J. Arkwright",
    signed_at=datetime(2026, 11, 24, 9, 41, tzinfo=UTC),
)
SUMMARY = pdf.PatientSummary(
    hospital="North Riding University Hospital",
    board="Liver tumour board",
    title="What the team recommends for you",
    addressee=("Marian Fairweather", "1 Mill Lane"),
    dated=date(2026, 11, 24),
    salutation="Dear Ms Fairweather,",
    sections=(pdf.SummarySection("What we talked about", "Your liver.\n\nYour wish to dance in June."),),
    contact="01904 000 000",
    version=1,
    approved=True,
    made_for="A. Hollis",
    made_at=datetime(2026, 11, 24, 10, 5, tzinfo=UTC),
    time_zone="Europe/London",
    signed_by="Prof. J. Arkwright",
)
HOSTILE = '#panic() *x* $a$ #import "@preview/x" #read("/etc/passwd") \\ @you <b> [c] {{ d }} = e'


def read(made):
    return PdfReader(io.BytesIO(made))


def words(made: bytes) -> str:
    """The text, with every run of space as one, for lines break where they like."""
    return " ".join(" ".join(page.extract_text() for page in read(made).pages).split())


def spaceless(text):
    """Without spaces and accents in one form: how a printed line is cut must not matter."""
    return unicodedata.normalize("NFC", "".join(text.split()))


@pytest.mark.parametrize(
    ("make", "document"), [(pdf.agenda, AGENDA), (pdf.letter, LETTER), (pdf.patient_summary, SUMMARY)]
)
def test_documents_are_tagged_titled_and_in_english(make, document):
    made = make(document)
    root = read(made).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en-GB"
    assert read(made).metadata.title
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_the_agenda_carries_what_the_room_needs():
    text = words(pdf.agenda(AGENDA))

    for part in [
        "Tuesday 24-Nov-2026, 08:00",
        "Europe/London",
        "Seminar room 2",
        "Surgery, Radiology, Oncology",
        "5 of 60",
        "LT-26-0412",
        "Is right hepatectomy safe in one step?",
        "Colorectal: 4 lesions, largest 31 mm",
        "Not ready",
        "Missing: Pathology",
        "In: Surgery, Radiology",
        "female, 65-69",
        "22-Nov-2026 14:03, A. Hollis",
        "Made for Liver tumour board, 22-Nov-2026 14:05 · agenda version 3",
        "Page 1 of 1",
    ]:
        assert part in text


def test_the_lesions_of_each_case_stand_beside_their_map_and_are_told_to_who_cannot_see_it():
    made = pdf.agenda(replace(AGENDA, rows=(replace(ROW, sheet=SHEET), replace(ROW, position=2))))
    pages = read(made).pages

    assert len(pages) == 2
    text = " ".join(pages[1].extract_text().split())
    for part in ("1 · LT-26-0412", "before 08-Jul-2026", "L1 7 31 42 −26 % LR-5 viable (target)"):
        assert part in text
    assert "2 · LT-26-0412" not in text
    assert alternative([Lesion(1, ("7",), 31)]) == (
        "Liver map, seen from the front. Lesion 1, segment 7, 31 mm, no plan."
    )


def test_the_agenda_names_nobody_unless_the_board_allows_it():
    anonymous, named = pdf.agenda(AGENDA), pdf.agenda(replace(AGENDA, identifiable=True))

    assert "FAIRWEATHER" not in words(anonymous)
    assert "DEMO-400118" not in words(anonymous)
    assert b"FAIRWEATHER" not in anonymous
    assert "FAIRWEATHER, Marian" in words(named)
    assert "DEMO-400118" in words(named)


def test_the_agenda_is_landscape_and_each_case_has_its_time_on_the_boards_clock():
    rows = tuple(replace(ROW, position=n, minutes=10) for n in (2, 1, 3))
    starts_at = datetime(2026, 10, 24, 7, 0, tzinfo=UTC)  # British summer time
    made = pdf.agenda(replace(AGENDA, rows=rows, starts_at=starts_at, break_after=2, break_minutes=5))
    page = read(made).pages[0].mediabox

    assert page.width > page.height
    assert [t for t in ("08:00", "08:10", "08:20") if t in words(made)] == ["08:00", "08:10"]
    assert "08:25" in words(made), "after the break"
    assert "Break, 5 minutes" in words(made)
    assert "35 of" in words(made)


def test_the_agenda_says_when_it_is_too_long_empty_or_not_published():
    assert "20 too many" in words(pdf.agenda(replace(AGENDA, rows=(replace(ROW, minutes=80),))))
    assert "No case is on this agenda" in words(pdf.agenda(replace(AGENDA, rows=())))
    assert "not yet published" in words(pdf.agenda(replace(AGENDA, published_at=None)))


def test_a_long_agenda_keeps_every_case_and_says_on_each_page_what_it_is():
    rows = tuple(replace(ROW, position=n, case_number=f"LT-26-{n:04}") for n in range(1, 41))
    pages = [page.extract_text() for page in read(pdf.agenda(replace(AGENDA, rows=rows))).pages]

    assert all(row.case_number in "".join(pages) for row in rows)
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Liver tumour board" in page


def test_the_letter_carries_patient_plan_and_signature():
    text = words(pdf.letter(LETTER))

    for part in [
        "FAIRWEATHER, Marian",
        "07-Mar-1958",
        "DEMO-400118",
        "Dr B. Nightingale",
        "The board recommends right hepatectomy.",
        "Intent: Curative",
        "On condition: remnant at least 30 %",
        "Otherwise: two stages",
        "04-Dec-2026",
        "not yet named",
        "I want to dance in June.",
        "Signed by Prof. J. Arkwright on 24-Nov-2026 09:41; version 2.",
        "Made for A. Hollis, 24-Nov-2026 10:05 · letter version 2",
    ]:
        assert part in text
    assert "DRAFT" not in text


def test_a_letter_that_nobody_approved_is_marked_on_every_page():
    draft = replace(LETTER, approved=False, signed_at=None, question="Why? " * 900, provisional="No quorum.")
    pages = read(pdf.letter(draft)).pages

    assert len(pages) > 1
    assert all("DRAFT" in page.extract_text() for page in pages)
    assert "Not yet signed" in words(pdf.letter(draft))
    assert "Provisional. No quorum." in words(pdf.letter(draft))


def test_every_further_page_of_a_letter_says_whose_it_is():
    pages = read(pdf.letter(replace(LETTER, question="Why? " * 900))).pages

    assert all("DEMO-400118" in page.extract_text() for page in pages)


def test_dissent_and_amendments_stand_in_the_letter():
    amendment = pdf.LetterAmendment(
        1, LETTER.made_at, "Prof. J. Arkwright", "typing error", "Due by 05-Dec-2026."
    )
    dissent = pdf.LetterDissent("Oncology", "systemic treatment first", "short interval")
    text = words(pdf.letter(replace(LETTER, amendments=(amendment,), dissent=(dissent,))))

    assert "Oncology: systemic treatment first (reason: short interval)" in text
    assert "24-Nov-2026 10:05, Prof. J. Arkwright. Due by 05-Dec-2026." in text


def test_the_patients_summary_says_it_in_their_words_and_whom_to_ask():
    text = words(pdf.patient_summary(SUMMARY))

    assert "Dear Ms Fairweather, What we talked about Your liver. Your wish to dance in June." in text
    assert "If you have questions: 01904 000 000" in text
    assert "DRAFT" in words(pdf.patient_summary(replace(SUMMARY, approved=False)))


def test_hostile_text_stays_text():
    row = replace(ROW, question=HOSTILE, disease=HOSTILE, missing=(HOSTILE,))
    letter = replace(LETTER, question=HOSTILE, recommendation=HOSTILE, addressee=(HOSTILE,), wish=HOSTILE)

    assert spaceless(HOSTILE) in spaceless(words(pdf.agenda(replace(AGENDA, rows=(row,)))))
    assert spaceless(words(pdf.letter(letter))).count(spaceless(HOSTILE)) == 4


@pytest.mark.parametrize(
    "name", ["Παπαδοπούλου Ελένη", "Щербакова Юлия", "Nguyễn Văn Hưng", "Łukasz Žižka Þór"]
)
def test_names_keep_their_letters(name):
    text = words(pdf.letter(replace(LETTER, patient=replace(LETTER.patient, name=name))))

    assert spaceless(name) in spaceless(text)


def test_a_letter_no_font_can_draw_becomes_a_box_and_the_page_says_so():
    text = words(pdf.letter(replace(LETTER, question="a\x01b \U000e0041 \ue000 漢 Юлия")))

    assert "□" in text
    assert "could not be printed" in text
    assert "Юлия" in text


def test_everything_that_counts_as_drawable_can_be_drawn():
    everything = (chr(code) for code in range(0x20, 0x2300) if unicodedata.category(chr(code))[0] != "C")
    drawable = pdf._UNDRAWABLE.sub("", " ".join(everything))

    assert "could not be printed" not in words(pdf.letter(replace(LETTER, question=drawable)))
