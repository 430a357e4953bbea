"""Which passwords are too long to be one?"""

from django.core.exceptions import ValidationError


class MaximumLengthValidator:
    """Hashing takes time by length: a page of text as a password would keep a server busy."""

    def __init__(self, max_length: int = 128) -> None:
        self.max_length = max_length

    def validate(self, password: str, user=None) -> None:
        if len(password) > self.max_length:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        return f"Your password must not be longer than {self.max_length} characters."
