"""Which passwords are too long to be one, and which would everybody here guess first?"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string


class MaximumLengthValidator:
    """Hashing takes time by length: a page of text as a password would keep a server busy."""

    def __init__(self, max_length: int = 128) -> None:
        self.max_length = max_length

    def validate(self, password: str, user=None) -> None:
        if len(password) > self.max_length:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        return f"Your password must not be longer than {self.max_length} characters."


class OwnWordsValidator:
    """What everybody here would guess first: the name of this place and of its boards, and a few digits."""

    always = ("tumorboard", "tumourboard", "tumor board", "tumour board", "hospital", "password", "welcome")

    def __init__(self, at_least: int = 8) -> None:
        self.at_least = at_least

    def validate(self, password: str, user=None) -> None:
        rest = _squeezed(password)
        for word in sorted({_squeezed(word) for word in self._words()} - {""}, key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) < self.at_least and len(rest) < len(_squeezed(password)):
            raise ValidationError(
                "This password is made of names that everybody here knows. Add words of your own.",
                code="password_of_own_words",
            )

    def get_help_text(self) -> str:
        return "Your password must be more than the name of your hospital or board."

    def _words(self) -> list[str]:
        more = getattr(settings, "PASSWORD_OWN_WORDS", "")
        return [*self.always, *(import_string(more)() if more else ())]


def _squeezed(text: str) -> str:
    """As one types it in a hurry: no spaces, no signs, no capitals."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())
