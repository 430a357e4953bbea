"""How do dates, states and small parts look on every page?

Presentation only: nothing here asks the database.

{% icon "done" %}                                        a drawing from the sprite
{% status "block" "Blocked by 2" "Ki-67, SSTR PET" %}    word, shape, colour: block due done draft ask none
{% role_chip "SUR" "received" "Surgery" %}               received, draft, asked, overdue, not needed
{% lesion_pill 1 "resect" "L" %}                         the mark of the liver map
{% error_summary form other_form %}                      everything that is wrong, with links to the fields
{{ on|day }}  {{ at|moment:board.timezone }}  {{ born|age }}  {{ change|signed_number:0 }}
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from crispy_forms.templatetags.crispy_forms_filters import optgroups
from django import template
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html

from cases.domain.liver_map import MARKS, PLAN_WORDS, Mark
from cases.vocabulary import Absent

register = template.Library()

# Written out: what a date looks like must not hang on the server's language.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MINUS = "\N{MINUS SIGN}"

MESSAGE_ICONS = {"error": "block", "warning": "due", "success": "done"}
STATUS_ICONS = {"block": "block", "due": "due", "done": "done", "draft": "draft", "ask": "ask", "none": "na"}
# state of a contribution: (class, icon, word)
ROLE_STATES = {
    "received": ("done", "tick", "received"),
    "draft": ("draft", "draft", "draft"),
    "asked": ("ask", "ask", "asked"),
    "overdue": ("late", "due", "overdue"),
    "not needed": ("na", "na", "not needed"),
}
ROLE_STATE_OF_CODE = {"signed": "received", "not_needed": "not needed"}


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


@register.inclusion_tag("components/status.html")
def status(kind: str, words: str, detail: str = ""):
    return {"kind": kind, "icon": STATUS_ICONS[kind], "words": words, "detail": detail}


@register.inclusion_tag("components/role_chip.html")
def role_chip(code: str, state: str, name: str = ""):
    spoken = ROLE_STATE_OF_CODE.get(state.lower(), state.lower())
    kind, drawing, word = ROLE_STATES[spoken]
    return {"code": code, "kind": kind, "icon": drawing, "word": word, "name": name}


@register.simple_tag
def lesion_pill(number, plan: str = "", prefix: str = ""):
    """The same marks as on the liver map, for a plan's code or for a mark."""
    mark = _mark(plan)
    return format_html(
        '<span class="les les-{}">{}{}<span class="visually-hidden"> {}</span></span>',
        mark,
        prefix,
        number,
        PLAN_WORDS[mark],
    )


def _mark(plan: str) -> Mark:
    if not plan:
        return Mark.NONE
    return Mark(plan) if plan in set(Mark) else MARKS.get(plan.upper(), Mark.OTHER)


@register.filter
def day(on: date | None) -> str:
    """22-Nov-2026: no reader takes the day for the month."""
    if not on:
        return ""
    if isinstance(on, datetime):
        on = timezone.localtime(on).date() if timezone.is_aware(on) else on.date()
    return f"{on.day:02}-{MONTHS[on.month - 1]}-{on.year}"


@register.filter
def moment(at: datetime | None, zone: str | ZoneInfo = "") -> str:
    """22-Nov-2026 14:03, where the board sits."""
    if not at:
        return ""
    local = at.astimezone(ZoneInfo(str(zone))) if zone else timezone.localtime(at)
    return f"{day(local.date())} {local:%H:%M}"


@register.filter
def clock(at: datetime | None, zone: str | ZoneInfo = "") -> str:
    """14:03, where the board sits."""
    return moment(at, zone)[-5:]


@register.filter
def age(born: date | None, on: date | None = None) -> str:
    """68 y: completed years, today or on a day."""
    if not born:
        return ""
    on = on or timezone.localdate()
    return f"{on.year - born.year - ((on.month, on.day) < (born.month, born.day))} y"


@register.filter
def signed_number(value, decimals: int = 0) -> str:
    """+4, \N{MINUS SIGN}26, 0: a change says its direction, with a true minus."""
    if value in (None, ""):
        return ""
    written = f"{abs(float(value)):.{int(decimals)}f}"
    if not float(written):
        return written
    return f"{MINUS if float(value) < 0 else '+'}{written}"


@register.simple_tag(takes_context=True)
def error_summary(context, *forms, title: str = "Please check"):
    """Shown once on top of the page; forms below it then do not repeat what concerns no field."""
    context["summary_above"] = True
    found = [problem for form in forms if form for problem in problems(form)]
    return render_to_string("components/error_summary.html", {"problems": found, "title": title})


@register.filter
def problems(form) -> list[dict]:
    """Everything that is wrong with a form or with each form of a set, in the order of the page."""
    if hasattr(form, "forms"):
        whole = [{"message": message} for message in form.non_form_errors()]
        return whole + [problem for one in form.forms for problem in problems(one)]
    found = [{"message": message} for message in form.non_field_errors()]
    for bound in form:
        found += [{"anchor": anchor(bound), "label": bound.label, "message": text} for text in bound.errors]
    return found


@register.filter
def anchor(bound) -> str:
    """Where a link to this field puts the cursor."""
    if isinstance(bound.field.widget, RadioSelect | CheckboxSelectMultiple):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


@register.filter
def answers(bound) -> tuple[list[dict], list[dict]]:
    """The choices of a field that answer its question, and those that say why there is no answer."""
    told, absent = [], []
    for option in _options(bound):
        (absent if _is_absent(option) else told).append(option)
    return told, absent


@register.simple_tag
def choice(bound, option: dict, css: str = ""):
    """A radio button or tick box of a field. In Python, since a page may have hundreds."""
    classed = format_html(' class="{}"', css) if css else ""
    return format_html(
        '<input type="{}"{} name="{}" value="{}"{}>',
        option["type"],
        classed,
        bound.html_name,
        str(option["value"]),
        flatatt(option["attrs"]),
    )


def _options(bound) -> list[dict]:
    return [option for _, options, _ in optgroups(bound) for option in options]


def _is_absent(option: dict) -> bool:
    return str(option["value"]).upper() in Absent.values


@register.filter
def needs_mark(bound) -> bool:
    """'required' is only worth saying where the form has fields that are not."""
    visible = bound.form.visible_fields()
    return bound.field.required and any(not other.field.required for other in visible)
