"""How is an input of a score called on a page?

{{ item.name|input_words }}    "nodes of the primary"
{{ item.name|input_short }}    "node-positive primary": in a list
"""

from django import template

from cases.domain import score_names

register = template.Library()

register.filter("input_words", score_names.plain)
register.filter("input_short", score_names.short)
