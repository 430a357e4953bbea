"""Ten scribes write on one case for a whole meeting: is every word that was taken in its history?"""

import statistics
import time

import pytest

from cases.domain.errors import SomeoneWasFaster
from cases.models import AgendaItem, Draft
from cases.services import meeting as meetings
from cases.services import recommendation
from cases.vocabulary import Role
from tests.factories import member
from tests.factories.decisions import a_room
from tests.services.fifty.crowd import LONG, crowd
from tumorboard.audit.models import RowChange

pytestmark = pytest.mark.django_db(transaction=True)
SCRIBES, EDITS = 10, 200 if LONG else 20
LONGEST = 1.0 if LONG else 5.0  # seconds until somebody hears that another was faster


class Scribe:
    """Writes from what was last seen; who was slower looks at what stands, and writes anew."""

    def __init__(self, by, write, seen):
        self.by, self.write, self.seen = by, write, seen
        self.taken, self.waits = [], []
        self.waiting = ""  # words that were not taken, and nothing since

    def __call__(self):
        version = 0
        for number in range(EDITS):
            words = f"{self.by.pk} says {number}."
            began = time.monotonic()
            try:
                version = self.write(version or self.seen(), words, self.by)
                self.taken.append(words)
                self.waiting = ""
            except SomeoneWasFaster:
                self.waits.append(time.monotonic() - began)
                self.waiting = words
                version = self.seen()


def discussion_of(item):
    def write(version, words, by):
        return meetings.save_discussion(item=item, version=version, discussion=words, by=by)

    return write, lambda: AgendaItem.objects.get(pk=item.pk).discussion_version


def rationale_of(begun):
    def write(version, words, by):
        said = {"section": "WHY", "values": {"rationale": words}}
        return recommendation.save_section(recommendation=begun, version=version, by=by, **said)

    def seen():
        return begun.sections.filter(section="WHY").values_list("version", flat=True).first() or 0

    return write, seen


def past(table, column):
    changes = RowChange.objects.filter(table=table, after__has_key=column)
    return list(changes.values_list(f"after__{column}", flat=True))


@pytest.mark.parametrize(
    ("doors", "table", "column"),
    [
        (lambda room: discussion_of(room.item), "cases_agendaitem", "discussion"),
        (
            lambda room: rationale_of(recommendation.begin(item=room.item, by=room.surgeon)),
            "cases_recommendation",
            "rationale",
        ),
    ],
    ids=["what is said", "a part of the decision"],
)
def test_what_was_taken_is_in_the_history_and_what_was_not_waits_for_its_author(doors, table, column):
    room = a_room()
    write, seen = doors(room)
    scribes = [Scribe(member(room.board, Role.COORDINATOR), write, seen) for _ in range(SCRIBES)]

    _outcomes, seconds = crowd(scribes)

    taken = [words for scribe in scribes for words in scribe.taken]
    waits = [wait for scribe in scribes for wait in scribe.waits]
    print(
        f"\n{len(taken)} taken, {len(waits)} told after {statistics.median(waits):.3f} s "
        f"(the slowest {max(waits):.3f} s), {seconds:.1f} s in all"
    )
    written = [words for words in past(table, column) if words]
    assert sorted(written) == sorted(taken), "each once, and nothing else"
    for scribe in (one for one in scribes if one.waiting):
        assert scribe.waiting in str(Draft.objects.get(owner=scribe.by).payload)
    assert len(taken) + len(waits) == SCRIBES * EDITS
    assert statistics.quantiles(waits, n=20)[-1] < LONGEST
