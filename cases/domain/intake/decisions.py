"""What has a person answered to the questions of an import?

A decision is {"column": heading, "kind": kind, "answer": "convert" | "keep" | "leave_out"} for the whole
column, or, with "row": number, for one row; the row's decision goes before the column's.
"""

from collections.abc import Iterable

from cases.domain.errors import Refused
from cases.domain.intake.profile import ANSWERS


class Decisions:
    def __init__(self, given: "Iterable[dict] | Decisions" = ()):
        self._answers: dict[tuple[str | None, str | None, int | None], str] = {}
        if isinstance(given, Decisions):
            self._answers.update(given._answers)
            return
        for one in given:
            if one.get("answer") not in ANSWERS:
                raise Refused(f"Answer with one of {', '.join(ANSWERS)}, not {one.get('answer')!r}.")
            self._answers[one.get("column"), one.get("kind"), one.get("row")] = one["answer"]

    def answer(self, *, column: str, kind: str, row: int, offered: tuple[str, ...]) -> str | None:
        """None while the question is open; an answer that was not offered leaves it open."""
        for place in (row, None):
            answer = self._answers.get((column, kind, place))
            if answer in offered:
                return answer
        return None
