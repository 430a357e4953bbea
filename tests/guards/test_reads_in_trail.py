"""Is every look at a case in the trail: one line a page, none for its parts, none for what shows no case?"""

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client
from django.urls import reverse

from tests.factories.decisions import a_room
from tests.guards.scene import address, names, things_of
from tests.guards.source import ROOT
from tumorboard.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

OF_A_CASE = {
    "case", "file", "input", "item", "decision", "letter", "action", "matter", "addendum", "ratification",
}  # fmt: skip
# Fetched by a page that has been written down itself, or a page of the chasing, which shows no patient.
PARTS = {
    "decision-read-back",
    "decision-part",
    "input-derived",
    "input-cautions",
    "input-scores",
    "chase-note",
}
# They name a meeting, and show the case that is before it.
SHOW_A_CASE = {"hold-meeting"}
# A stream that says that something has changed, and nothing of what.
LEFT_OUT = {"live-meeting"}


def asked():
    """Every address of the pathway that is read, with what the id in it is."""
    for line in (ROOT / "cases" / "access.txt").read_text().splitlines():
        if line.startswith("cases:"):
            name, of, read, _ = line.split()
            if read != "-":
                yield name.removeprefix("cases:"), of


def lines_of(client, path, case):
    """What a GET has left in the trail about this case; None where it shows no page."""
    last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    answer = client.get(path)
    if answer.status_code != 200:
        return None
    return list(AuditEvent.objects.filter(pk__gt=last, about=case.about).values_list("verb", flat=True))


def test_each_page_of_a_case_is_one_line_and_everything_else_is_none():
    room = a_room()
    things = things_of(room)
    clients = [Client(raise_request_exception=False) for _ in range(3)]
    for client, who in zip(clients, (room.coordinator, room.chair, room.surgeon), strict=True):
        client.force_login(who)
    seen, wrong = set(), {}
    for name, of in asked():
        if name in LEFT_OUT or name.startswith("trail"):
            continue
        path = address(f"cases:{name}", names()[f"cases:{name}"], of, things)
        answers = [lines_of(client, path, room.case) for client in clients]
        shown = [verbs for verbs in answers if verbs is not None]
        due = 1 if (of in OF_A_CASE and name not in PARTS) or name in SHOW_A_CASE else 0
        if shown:
            seen.add(name)
        if any(len(verbs) != due for verbs in shown):
            wrong[name] = (due, shown)

    assert not wrong
    assert {"case", "history", "input", "decision", "letter", "letter-pdf", "file", "labs", "scores"} <= seen


def test_what_shows_no_case_leaves_no_line(client):
    room = a_room()
    client.force_login(room.surgeon)
    before = AuditEvent.objects.count()
    assert client.head(staticfiles_storage.url("tumorboard/css/case.css")).status_code == 200
    for path in ("/favicon.ico", reverse("cases:codes")):
        client.get(path)
    assert client.get(reverse("cases:case", args=["7b1f0f33-9e0b-4b29-9d47-0b6f3c9b9f10"])).status_code == 404
    assert AuditEvent.objects.count() == before


def test_a_search_with_a_hit_is_a_line_of_each_case_that_it_shows(client):
    room = a_room()
    client.force_login(room.surgeon)

    def searched(words):
        answer = client.post(reverse("cases:search"), {"q": words})
        return lines_of(client, answer.url, room.case)

    assert searched(room.case.patient.family_name) == ["case.found"]
    assert searched("nobody of this name") == []
    assert searched(room.case.number) == ["case.viewed"]
    assert lines_of(client, reverse("cases:worklist"), room.case) == []
