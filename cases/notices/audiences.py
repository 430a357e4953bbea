"""Who gets an e-mail, and how does it say so in its own last line?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Audience:
    """Who gets it, as the list of all sorts says it, and as its own last line does."""

    people: str
    why: str


SITTING = Audience("Everybody who sits on the board", "You get this e-mail because you sit on this board.")
COORDINATORS = Audience("The coordinators", "You get this e-mail because you coordinate this board.")
LEAD = Audience("The chairs and the coordinators", "You get this e-mail because you lead this board.")
REFERRER = Audience("Whoever referred the case", "You get this e-mail because you referred this case.")
READER = Audience("Whoever the letter is for", "You get this e-mail because this letter is for you.")
INVOLVED = Audience(
    "The coordinators, and whoever referred the case",
    "You get this e-mail because you coordinate this board or referred this case.",
)
FILES = Audience(
    "The coordinators, and whoever sent it",
    "You get this e-mail because you coordinate this board or sent this file.",
)
DISCIPLINES = Audience(
    "Everybody who speaks for a discipline", "You get this e-mail because you speak for a discipline here."
)
ASKED = Audience("Whoever is asked", "You get this e-mail because this board asks you for something.")
ASKER = Audience("Whoever asked", "You get this e-mail because you asked for it.")
DEPUTY = Audience("Whoever stands in", "You get this e-mail because a colleague named you to stand in.")
OFFICERS = Audience(
    "The privacy officers of the hospital; where there is none, who leads the board",
    "You get this e-mail because you answer for privacy in this hospital.",
)
OWNER = Audience(
    "Whoever has the action to do", "You get this e-mail because this board gave you something to do."
)
