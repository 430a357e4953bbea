"""What does each e-mail about a case, an input or a decision look like?"""

from cases.models import (
    AddendumRequest,
    CaseFile,
    ImagingStudy,
    Letter,
    Ratification,
    Recommendation,
    TumorBoard,
)
from cases.notices import addendum, attachments, case, letter, ratification, returning, specialist_input
from cases.notices.samples._invented import a_case, a_meeting, an_input, in_days, sample
from cases.vocabulary import FileKind, Modality, Specialty, Urgency
from tumorboard.notifications.outbox import Entry


@sample("case.referred")
def referred(board: TumorBoard, user) -> Entry:
    return case.referred_to(user, a_case(board, user, urgency=Urgency.EMERGENCY), version=1)


@sample("case.returned")
def returned(board: TumorBoard, user) -> Entry:
    return case.returned(a_case(board, user), version=1)


@sample("case.accepted")
def accepted(board: TumorBoard, user) -> Entry:
    return case.accepted(a_case(board, user), version=1)


@sample("case.re_presented")
def re_presented(board: TumorBoard, user) -> Entry:
    return returning.back_to(user, a_case(board, user))


@sample("case.not_re_presented")
def not_re_presented(board: TumorBoard, user) -> Entry:
    return returning.not_back_to(user, a_case(board, user), version=1)


@sample("input.asked")
def input_asked(board: TumorBoard, user) -> Entry:
    return specialist_input.asked(an_input(board, user), version=1)


@sample("input.reminder")
def input_reminder(board: TumorBoard, user) -> Entry:
    owed = [an_input(board, user), an_input(board, user, 47)]
    return specialist_input.reminder(recipient=user, owed=[(a_meeting(board), owed)], version=24)


def _addendum(board: TumorBoard, user) -> AddendumRequest:
    study = ImagingStudy(
        modality=Modality.MRI, performed_on=in_days(board, -12), done_at="St Elsewhere Hospital"
    )
    return AddendumRequest(case=a_case(board, user), study=study, created_by=user)


@sample("addendum.asked")
def addendum_asked(board: TumorBoard, user) -> Entry:
    return addendum.asked(_addendum(board, user))


@sample("addendum.answered")
def addendum_answered(board: TumorBoard, user) -> Entry:
    return addendum.answered(_addendum(board, user))


@sample("file.infected")
def file_infected(board: TumorBoard, user) -> Entry:
    file = CaseFile(case=a_case(board, user), kind=FileKind.PDF, scan_words="Eicar-Test-Signature")
    return attachments.infected_to(user, file)


@sample("letter.sent")
def letter_sent(board: TumorBoard, user) -> Entry:
    return letter.sent(Letter(case=a_case(board, user), recipient=user))


def _ratification(board: TumorBoard, user) -> Ratification:
    decided = Recommendation(case=a_case(board, user))
    told = {"specialty": Specialty.RADIOLOGY, "asked_of": user, "due_on": in_days(board, board.ratify_days)}
    return Ratification(recommendation=decided, **told)


@sample("ratification.asked")
def ratification_asked(board: TumorBoard, user) -> Entry:
    return ratification.asked(_ratification(board, user))[0]


@sample("ratification.reminder")
def ratification_reminder(board: TumorBoard, user) -> Entry:
    return ratification.reminder(_ratification(board, user))[0]


@sample("ratification.unfilled")
def ratification_unfilled(board: TumorBoard, user) -> Entry:
    return ratification.to_lead("ratification.unfilled", user, _ratification(board, user))


@sample("ratification.overdue")
def ratification_overdue(board: TumorBoard, user) -> Entry:
    return ratification.to_lead("ratification.overdue", user, _ratification(board, user))


@sample("ratification.objected")
def ratification_objected(board: TumorBoard, user) -> Entry:
    return ratification.to_lead("ratification.objected", user, _ratification(board, user))
