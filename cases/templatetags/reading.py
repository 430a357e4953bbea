"""How does text stay readable? A date is never torn apart, and an item has words instead of its code."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from cases.domain import waiving

register = template.Library()

_DAY = re.compile(r"\b\d{2}-[A-Z][a-z]{2}-\d{4}\b")


@register.filter(needs_autoescape=True)
def days_kept_whole(text: str, autoescape: bool = True):
    """{{ read_back|days_kept_whole }}"""
    escaped = conditional_escape(text) if autoescape else text
    # Only what was escaped above is marked; the span is ours.
    return mark_safe(_DAY.sub(r'<span class="nowrap">\g<0></span>', escaped))  # noqa: S308


@register.filter
def item_words(item: str) -> str:
    """{{ waiver.item|item_words }}"""
    return waiving.words_of(item)
