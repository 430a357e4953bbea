"""What may an e-mail say when the cut-off has passed? How much each listed case lacks; never what it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cases.domain.readiness import Readiness
from cases.models import Case, Meeting
from cases.notices._render import entry
from cases.notices.meeting import link
from tumorboard.notifications.outbox import Entry


@dataclass(frozen=True)
class Standing:
    """One listed case at the cut-off."""

    case: Case
    readiness: Readiness

    @property
    def words(self) -> str:
        """By number only: the name of what is missing would tell of the disease."""
        found = (
            (len(self.readiness.blocking), "thing missing", "things missing"),
            (len(self.readiness.stale), "thing out of date", "things out of date"),
            (len(self.readiness.waiting), "input awaited", "inputs awaited"),
        )
        return ", ".join(f"{number} {one if number == 1 else many}" for number, one, many in found if number)


def passed(
    coordinator,
    meeting: Meeting,
    listed: Sequence[Standing],
    *,
    version: int,
    not_before: datetime | None = None,
) -> Entry:
    board = meeting.board
    open_ones = [one for one in listed if not one.readiness.is_ready]
    many = "1 case" if len(listed) == 1 else f"{len(listed)} cases"
    return entry(
        kind="cutoff.passed",
        about=meeting.about,
        version=version,
        recipient=coordinator,
        board=board,
        title=f"Cut-off: {many} listed, {len(listed) - len(open_ones)} ready; {board}",
        link=link(meeting),
        not_before=not_before,
        expires_at=meeting.starts_at,
        context={
            "starts_at": meeting.starts_at.astimezone(board.zone).replace(tzinfo=None),
            "many": many,
            "ready": len(listed) - len(open_ones),
            "rows": [(one.case.number, one.words) for one in open_ones],
        },
    )
