"""What do the invented specialists answer? Some cases in depth, the others in short."""

from cases.management.demonstration.answers import breast, colorectal, hcc, hilar, neuroendocrine, otherwise
from cases.management.demonstration.answers.told import Asked, Told

IN_DEPTH = {
    "Fairweather": colorectal.TOLD,
    "Okonjo-Vale": hcc.TOLD,
    "Lindqvist": neuroendocrine.TOLD,
    "Hargreave": hilar.TOLD,
    "Ashdown": breast.TOLD,
}


def answer(asked: Asked) -> Told:
    """What this discipline says of this case."""
    told = IN_DEPTH.get(asked.story.family, {}).get(asked.specialty) or otherwise.TOLD[asked.specialty]
    return told(asked)


__all__ = ["IN_DEPTH", "Asked", "Told", "answer"]
