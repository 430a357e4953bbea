"""Which of the hospital's rooms is the place that somebody typed for a meeting?

The database finds it, so that it is right whoever writes the meeting. Places that are no room of the
hospital, such as a link to join, are nobody's alone.
"""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from cases.vocabulary import MeetingStatus

# The hospital's key and the room's name, whatever letters and blanks it was typed with.
FIND = """
    NEW.room := coalesce((
        SELECT min(board.hospital_id || ':' || lower(btrim(room_name)))
          FROM cases_tumorboard board
          JOIN cases_hospital hospital ON hospital.id = board.hospital_id
         CROSS JOIN unnest(hospital.rooms) AS room_name
         WHERE board.id = NEW.board_id AND lower(btrim(room_name)) = lower(btrim(NEW.place))
    ), '');
    RETURN NEW;
"""


def finds_its_room() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="finds_its_room",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=FIND,
    )


def room_of_the_hospital() -> models.TextField:
    """Empty until the database has looked; "" where the place is none of the hospital's rooms."""
    return models.TextField(null=True, editable=False, help_text="Found by the database from the place.")


def one_meeting_at_a_time(span: models.Func) -> ExclusionConstraint:
    return ExclusionConstraint(
        name="a_room_holds_one_meeting_at_a_time",
        expressions=[("room", RangeOperators.EQUAL), (span, RangeOperators.OVERLAPS)],
        condition=Q(room__gt="") & ~Q(status=MeetingStatus.CANCELLED),
    )
