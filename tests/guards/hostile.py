"""What would somebody hand in who means harm, and into which fields does it fit?

Forms are heard while they check what came: a page may ask for one form or for eight, by any prefix, and each
field that was asked is known afterwards with its kind.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.forms import BaseForm
from django.utils.datastructures import MultiValueDict

from tests.guards.scene import Scene

# What must never come back as markup: as it stands here it would run.
MARK = '"><script>alert(7)</script><img src=x onerror=alert(7)>'
NUL = "before\0after"
TOLD_OF_NUL = "Null characters are not allowed."
MILLION = "x" * 1_000_000

TEXTS = {
    "NUL": NUL,
    "markup": MARK + "'&amp;{{ 7|add:7 }}{% now 'Y' %}",
    "formula": '=HYPERLINK("http://example.invalid/?"&A1)',
    "right to left": "\u202e\u2066evil\u200f\ufeff\u2028\u0085\x07\x1b[31m"
    + "e\u0301\u0301" * 20
    + "\U0001f4a9",
    "half a character": b"\xed\xa0\x80 \xff\xfe \xc0\xaf",
    "SQL": "'; DROP TABLE cases_case; -- %s %(x)s \\",
    "a million": MILLION,
}
NUMBERS = {
    "not a number": ("NaN", "sNaN", "-NaN123"),
    "endless": ("Infinity", "-inf", "1e999999999"),
    "huge": ("9" * 400, "-" + "9" * 20, "9223372036854775808", "9" * 5000),
    "odd": ("1_0", "٣", "0x1F", "1e-9999", "--1", "1,5"),
}
DAYS = {
    "far away": ("9999-12-31", "0001-01-01", "10000-01-01"),
    "no day": ("0000-00-00", "2026-02-30", "-1-1-1", "２０２６-０１-０１", NUL),
}
TIMES = {"far away": ("23:59:59.999999", "24:00"), "no day": ("99:99", NUL, "-1:00")}
CHOICES = {
    "none of these": ("no-such-thing", "../../etc/passwd", "-1", "9" * 40),
    "NUL": (NUL,),
    "markup": (MARK,),
}
EVERYTHING = {"all NUL": NUL, "all empty": "", "all lists": ["1", "2", MARK]}

OF_TIME = (forms.TimeField, forms.DurationField)
OF_DAYS = (forms.DateField, forms.DateTimeField, forms.SplitDateTimeField)
OF_NUMBERS = (forms.IntegerField, forms.DecimalField, forms.FloatField)
OF_CHOICES = (forms.ChoiceField, forms.ModelChoiceField, forms.UUIDField, forms.BooleanField)

Body = dict[str, Any]


@dataclass
class Heard:
    """Which forms were checked, and each of their fields by the name under which a browser sends it."""

    checked: list[BaseForm] = field(default_factory=list)

    @property
    def fields(self) -> dict[str, forms.Field]:
        return {one.add_prefix(name): asked for one in self.checked for name, asked in one.fields.items()}


@contextmanager
def listening() -> Iterator[Heard]:
    heard, checks = Heard(), BaseForm.full_clean

    def checked(form):
        checks(form)
        if form.is_bound:
            heard.checked.append(form)

    BaseForm.full_clean = checked
    try:
        yield heard
    finally:
        BaseForm.full_clean = checks


def _bad_values(asked: forms.Field | None) -> dict[str, tuple]:
    """What fits a field of this kind; what no form asks for is read as text."""
    for kinds, values in (
        (OF_TIME, TIMES), (OF_DAYS, DAYS), (OF_NUMBERS, NUMBERS), (OF_CHOICES, CHOICES)
    ):  # fmt: skip
        if isinstance(asked, kinds):
            return values
    if isinstance(asked, forms.FileField):
        return {}
    return {name: (value,) for name, value in TEXTS.items()}


def plausible(asked: forms.Field) -> Any:
    """What an ordinary person might answer, so that a form comes as far as it can."""
    if isinstance(asked, forms.ModelChoiceField):
        return next((str(one.pk) for one in asked.queryset[:1]), "")
    if isinstance(asked, forms.ChoiceField):
        return next((str(code) for code, _ in _flat(asked.choices) if code), "")
    if isinstance(asked, OF_DAYS):
        return "2026-06-01"
    if isinstance(asked, OF_NUMBERS):
        return str(getattr(asked, "min_value", None) or 1)
    return "on" if isinstance(asked, forms.BooleanField) else "Said."


def _flat(choices) -> Iterator[tuple[Any, Any]]:
    for code, said in choices:
        if isinstance(said, list | tuple):
            yield from _flat(said)
        else:
            yield code, said


def completed(said: Body, heard: Heard) -> Body:
    """What is handed in, with an answer to all that is required besides."""
    required = {
        name: plausible(asked)
        for name, asked in heard.fields.items()
        if asked.required and not isinstance(asked, forms.FileField)
    }
    return required | said


def attacks(said: Body, heard: Heard) -> Iterator[tuple[str, Body]]:
    """Each kind of harm in all fields that it fits at once, the others as they should be."""
    fields = dict.fromkeys(said) | heard.fields
    whole = completed(said, heard)
    kinds = dict.fromkeys(kind for asked in fields.values() for kind in _bad_values(asked))
    for kind in kinds:
        bad = {name: _bad_values(asked)[kind] for name, asked in fields.items() if kind in _bad_values(asked)}
        if kind == "a million":  # together they would be more than a request may carry
            bad = dict(list(bad.items())[:3])
        rounds = max(map(len, bad.values()), default=0)
        for number in range(rounds):
            yield kind, whole | {name: values[number % len(values)] for name, values in bad.items()}
    for kind, value in EVERYTHING.items():
        yield kind, whole | dict.fromkeys(fields, value)


def not_told_of_nul(heard: Heard) -> list[str]:
    """Fields of text that took a NUL, or refused it without a word that somebody understands."""
    return [
        f"{type(one).__name__}.{name}"
        for one in heard.checked
        for name, asked in one.fields.items()
        if isinstance(asked, forms.CharField)
        and "\0" in str(_sent(one, name))
        and _told(asked) not in str((one._errors or {}).get(name, ""))
    ]


def _told(asked: forms.Field) -> str:
    """A field of text says what it is; one that reads an id, JSON or a list says that it cannot."""
    return TOLD_OF_NUL if type(asked) is forms.CharField else "errorlist"


def _sent(form: BaseForm, name: str) -> Any:
    data = form.data if isinstance(form.data, MultiValueDict) else MultiValueDict()
    return data.get(form.add_prefix(name), "")


def runs(response) -> bool:
    """Whether what was handed in came back so that a browser would run it."""
    is_page = response.headers.get("Content-Type", "").startswith(("text/html", "image/svg"))
    return is_page and not response.streaming and MARK.encode() in response.content


def who_hands_in(scene: Scene, said: str):
    """Somebody who may, by the letters of the table."""
    letters = said.removeprefix("!").partition("/")[0].replace("*", "K")
    return next((one for one in scene.visitors if one.letter and one.letter in letters), None)
