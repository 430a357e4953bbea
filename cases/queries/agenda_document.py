"""What does the agenda say on paper, and what of it may travel by e-mail?

In an e-mail a case is its number, its primary site and who has answered. Typed text stays behind the sign-in,
since a question may name the patient.
"""

from dataclasses import replace
from datetime import date

from django.utils import timezone

from cases.exchange import pdf
from cases.exchange.liver_svg import alternative, liver_svg
from cases.models import Meeting, Patient
from cases.queries.agenda_rows import AgendaLine, agenda_lines, items_in_order, meeting_day, pause_of
from cases.queries.lesion_rows import LesionRow, Lesions, lesions_of_all
from cases.vocabulary import Lane, Specialty

FOR_MAIL = "Read the question after signing in."


def agenda_for_mail(meeting: Meeting) -> bytes:
    """The same bytes for everybody, so that they are kept once."""
    document = _document(meeting, made_for=meeting.board.name)
    rows = tuple(
        replace(row, question=FOR_MAIL, age_band="", sex="", name="", record_number="", sheet=None)
        for row in document.rows
    )
    return pdf.agenda(replace(document, rows=rows, identifiable=False))


def agenda_for_reader(meeting: Meeting, *, user) -> bytes:
    """For somebody who is signed in: with the questions, and with names where the board says so."""
    return pdf.agenda(_document(meeting, made_for=user.get_full_name()))


def _document(meeting: Meeting, *, made_for: str) -> pdf.AgendaDocument:
    board, now, pause = meeting.board, timezone.now(), pause_of(meeting)
    items = items_in_order(meeting)
    lines = agenda_lines(meeting, items, now=now)
    publisher = meeting.agenda_published_by
    lesions = lesions_of_all([item.case for item in items], plans={})
    return pdf.AgendaDocument(
        board=board.name,
        starts_at=meeting.starts_at,
        time_zone=board.time_zone,
        place=meeting.place,
        version=meeting.agenda_version,
        published_at=meeting.agenda_published_at,
        published_by=publisher.display_name if publisher else "",
        quorum=tuple(Specialty(code).label for code in board.quorum_specialties),
        rows=tuple(_row(line, lesions[line.case.pk], day=meeting_day(meeting)) for line in lines),
        minutes_available=meeting.minutes,
        made_for=made_for,
        made_at=now,
        identifiable=board.identifies_patients_on_agenda,
        break_after=pause.after if pause and pause.within(len(items)) else None,
        break_minutes=pause.minutes if pause else 0,
    )


def _row(line: AgendaLine, lesions: Lesions, *, day: date) -> pdf.AgendaRow:
    patient = line.case.patient
    return pdf.AgendaRow(
        position=line.number,
        case_number=line.case.number,
        minutes=line.item.minutes,
        lane=Lane(line.item.lane).label,
        question=line.case.question,
        primary_site=line.site,
        readiness=line.readiness.words,
        ready=line.readiness.is_ready,
        received=tuple(chip.name for chip in line.chips if chip.state == "received"),
        missing=tuple(lack.what for lack in line.readiness.lacks),
        age_band=_age_band(patient, line.case.stated_age, day),
        sex=patient.get_sex_display(),
        urgency=line.case.get_urgency_display() if line.case.urgency != "ROUTINE" else "",
        name=patient.name if patient.family_name else "",
        record_number=patient.record_number,
        sheet=_sheet(lesions),
    )


def _sheet(lesions: Lesions) -> pdf.LesionSheet | None:
    """The map and its table; a case whose lesions nobody described one by one has none."""
    if not lesions.rows:
        return None
    days = (("now", lesions.now_on), ("before", lesions.before_on))
    return pdf.LesionSheet(
        drawing=liver_svg(lesions.drawn),
        alternative=alternative(lesions.drawn),
        lesions=tuple(_lesion(row) for row in lesions.rows),
        measured=", ".join(f"{name} {on:%d-%b-%Y}" for name, on in days if on),
    )


def _lesion(row: LesionRow) -> pdf.AgendaLesion:
    target = " (target)" if row.lesion.is_target else ""
    return pdf.AgendaLesion(
        label=row.lesion.label,
        segments=row.segments,
        now=row.now_mm,
        before=row.before_mm,
        change=row.change,
        category=row.li_rads,
        state=f"{row.state}{target}",
    )


def _age_band(patient: Patient, stated: int | None, day: date) -> str:
    born = patient.birth_date
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day)) if born else stated
    return "" if age is None else f"{age // 5 * 5}-{age // 5 * 5 + 4}"
