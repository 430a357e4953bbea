"""Does a secret stand in what is kept under version control?

A few patterns, not a proof: known forms of keys and tokens, and texts that look random where a key, a secret
or a password is given a value.
"""

import math
import re
import subprocess
from collections import Counter

import pytest

from tests.guards.source import ROOT

# What it is, a few letters without which it is not, and its form.
KNOWN_FORMS = [
    ("a private key", "PRIVATE", r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    ("a key of age", "AGE-", r"AGE-SECRET-KEY-1[A-Z0-9]{50,}"),
    ("a key of AWS", "IA", r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    ("a token of GitHub", "gh", r"\bgh[pousr]_[A-Za-z0-9]{36,}"),
    ("a token of GitHub", "github_pat", r"\bgithub_pat_\w{22,}"),
    ("a token of Slack", "xox", r"\bxox[abprs]-[A-Za-z0-9-]{10,}"),
    ("a key of Google", "AIza", r"\bAIza[A-Za-z0-9_-]{35}\b"),
    ("a signed token", ".eyJ", r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"),
    (
        "a password in an address",
        "://",
        r"://[^\s/:@{}$\"']+:(?!password@|secret@|\*)[^\s/:@{}$\"']{8,}@(?!127\.0\.0\.1|localhost)",
    ),
]
GIVEN = re.compile(
    r"""(?x) (?:[Kk]ey|KEY|[Ss]ecret|SECRET|[Pp]assw|PASSW|[Tt]oken|TOKEN|[Cc]redential|CREDENTIAL)\w* ["']?
        \s* [:=] \s* ["']? (?P<value>[A-Za-z0-9+/_=.-]{20,})"""
)
RANDOM = 3.9  # bits a character; a word of a language has less
# What looks like one and is none: the file, the text, and why. None so far.
ALLOWED: dict[tuple[str, str], str] = {}


def bits(text):
    counts = Counter(text)
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values())


def secrets_in(text):
    for what, letters, pattern in KNOWN_FORMS:
        if letters in text:
            yield from ((what, found[0]) for found in re.finditer(pattern, text))
    for found in GIVEN.finditer(text):
        value = found["value"]
        if re.search(r"\d", value) and re.search(r"[A-Za-z]", value) and bits(value) > RANDOM:
            yield "a random text", value


def texts():
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, done.stdout.decode().split("\0")):
        file = ROOT / name
        if file.is_file() and b"\0" not in (content := file.read_bytes())[:8000]:
            yield name, content.decode("utf-8", "replace")


def test_no_secret_is_kept_under_version_control():
    files = dict(texts())
    found = [
        f"{name}: {what}: {value[:60]}"
        for name, text in files.items()
        for what, value in secrets_in(text)
        if (name, value) not in ALLOWED
    ]

    assert len(files) > 1000
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "planted",
    [
        "-----BEGIN OPENSSH " + "PRIVATE KEY-----",
        "AKIA" + "IOSFODNN7EXAMPLE",
        "ghp_" + "a1B2" * 9,
        "github_pat_" + "a1B2" * 9,
        "xoxb-" + "1234567890-abcdef",
        "AIza" + "SyA1B2C3D" * 3 + "12345678",
        ".".join(["ey" + "JhbGciOiJIUzI1", "ey" + "JzdWIiOiIxMjM0", "SflKxwRJSMeKKF2QT4"]),
        "SECRET_KEY = '" + "k9Zr3vQ8mW1xT6yB4nL7" + "pS2dF5gH0jC8aE3uI6oR9'",
        'db_password: "' + "tr0ub4dor-AND-3-Xylo" + 'phones"',
        "postgres://app:" + "hunter2hunter2@db.hospital.example/app",
        "AGE-SECRET-KEY-1" + "Q" * 58,
    ],
)
def test_one_that_is_planted_is_found(planted):
    assert list(secrets_in(f"before\n{planted}\nafter"))


@pytest.mark.parametrize(
    "harmless",
    [
        "password = forms.CharField(widget=PasswordInput)",
        "key=lambda row: (row.position, row.pk)",
        "token = signing.dumps(payload, salt=SALT)",
        "DATABASE_URL=postgres://tumorboard_app:password@host:5432/tumorboard",
        "SECRET_KEY_FILE: /run/secrets/secret_key",
    ],
)
def test_what_only_speaks_of_one_is_not(harmless):
    assert not list(secrets_in(harmless))
