"""What do the tests of importing share? The sample file, a small one, and a run made of either."""

import hashlib
from pathlib import Path

from django.apps import apps

from cases.exchange import profiles
from cases.models import ImportRow, ImportRun
from cases.services import intake
from cases.vocabulary import Role
from tests.factories import board as make_board
from tests.factories import member
from tumorboard.audit.models import AuditEvent

SAMPLE = Path(profiles.__file__).parents[1] / "samples" / "hcc-survival.csv"
HEADINGS = ["Record", "Gender", "Age at diagnosis", "Platelets (G/L)", "Number of Nodules"]


def seated(**more):
    """A board and its coordinator."""
    on = make_board(**more)
    return on, member(on, Role.COORDINATOR)


def table(*rows) -> bytes:
    """A small file of the sample's kind: record, gender, age, platelets, nodules."""
    return "\n".join([",".join(HEADINGS), *(",".join(row) for row in rows)]).encode()


def small(number=3, *, first=1) -> bytes:
    return table(*((f"S-{n}", "1", "60", "150", "2") for n in range(first, first + number)))


def checked(on, by, data: bytes | None = None, **more) -> ImportRun:
    given = {"file_name": "table.csv", "profile": profiles.data("hcc-survival"), "taken_on": None}
    data = small() if data is None else data
    return intake.check(board=on, data=data, by=by, **(given | more))


def imported(on, by, data: bytes | None = None, **more) -> ImportRun:
    run = checked(on, by, data, **more)
    intake.start(run=run, by=by)
    assert intake.work(run=run) is intake.Work.FINISHED
    run.refresh_from_db()
    return run


def row_outcomes(run) -> list[tuple[int, str]]:
    return list(run.row_outcomes.order_by("row").values_list("row", "outcome"))


def everything() -> dict[str, str]:
    """What stands in every table, but for a run's own record."""
    own = {ImportRun, ImportRow}
    models = [m for m in apps.get_models() if m not in own and m._meta.managed and not m._meta.proxy]
    found = {m._meta.label: _fingerprint(m.objects.all()) for m in models if m is not AuditEvent}
    events = AuditEvent.objects.exclude(verb__startswith="import.")
    return found | {"events": _fingerprint(events)}


def _fingerprint(rows) -> str:
    listed = sorted(map(str, rows.values_list()))
    return f"{len(listed)} {hashlib.sha256(repr(listed).encode()).hexdigest()[:12]}"
