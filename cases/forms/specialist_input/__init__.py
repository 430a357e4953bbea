"""Which form does each discipline fill? Its parts, checked together, so that everything is said at once."""

from cases.forms.specialist_input.input_forms import InputForms
from cases.forms.specialist_input.requests import AmendForm, AskForm, NotNeededForm

__all__ = ["AmendForm", "AskForm", "InputForms", "NotNeededForm"]
