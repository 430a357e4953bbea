"""What does this installation's environment say, and which variable is missing?"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET = 50


class Environment(environ.Env):
    """Remembers every name that was asked for: `.env.example` must list them all."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get_value(self, var, *args, **kwargs):
        self.names.add(var)
        return super().get_value(var, *args, **kwargs)


env = Environment()


def secret(name: str, *, fallback: str | None) -> str:
    """From NAME, or from the file that NAME_FILE points to. A hospital never runs with a known one."""
    file = env.str(f"{name}_FILE", default="")
    value = Path(file).read_text().strip() if file else env.str(name, default="")
    if not value and fallback is not None:
        return fallback
    if len(value) < SHORTEST_SECRET or value.startswith(("demo", "change", "django-insecure")):
        raise ImproperlyConfigured(
            f"{name} must be a private random text of at least {SHORTEST_SECRET} characters. Make one with: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )
    return value
