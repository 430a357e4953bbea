"""How do dates, states and small parts look on every page? Presentation only: nothing here asks the database."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()

MESSAGE_ICONS = {"error": "block", "warning": "due", "success": "done"}


@register.simple_tag
def icon(name: str, label: str = ""):
    """One drawing from the sprite; silent for screen readers unless it is given a label."""
    sprite = static("tumorboard/icons.svg")
    if label:
        return format_html(
            '<svg class="i" role="img" aria-label="{}"><use href="{}#i-{}"/></svg>', label, sprite, name
        )
    return format_html('<svg class="i" aria-hidden="true"><use href="{}#i-{}"/></svg>', sprite, name)


@register.filter
def message_icon(level: str) -> str:
    return MESSAGE_ICONS.get(level, "info")
