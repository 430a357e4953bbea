"""Which words open and close an outcome letter, before anybody edits them?"""

from datetime import date

from cases.domain.read_back import day


def opening(*, recipient: str, board: str, met_on: date, amended: bool = False) -> str:
    thanks = f"thank you for referring your patient to {board}. The board discussed the case on {day(met_on)}"
    told = (
        "and has since amended its recommendation; both follow."
        if amended
        else "and recommends what follows."
    )
    return f"Dear {recipient},\n\n{thanks} {told}"


def closing(*, board: str) -> str:
    return (
        "Please discuss this recommendation with your patient. If something has changed since, or the "
        f"patient decides otherwise, tell {board}, so that the case can be brought again."
    )
