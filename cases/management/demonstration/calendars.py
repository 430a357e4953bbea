"""When does the invented board meet, who is away, who comes, and what was said while somebody was chased?"""

from datetime import date, time, timedelta

from cases.models import ClosedDay, Meeting, SpecialistInput, TumorBoard
from cases.queries.board_days import rules_of
from cases.services import absences, chasing, mail_settings, replies
from cases.services.meeting import series
from cases.vocabulary import CalendarChoice, HolidayRule, MailChoice, Reply

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR")
MINUTES = 90
COMING = ("chair", "oncologist", "radiologist", "nurse")
ON_THE_PHONE = "Rang the secretary: it will be signed tomorrow after the theatre list."


def begin_the_series(board: TumorBoard, *, today: date, by) -> Meeting:
    """Every week at eight, on the weekday of the first working day that leaves three days to prepare."""
    first = rules_of(board).days.after(today + timedelta(days=2))
    begun = series.begin(
        board=board,
        rule=f"FREQ=WEEKLY;BYDAY={WEEKDAYS[first.weekday()]}",
        first_on=first,
        starts_at=time(8),
        minutes=MINUTES,
        place="Seminar room 2 and https://meet.invalid/liver-board",
        on_holidays=HolidayRule.BEFORE,
        by=by,
    )
    return begun.series.meetings.select_related("board").get(series_day=first)


def live_a_little(board: TumorBoard, people: dict, coming: Meeting) -> None:
    """Somebody stands in, somebody has not said whether they come, somebody was rung up."""
    coordinator, meets_on = people["coordinator"], coming.starts_at.astimezone(board.zone).date()
    ClosedDay.objects.create(
        board=board, day=_new_year(meets_on), name="Stock-taking of the hospital", created_by=coordinator
    )
    away = {"first_day": meets_on, "last_day": meets_on + timedelta(days=6)}
    absences.enter(user=people["surgeon"], deputy=people["chair"], by=people["surgeon"], **away)
    absences.enter(user=people["radiotherapist"], by=coordinator, **away)
    for who in COMING:
        replies.say(meeting=coming, user=people[who], reply=Reply.COMING, by=people[who])
    replies.say(
        meeting=coming,
        user=people["pathologist"],
        reply=Reply.NOT_COMING,
        note="Frozen sections until ten.",
        by=people["pathologist"],
    )
    mail_settings.choose(mail=MailChoice.DAILY, calendar=CalendarChoice.ATTACHED, by=people["nurse"])
    mail_settings.choose(mail=MailChoice.AT_ONCE, calendar=CalendarChoice.FEED, by=people["chair"])
    owed = SpecialistInput.objects.awaited().filter(case__board=board, asked_of=people["surgeon"])
    for one in owed.select_related("case__board").order_by("case__number")[:1]:
        chasing.note(input=one, words=ON_THE_PHONE, by=coordinator)


def _new_year(day: date) -> date:
    """The second of January to come, on which some hospitals count what they have."""
    return date(day.year + (day >= date(day.year, 1, 2)), 1, 2)
