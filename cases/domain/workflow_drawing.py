"""How does the table of steps look as a drawing? Mermaid, which code hosts render."""

from cases.domain.lifecycle import STEPS
from cases.vocabulary import CaseStatus


def mermaid() -> str:
    lines = ["stateDiagram-v2", "    direction LR", f"    [*] --> {CaseStatus.DRAFT}"]
    lines += [f"    {status.value}: {status.label}" for status in CaseStatus]
    lines += [
        f"    {before} --> {step.after}: {step.name}" for step in STEPS for before in sorted(step.before)
    ]
    lines += [f"    {end} --> [*]" for end in (CaseStatus.CLOSED, CaseStatus.WITHDRAWN)]
    return "\n".join(lines)


def page() -> str:
    rows = [
        f"| {step.name} | {', '.join(CaseStatus(s).label for s in sorted(step.before))} "
        f"| {CaseStatus(step.after).label} |"
        for step in STEPS
    ]
    return "\n".join(
        [
            "# Where a case may go",
            "",
            "Written by `./dev manage draw_workflow` from `cases/domain/lifecycle.py`.",
            "A test fails when it is old.",
            "",
            "```mermaid",
            mermaid(),
            "```",
            "",
            "| Step | From | To |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )
