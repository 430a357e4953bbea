"""To whom does one address name the marked patient, and is it to those whom the table lists?"""

from collections.abc import Iterator

from tests.canary import marks
from tests.canary.answers import Lines, Meanwhile, around, content_of
from tests.canary.table import readers

NAMED_AFTER_THE_FILE = {"cases:save-file"}  # a header says how the file is called that somebody saves


class Walk:
    """One address, asked by everybody."""

    def __init__(self, name: str, lines: Lines) -> None:
        self.name, self.lines = name, lines
        self.meanwhile = Meanwhile()

    def begins(self) -> None:
        """Before each request."""
        self.lines.since_last()

    def hears(self, method: str, visitor, answer, *, is_in: bool) -> Iterator[str]:
        """What is wrong with an answer."""
        content = content_of(answer)
        may = is_in and bool(visitor.letter) and visitor.letter in readers(self.name, method)
        named = marks.found(content, among=marks.OF_THE_PERSON)
        if named and not may:
            yield f"tells of the {named}"
        # A form comes back or leads elsewhere; a page is there.
        if method == "GET" and may and not named:
            yield "does not say who the patient is"
        if not is_in and marks.found(content):
            yield f"refuses, and tells of the {marks.found(content)}"
        if self.name not in NAMED_AFTER_THE_FILE:
            yield from around(answer, content, of_a_case=self.name.startswith("cases:"))
        yield from self.meanwhile.tells()
        if in_log := marks.found(self.lines.since_last()):
            yield f"the log tells of the {in_log}"
