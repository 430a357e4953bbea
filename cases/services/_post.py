"""How does the pathway come to owe somebody an e-mail? Every message of every room goes through here."""

from collections.abc import Iterable, Mapping
from typing import Any

from cases.notices.kinds import KINDS
from tumorboard.notifications import outbox
from tumorboard.notifications.models import Message
from tumorboard.notifications.outbox import Entry


def owe(entries: Iterable[Entry | Mapping[str, Any]]) -> list[Message]:
    """Owe all of them, in the caller's transaction; what is owed already stays as it is."""
    wanted = [entry if isinstance(entry, Entry) else Entry(**entry) for entry in entries]
    if unknown := {entry.kind for entry in wanted} - set(KINDS):
        raise ValueError(f"Not in the table of kinds: {sorted(unknown)}.")
    return outbox.put_many(wanted)
