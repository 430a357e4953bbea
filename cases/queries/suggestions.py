"""What do signed opinions, scores and the recorded wish offer for the decision that is being made?"""

from django.utils import timezone

from cases.domain.picture import Picture
from cases.domain.scores.remnant import THRESHOLDS
from cases.domain.suggestions import Known, Remnant, Suggestion, Voice, Wish, suggestions
from cases.models import AgendaItem, LesionAccess, OncologyInput, PatientWish, Recommendation, SpecialistInput
from cases.queries.decision import decision_of, viable_lesions
from cases.queries.picture import picture_of
from cases.vocabulary import InputStatus
from cases.vocabulary import Known as Answer


def suggestions_for(item: AgendaItem, recommendation: Recommendation | None) -> list[Suggestion]:
    return suggestions(_known(item), decision_of(recommendation))


def _known(item: AgendaItem) -> Known:
    signed = _signed(item)
    picture = picture_of(item.case, on=timezone.now().astimezone(item.case.board.zone).date())
    return Known(
        voices=[_voice(one, item) for one in signed],
        ablatable=_ablatable(item, signed),
        short_remnant=_short_remnant(picture),
        outside_open="" if not picture.missing("extrahepatic_disease") else _why_open(picture),
        wish=_wish(item),
        trial=_trial(signed),
    )


def _signed(item: AgendaItem) -> list[SpecialistInput]:
    """Opinions that are open to the room: of a board that seals them, once the case was opened."""
    if item.case.board.seals_opinions and item.opened_at is None:
        return []
    standing = SpecialistInput.objects.current().filter(
        case=item.case_id, presentation=item.presentation, status=InputStatus.SIGNED
    )
    return list(standing.select_related("signed_by").order_by("specialty"))


def _voice(one: SpecialistInput, item: AgendaItem) -> Voice:
    assert one.signed_at is not None
    signed_on = one.signed_at.astimezone(item.case.board.zone).date()
    return Voice(one.specialty, one.opinion, one.signed_by_id, str(one.signed_by), signed_on)


def _ablatable(item: AgendaItem, signed: list[SpecialistInput]) -> list[str]:
    living = viable_lesions(item.case_id)
    reached = LesionAccess.objects.filter(details__input__in=signed, lesion__in=living, ablatable=Answer.YES)
    chosen = set(reached.values_list("lesion", flat=True))
    return [lesion.label for lesion in living if lesion.pk in chosen]


def _short_remnant(picture: Picture) -> Remnant | None:
    percent, background = picture.item("sflr_percent"), picture.raw("liver_background")
    if percent is None or background not in THRESHOLDS or picture.raw("flr_adequate") is not False:
        return None
    return Remnant(percent.words, int(THRESHOLDS[background]))


def _why_open(picture: Picture) -> str:
    return picture.gap("extrahepatic_disease").words


def _wish(item: AgendaItem) -> Wish | None:
    told = PatientWish.objects.standing().filter(case=item.case_id).order_by("-created_at").first()
    if told is None:
        return None
    to = f", told to {told.told_to}" if told.told_to else ""
    return Wish(told.words, f"The wish on record{to}")


def _trial(signed: list[SpecialistInput]) -> str:
    told = OncologyInput.objects.filter(input__in=signed).exclude(trial_available="")
    return told.values_list("trial_available", flat=True).first() or ""
