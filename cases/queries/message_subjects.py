"""What does each message tell of, in words and with the page where it stands?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from cases.models import AddendumRequest, Case, CaseFile, EmergencyAccess, Letter, Meeting, Ratification
from tumorboard.notifications.models import Message


@dataclass(frozen=True)
class Subject:
    words: str = ""
    url: str = ""


# Where the case of each sort of thing is found.
CASES = {
    "case": (Case, "pk", "number"),
    "addendum": (AddendumRequest, "case", "case__number"),
    "file": (CaseFile, "case", "case__number"),
    "letter": (Letter, "case", "case__number"),
    "emergency": (EmergencyAccess, "case", "case__number"),
    "ratification": (Ratification, "recommendation__case", "recommendation__case__number"),
}


def subjects_of(messages: Iterable[Message]) -> dict[str, Subject]:
    """By the key of what is told of, such as case:<id>; one query for each sort of thing."""
    keys: dict[str, set[str]] = defaultdict(set)
    for message in messages:
        what, _, key = told_of(message.about).partition(":")
        if _is_id(key):
            keys[what].add(key)
    found: dict[str, Subject] = {}
    for what, (model, case, number) in CASES.items():
        if keys[what]:
            rows = model._default_manager.filter(pk__in=keys[what]).values_list("pk", case, number)
            found |= {f"{what}:{pk}": _of_case(of, words) for pk, of, words in rows}
    if keys["meeting"]:
        meetings = Meeting.objects.filter(pk__in=keys["meeting"]).select_related("board")
        found |= {meeting.about: _of_meeting(meeting) for meeting in meetings}
    return found


def told_of(about: str) -> str:
    """A copy for whoever stands in tells of the same thing, under a longer key."""
    return about.partition("/")[0]


def _of_case(case: UUID, number: str) -> Subject:
    return Subject(f"case {number}", reverse("cases:case", args=[case]))


def _of_meeting(meeting: Meeting) -> Subject:
    return Subject(f"meeting on {day_of(meeting)}", reverse("cases:meeting", args=[meeting.pk]))


def day_of(meeting: Meeting) -> str:
    return f"{meeting.starts_at.astimezone(meeting.board.zone):%d-%b-%Y}"


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
