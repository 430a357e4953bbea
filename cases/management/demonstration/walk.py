"""How do the invented cases come to where they are? Through the same services as real ones."""

from datetime import timedelta

from django.utils import timezone

from cases.management.demonstration import answers, calendars, decisions, looks, referrals
from cases.management.demonstration.stories import STORIES
from cases.management.demonstration.story import Story
from cases.models import Case, Meeting, Patient, SpecialistInput, TumorBoard
from cases.services import case as cases
from cases.services import matters, pathway, specialist_input
from cases.services import meeting as meetings
from cases.vocabulary import InputStatus, Lane, Specialty

ALL = 8
SIGNED_UP_TO = {"inputs": 2, "ready": ALL, "listed": ALL, "decided": ALL, "closed": ALL}
HELD = {"decided", "closed"}
BEFORE_THE_BOARD = ("Fairweather", "Okonjo-Vale", "Ashdown")
WAITING_FOR_THE_NEXT = ("Hargreave",)
FOR_THE_RECORD = "Lindqvist"


class Walk:
    """Everyone and everything of one invented board, from the first referral to the last report."""

    def __init__(self, board: TumorBoard, people: dict):
        self.board, self.people = board, people
        self.today = timezone.localdate(timezone=board.zone)
        self.coordinator, self.referrer = people["coordinator"], people["referrer"]
        self.stories: dict[Case, Story] = {}

    def everything(self) -> None:
        held, running, coming = self._meetings()
        for number, story in enumerate(STORIES, start=1):
            self._prepare(story, number)
        self._list([case for case, story in self.stories.items() if story.reaches in HELD], held)
        self._hold(held)
        self._list(self._told_by(*BEFORE_THE_BOARD), running)
        self._list(self._told_by(*WAITING_FOR_THE_NEXT), coming)
        self._list(self._told_by(FOR_THE_RECORD), coming, lane=Lane.STANDARD)
        self._run(running)
        matters.gather(now=timezone.now())
        self._arrange(coming)
        calendars.live_a_little(self.board, self.people, coming)
        meetings.publish_agenda(meeting=coming, version=coming.version, by=self.coordinator)

    def _arrange(self, meeting: Meeting) -> None:
        """A break after the first case, and oncology cannot stay to the end."""
        meetings.set_break(meeting=meeting, after=1, minutes=10, by=self.coordinator)
        meetings.leaves_early(
            meeting=meeting,
            specialty=Specialty.ONCOLOGY,
            leaves_at=meeting.starts_at + timedelta(minutes=60),
            by=self.coordinator,
        )
        meeting.refresh_from_db()

    def _told_by(self, *families: str) -> list[Case]:
        """The cases of these patients, in this order."""
        by_name = {story.family: case for case, story in self.stories.items()}
        return [by_name[name] for name in families]

    def _meetings(self) -> tuple[Meeting, Meeting, Meeting]:
        """One that is held at once, one that is under way, and the weekly one that comes."""
        soon = timezone.now() + timedelta(minutes=1)
        held, running = [
            meetings.schedule(
                board=self.board,
                starts_at=soon + timedelta(minutes=after),
                ends_at=soon + timedelta(minutes=after + 30),
                place="Seminar room 2",
                by=self.coordinator,
            )
            for after in (0, 30)
        ]
        coming = calendars.begin_the_series(self.board, today=self.today, by=self.coordinator)
        return held, running, coming

    def _prepare(self, story: Story, number: int) -> None:
        told = referrals.referral(story, number=number, board=self.board, today=self.today)
        case = pathway.refer(referral=told, by=self.referrer)
        Patient.objects.filter(pk=case.patient_id).update(is_invented=True)
        self.stories[case] = story
        if story.reaches == "returned":
            missing = "Please add the MRI with its date, and blood results of this month."
            cases.return_to_referrer(case=case, missing=missing, by=self.coordinator)
        elif story.reaches != "referred":
            pathway.accept(case=case, by=self.coordinator)
            looks.look_back(case, family=story.family, today=self.today, by=self.people["radiologist"])
            self._answer(case, story)

    def _answer(self, case: Case, story: Story) -> None:
        self._ask_those_in_depth(case, story)
        asked = SpecialistInput.objects.filter(case=case, asked_of__isnull=False).order_by("specialty")
        for wanted in asked[: SIGNED_UP_TO.get(story.reaches, 0)]:
            told = answers.answer(
                answers.Asked(
                    specialty=Specialty(wanted.specialty),
                    story=story,
                    case=case,
                    today=self.today,
                    studied_on=referrals.imaged_on(story, self.today),
                )
            )
            specialist_input.sign(
                specialist_input=wanted,
                version=wanted.version,
                fields=told.fields,
                details=told.details,
                facts=told.facts,
                by=wanted.asked_of,
            )
        if story.reaches == "inputs":
            self._begin_next(case, story)

    def _ask_those_in_depth(self, case: Case, story: Story) -> None:
        """Disciplines that are not asked of every case, where their answer matters."""
        known = set(SpecialistInput.objects.filter(case=case).values_list("specialty", flat=True))
        for specialty in answers.IN_DEPTH.get(story.family, {}):
            if specialty not in known:
                specialist_input.ask(
                    case=case,
                    specialty=specialty,
                    asked_of=self.people["hepatologist"],
                    due_at=None,
                    by=self.coordinator,
                )

    def _begin_next(self, case: Case, story: Story) -> None:
        """One discipline has begun and not signed."""
        begun = (
            SpecialistInput.objects.filter(case=case, status=InputStatus.ASKED).order_by("specialty").first()
        )
        if begun is None or begun.asked_of is None:
            return
        fields = {"opinion_reason": "To be checked against the last scan."}
        specialist_input.save_draft(
            specialist_input=begun, version=begun.version, fields=fields, details={}, by=begun.asked_of
        )

    def _list(self, chosen: list[Case], meeting: Meeting, *, lane: Lane = Lane.DISCUSSION) -> None:
        for case in chosen:
            case.refresh_from_db()
            late = "Listed after the cut-off so that the demonstration has a meeting to look at."
            reaches = self.stories[case].reaches
            meetings.list_case(
                case=case,
                meeting=meeting,
                lane=Lane.STANDARD if reaches == "closed" else lane,
                by=self.coordinator,
                late_reason=late if meeting.starts_at < timezone.now() + timedelta(hours=48) else "",
            )
            meeting.refresh_from_db()

    def _open(self, meeting: Meeting) -> None:
        meetings.open_meeting(meeting=meeting, by=self.coordinator)
        for who in ("chair", "surgeon", "oncologist", "radiologist", "interventional", "nurse"):
            meetings.join(meeting=meeting, user=self.people[who], by=self.coordinator)

    def _run(self, meeting: Meeting) -> None:
        """The first case is before the board, and its decision is being written."""
        self._open(meeting)
        first = meeting.items.select_related("case", "meeting__board").order_by("position")[0]
        meetings.open_case(item=first, by=self.coordinator)
        decisions.begin(first, story=self.stories[first.case], people=self.people)

    def _hold(self, meeting: Meeting) -> None:
        self._open(meeting)
        for item in meeting.items.select_related("case", "meeting__board").order_by("position"):
            decisions.decide(item, story=self.stories[item.case], people=self.people, today=self.today)
        meeting.refresh_from_db()
        meetings.close_meeting(meeting=meeting, by=self.coordinator)
