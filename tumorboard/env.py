"""What does this installation's environment say, and which variable is missing?"""

from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

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


def text_or_file(name: str) -> str:
    """From NAME, or from the file that NAME_FILE points to, such as a mounted secret."""
    file = env.str(f"{name}_FILE", default="")
    return _content(f"{name}_FILE", file) if file else env.str(name, default="")


def _content(name: str, file: str) -> str:
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not text"
        raise ImproperlyConfigured(f"{name} points to {file}, which cannot be read: {why}.") from None


def address(name: str, secret_name: str, default: str | None = None) -> str:
    """The address of a server. Where it holds no password, that may stand apart: in a variable or a file."""
    url = env.str(name) if default is None else env.str(name, default=default)
    parts, apart = urlsplit(url), text_or_file(secret_name)
    if not apart or parts.password:
        return url
    user, _, place = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{user.rstrip(':')}:{quote(apart, safe='')}@{place}"))


def secret(name: str, *, fallback: str | None) -> str:
    """A hospital never runs with a known one."""
    value = text_or_file(name)
    if not value and fallback is not None:
        return fallback
    return _private(name, value)


def key_ring(name: str, *, fallback: str | None) -> list[str]:
    """Several keys, newest first, between commas or one a line: what the older ones locked still opens."""
    keys = text_or_file(name).replace(",", " ").split()
    if not keys and fallback is not None:
        return [fallback]
    return [_private(name, key) for key in keys or [""]]


def _private(name: str, value: str) -> str:
    if len(value) < SHORTEST_SECRET or value.startswith(("demo", "change", "django-insecure")):
        raise ImproperlyConfigured(
            f"{name} must be a private random text of at least {SHORTEST_SECRET} characters. Make one with: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )
    return value
