"""What of a meeting stays as it is once it is over, whoever writes?

The services refuse it in words; these triggers refuse plain SQL too. A meeting is over when it was closed or
called off.
"""

import pgtrigger

OVER = "('CLOSED', 'CANCELLED')"
KEPT = ("status", "starts_at", "ends_at", "board_id")
MEETINGS = "cases_meeting m"
MEETINGS_OF_ITEMS = "cases_meeting m JOIN cases_agendaitem i ON i.meeting_id = m.id"


def stays_over() -> pgtrigger.Trigger:
    """It is not opened again, and not said to have been at another time or of another board."""
    before, after = (", ".join(f"{row}.{column}" for column in KEPT) for row in ("OLD", "NEW"))
    return pgtrigger.Protect(
        name="a_meeting_that_is_over_stays",
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(f"OLD.status IN {OVER} AND ({before}) IS DISTINCT FROM ({after})"),
    )


def frozen_with_meeting(name: str) -> pgtrigger.Trigger:
    """Rows of a meeting: no new ones, no changes, none removed."""
    return _frozen(name, meetings=MEETINGS, key="m.id", column="meeting_id")


def frozen_with_meeting_of_item(name: str) -> pgtrigger.Trigger:
    """The same of rows below one case of its list."""
    return _frozen(name, meetings=MEETINGS_OF_ITEMS, key="i.id", column="item_id")


def _frozen(name: str, *, meetings: str, key: str, column: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"{name}_stays_with_meeting",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        # Tables and columns are names that stand above.
        func=f"""
            IF EXISTS (
                SELECT 1 FROM {meetings} WHERE m.status IN {OVER} AND {key} IN (
                    (to_jsonb(OLD) ->> '{column}')::uuid, (to_jsonb(NEW) ->> '{column}')::uuid)
            ) THEN
                RAISE EXCEPTION 'pgtrigger: {name} belongs to a meeting that is over';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,  # noqa: S608
    )


def kept(name: str) -> pgtrigger.Trigger:
    """Never removed, whenever."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Delete)
