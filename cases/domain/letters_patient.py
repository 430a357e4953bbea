"""What does the summary for the patient say, in plain words?

What the record holds as a code has plain words of its own. What a doctor typed is never made simple by rule:
its place stays empty until a person has said it plainly, with the typed words beside.
"""

from collections.abc import Iterator
from datetime import date

from cases.domain import plain_words
from cases.domain.letters import Occasion, Sentence, camps, is_split
from cases.domain.read_back import listed
from cases.domain.recommendation import Action, Decision, PlanFor
from cases.vocabulary import ActionKind, Intent, LesionPlanKind, WishWeight

CHOICE = (
    "It is your choice. You can say yes or no. You can ask for time to think. You can ask a doctor "
    "somewhere else what they think."
)


def for_patient(decision: Decision, told: Occasion) -> tuple[Sentence, ...]:
    return (
        _opening(told),
        *_state(told),
        Sentence("intent", plain_words.AIMS[Intent(decision.intent)], ("intent",)),
        *_plans(decision.plans),
        Sentence("why", "", ("rationale",), to_write=True),
        *_wish(decision),
        *_remarks(told),
        *_views(decision, told),
        *(
            sentence
            for number, action in enumerate(decision.actions, start=1)
            for sentence in _step(action, number)
        ),
        *_until(decision),
        Sentence("choice", CHOICE, ()),
    )


def long_day(on: date) -> str:
    """4 December 2026, as people write it; short months are for tables."""
    return f"{on.day} {on:%B %Y}"


def _opening(told: Occasion) -> Sentence:
    said = (
        f"Dear {told.addressee},\n\non {long_day(told.met_on)} a team of experts met to talk "
        "about your care. This letter tells you what they think is best."
    )
    return Sentence("opening", said, ("meeting", "addressee"))


def _state(told: Occasion) -> Iterator[Sentence]:
    if told.replaces:
        news = "The team has changed its advice." if told.amended_because else "We have news for you."
        away = f"Please put our letter of {long_day(told.replaces)} away."
        yield Sentence("replaces", f"{news} {away}", ("amendment_reason",))
    if told.provisional:
        said = ("This advice is not final yet.", *_agreeing(told), "We will tell you if the advice changes.")
        yield Sentence("provisional", " ".join(said), ("quorum",))


def _agreeing(told: Occasion) -> Iterator[str]:
    """A patient who is told that some have yet to agree is told as well that one has not."""
    if told.waiting:
        yield "Some of the team were not there. They will say if they agree."
    if told.objected:
        who = "One of the team does" if told.objected == 1 else "Some of the team do"
        yield f"{who} not agree. The team will talk again."


def _plans(plans: tuple[PlanFor, ...]) -> Iterator[Sentence]:
    """Spots that are treated alike are told together."""
    for code in dict.fromkeys(plan.plan for plan in plans):
        same = [plan.lesion for plan in plans if plan.plan == code]
        head = f"The spot called {same[0]}" if len(same) == 1 else f"The spots called {listed(same)}"
        one, several = plain_words.PLANS[LesionPlanKind(code)]
        said = f"{head}: {one if len(same) == 1 else several}."
        yield Sentence(f"plan-{'-'.join(same)}", said, tuple(f"plans.{lesion}" for lesion in same))


def _wish(decision: Decision) -> Iterator[Sentence]:
    weight = plain_words.WISHES[WishWeight(decision.wish_weight)]
    if decision.wish_weight == WishWeight.NOT_KNOWN or not decision.wish:
        yield Sentence("wish", plain_words.WISHES[WishWeight.NOT_KNOWN], ("wish",))
        return
    yield Sentence("wish", f"We heard this from you: “{decision.wish}”\n\n{weight}", ("wish", "wish_weight"))
    if decision.wish_reason:
        yield Sentence("wish_reason", "", ("wish_weight",), to_write=True)


def _remarks(told: Occasion) -> Iterator[Sentence]:
    for number, _ in enumerate(told.remarks, start=1):
        yield Sentence(f"remark-{number}", "", (f"remarks.{number}",), to_write=True)


def _views(decision: Decision, told: Occasion) -> Iterator[Sentence]:
    """Where the board was split, the patient sees all the options and not only the one that was chosen."""
    if is_split(told.stood):
        found = camps(told.stood)
        of = sum(number for _, number in found)
        liked = [f"– {number} of {of}: {plain_words.OPTIONS[option]}" for option, number in found]
        said = "\n".join(["The team did not all think the same. We first liked best:", *liked])
        yield Sentence("split", said, ("stood_before",))
    for number, _ in enumerate(decision.dissents, start=1):
        yield Sentence(f"dissent-{number}", "", (f"dissents.{number}",), to_write=True)


def _step(action: Action, number: int) -> Iterator[Sentence]:
    """What is done, who sees to it and by when.

    A condition can be of either sign, such as "only if it has grown": a person has to say it. So has one to
    say a step without plain words of its own.
    """
    at = f"actions.{number}"
    parts = tuple(f"{at}.{part}" for part in ("condition", "plan_b") if getattr(action, part))
    named = plain_words.STEPS.get(ActionKind(action.kind))
    if named is None or action.condition:
        yield Sentence(f"action-{number}", "", (at, *parts), to_write=True)
        return
    said = [named, _who(action.owner, action.due_on, "will see to this"), *_else(action)]
    yield Sentence(f"action-{number}", " ".join(filter(None, said)), (at, *parts))
    if action.detail:
        yield Sentence(f"action-{number}-detail", "", (at,), to_write=True)
    if action.plan_b and action.plan_b.detail:
        yield Sentence(f"action-{number}-else", "", parts, to_write=True)


def _else(action: Action) -> list[str]:
    plan_b = action.plan_b
    if plan_b is None:
        return []
    named = plain_words.STEPS.get(ActionKind(plan_b.kind)) if plan_b.kind else None
    instead = f"If this does not work out, this is done in its place: {named}" if named else ""
    instead = instead or "If this does not work out, there is another plan."
    return [instead, _who(plan_b.owner, plan_b.due_on, "will see to that")]


def _who(owner: str, due_on: date | None, does: str) -> str:
    if not owner:
        return ""
    return f"{owner} {does} by {long_day(due_on)}." if due_on else f"{owner} {does}."


def _until(decision: Decision) -> Iterator[Sentence]:
    if decision.expires_on:
        said = (
            f"This advice is good until {long_day(decision.expires_on)}. If nothing has begun by then, "
            "please tell us."
        )
        yield Sentence("until", said, ("expires_on",))
    if decision.re_present_on:
        said = f"The team will talk about you again on {long_day(decision.re_present_on)}."
        yield Sentence("back", said, ("re_present_on",))
