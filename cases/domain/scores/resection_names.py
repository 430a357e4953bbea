"""What is the resection of these segments called? Names of the Brisbane 2000 terminology."""

from cases.domain.scores.inputs import Many, Whole, between
from cases.domain.scores.registry import Output, score

CAUDATE = 1

NAMES = {
    (5, 6, 7, 8): "right hemihepatectomy",
    (4, 5, 6, 7, 8): "right trisectionectomy",
    (2, 3, 4): "left hemihepatectomy",
    (2, 3, 4, 5, 8): "left trisectionectomy",
    (2, 3): "left lateral sectionectomy",
    (4,): "left medial sectionectomy",
    (5, 8): "right anterior sectionectomy",
    (6, 7): "right posterior sectionectomy",
}


@score(
    id="brisbane_2000",
    title="Name of the resection (Brisbane 2000)",
    version="1",
    source="IHPBA Terminology Committee. HPB 2000;2:333-339; Strasberg SM. "
    "J Hepatobiliary Pancreat Surg 2005;12:351-355",
    inputs=(Many("segments", of=Whole("segment", range=between(1, 8)), distinct=True),),
    outputs=(Output("name"), Output("major")),
    cautions=(
        "Whole segments only: a non-anatomical wedge is recorded as such, lesion by lesion.",
        "Lobectomy and extended hepatectomy are older names for some of these.",
    ),
    family="anatomy",
    to_confirm="Some of the names, against the terminology of 2000; and that a major resection is three "
    "segments or more with the caudate counted, a convention of this program.",
)
def brisbane_2000(*, segments: tuple[int, ...]) -> dict:
    """Different segments 1 to 8 in any order; `major` is three or more, and the caudate (1) counts as one."""
    others = tuple(sorted(set(segments) - {CAUDATE}))
    return {"name": _name(others, CAUDATE in segments), "major": len(segments) >= 3}


def _name(others: tuple[int, ...], with_caudate: bool) -> str:
    if not others:
        return "caudate (segment 1) resection"
    name = NAMES.get(others) or _by_number(others)
    return f"{name} with caudate (segment 1)" if with_caudate else name


def _by_number(segments: tuple[int, ...]) -> str:
    kind = {1: "segmentectomy", 2: "bisegmentectomy"}.get(len(segments), "multiple segmentectomy")
    return f"{kind} {','.join(map(str, segments))}"
