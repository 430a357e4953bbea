"""What do all forms of the pathway share? They check what was typed and never write it."""

from dataclasses import dataclass
from datetime import date, timedelta

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms.utils import ErrorDict
from django.utils import timezone

from cases.domain import errors
from cases.vocabulary import Absent

TYPED = (forms.TextInput, forms.NumberInput, forms.EmailInput, forms.Textarea)
SIDE_BY_SIDE = 48  # letters of all choices together that still stand beside one another on a phone
LONG_TEXT = 4000  # characters; a page of prose, and a limit to what one field can make us carry


def not_in_future(day: date) -> None:
    """Later than today everywhere on Earth: boards have their own time zones."""
    if day > (timezone.now() + timedelta(hours=14)).date():
        raise ValidationError("This day is still to come. Check the date.", code="future")


def in_living_memory(day: date) -> None:
    if day.year < 1900:
        raise ValidationError("This is before 1900. Check the year.", code="past")


@dataclass(frozen=True)
class Problem:
    """One line of the error summary: where to go, which field, what to do."""

    anchor: str
    label: str
    message: str


class DayInput(forms.DateInput):
    """The browser's own date field; it speaks ISO whatever the person's language."""

    input_type = "date"

    def __init__(self, attrs=None, format="%Y-%m-%d"):
        super().__init__(attrs, format)


class Segmented(forms.RadioSelect):
    """A few answers side by side; below them, quieter, why there is none."""

    option_style = "segmented"


class Ticks(forms.CheckboxSelectMultiple):
    """Several may be true; laid out in columns."""

    option_style = "columns"


class NumberWithUnit(forms.NumberInput):
    """A number whose unit stands beside it."""

    def __init__(self, unit: str, *, step: str = "any", attrs=None):
        super().__init__({"step": step, "inputmode": "decimal", **(attrs or {})})
        self.unit = unit


def ticks(choices, *, label: str, help_text: str = "") -> forms.MultipleChoiceField:
    """The field for a coded list, which a ModelForm would otherwise ask for as text with commas."""
    return forms.MultipleChoiceField(
        choices=choices, label=label, help_text=help_text, required=False, widget=Ticks
    )


def segmented(choices, *, label: str, help_text: str = "", required: bool = False) -> forms.ChoiceField:
    """One of a few codes; choosing nothing means that it is not recorded."""
    return forms.ChoiceField(
        choices=choices, label=label, help_text=help_text, required=required, widget=Segmented
    )


def one_of(choices, *, label: str, help_text: str = "") -> forms.ChoiceField:
    """One of the codes that a column takes: side by side where they fit, else a list."""
    answers = [(code, words) for code, words in choices if code not in Absent.values]
    if sum(len(words) for _, words in answers) <= SIDE_BY_SIDE:
        return segmented(choices, label=label, help_text=help_text)
    none = [(code, words) for code, words in choices if code in Absent.values]
    listed = [("", "Choose"), *answers, *([("No answer because", none)] if none else [])]
    return forms.ChoiceField(choices=listed, label=label, help_text=help_text, required=False)


def plain_helper() -> FormHelper:
    """Fields only: the template writes the form tag and the token."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.form_show_errors = True
    return helper


class _Checked:
    """Limits, native date fields, and errors as a list that links to the fields."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget = DayInput(field.widget.attrs)
                field.validators += [in_living_memory, not_in_future]
            if type(field) is forms.CharField and field.max_length is None:
                field.validators.append(MaxLengthValidator(LONG_TEXT))
            if isinstance(field.widget, TYPED):
                # A browser would keep it, and offer one patient's words to whoever fills the next form.
                field.widget.attrs.setdefault("autocomplete", "off")

    def keep_quiet(self) -> None:
        """Show what was typed without judging it: a draft is allowed to be unfinished."""
        self._errors = ErrorDict()

    @property
    def is_empty(self) -> bool:
        """Nothing said in this part; a preset day says nothing."""
        said = (name for name, field in self.fields.items() if not isinstance(field, forms.DateField))
        return all(_says_nothing(self.cleaned_data.get(name)) for name in said)

    @property
    def problems(self) -> list[Problem]:
        """Everything that is wrong, in the order of the page."""
        found = [Problem("", "", message) for message in self.non_field_errors()]
        for name in self.fields:
            bound = self[name]
            found += [Problem(_anchor(bound), bound.label, message) for message in bound.errors]
        return found

    def refuse(self, error: errors.DomainError, *, field: str | None = None) -> None:
        """Show what a service said, beside the field that it is about."""
        self.add_error(field, str(error))


def _says_nothing(value) -> bool:
    """Zero says something."""
    return value is None or value is False or value in ("", [])


def _anchor(bound) -> str:
    """Where a link to the field puts the cursor: of a group of choices, its first."""
    if isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


class CaseForm(_Checked, forms.ModelForm):
    """A ModelForm that checks what was typed and never writes it: services write."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self._meta.fields or ():
            if name not in self.declared_fields and name in self.fields:
                # The form field asks as the model does, even where no instance is filled.
                self.fields[name].validators += self._meta.model._meta.get_field(name)._validators

    def save(self, *args, **kwargs):
        raise TypeError(f"{type(self).__name__} does not write; call a service.")


class PlainForm(_Checked, forms.Form):
    """The same for what is not one model's."""
