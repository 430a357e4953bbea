"""Does the front end keep its own rules: nothing inline, nothing missing, every colour once and legible?"""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

ROOT = Path(settings.BASE_DIR)
OURS = ROOT / "static" / "tumorboard"
TEMPLATES = sorted([*ROOT.glob("templates/**/*.html"), *ROOT.glob("tumorboard/*/templates/**/*.html")])
STYLES = sorted(OURS.glob("**/*.css"))
SCRIPTS = sorted(OURS.glob("js/*.js"))
MAILS = ROOT / "templates" / "notices"

COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|oklch)\(", re.I)
NAMED = re.compile(r":[^;]*\b(?:white|black|red|green|blue|gray|grey|orange|yellow)\b(?!-)", re.I)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines(path: Path) -> list[str]:
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S).splitlines()


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_no_template_carries_style_or_script(template):
    html = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", template.read_text(), flags=re.S)
    html = re.sub(r"\{#[^\n]*?#\}|\{%.*?%\}", "", html)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']|javascript:|hx-on", html, re.I)
    if MAILS not in template.parents:  # a mail program reads no file of ours; a page shows mails in a sandbox
        assert not re.search(r"<style|\sstyle\s*=", html, re.I)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))
    assert "{#" not in html, "a comment over several lines is printed: use {% comment %}"


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_nothing_comes_from_elsewhere(template):
    if MAILS not in template.parents:
        assert not re.search(r"(?:src|href)=[\"']https?://", template.read_text())


def test_every_drawing_asked_for_is_in_the_sprite():
    drawn = re.findall(r'<symbol id="i-([a-z-]+)"', (OURS / "icons.svg").read_text())
    assert len(drawn) == len(set(drawn))
    asked = {found for path in TEMPLATES for found in re.findall(r'\{% icon "([a-z-]+)"', path.read_text())}
    code = (ROOT / "cases/templatetags/ui.py").read_text()
    asked |= set(re.findall(r'"[a-z]+": \("[a-z]+", "([a-z]+)"', code))
    asked |= set(re.findall(r': "([a-z]+)"', re.search(r"STATUS_ICONS = \{(.*?)\}", code).group(1)))
    assert asked <= set(drawn), asked - set(drawn)


def test_every_static_file_that_a_template_names_exists():
    named = {
        found
        for path in TEMPLATES
        for found in re.findall(r"\{% static [\"']([^\"']+)[\"']", path.read_text())
    }
    assert named
    assert not [path for path in named if finders.find(path) is None]


def test_every_file_that_a_style_names_exists():
    for path in STYLES:
        for found in re.findall(r'url\("([^"]+)"\)', path.read_text()):
            folder = (Path("tumorboard") / path.relative_to(OURS)).parent
            wanted = re.sub(r"[^/]+/\.\./", "", re.sub(r"[^/]+/\.\./", "", f"{folder}/{found}"))
            assert finders.find(wanted.replace("%5B", "[").replace("%5D", "]")), f"{name(path)}: {found}"


@pytest.mark.parametrize("style", STYLES, ids=name)
def test_colours_are_written_once_as_variables(style):
    """A literal colour may only stand in the definition of a variable; elsewhere the variable is used."""
    for line in lines(style):
        if not line.strip().startswith("--"):
            assert not COLOUR.search(line), line
            assert not NAMED.search(re.sub(r"white-space", "", line)), line


@pytest.mark.parametrize("style", STYLES, ids=name)
def test_styles_use_only_variables_that_exist(style):
    defined = {found for path in STYLES for found in re.findall(r"(--[a-z0-9-]+)\s*:", path.read_text())}
    used = set(re.findall(r"var\((--(?!bs-)[a-z0-9-]+)", style.read_text()))
    assert used <= defined, used - defined


@pytest.mark.parametrize("script", SCRIPTS, ids=name)
def test_scripts_evaluate_nothing_and_keep_nothing_of_a_patient(script):
    source = script.read_text()
    assert not re.search(
        r"\beval\(|new Function|document\.write|insertAdjacentHTML|https?://(?!www\.w3\.org/)", source
    )
    kept = re.findall(r"(?:localStorage|sessionStorage)\.setItem\(([^,]+),", source)
    assert set(kept) <= {"OFF", "key"}, kept


def tokens() -> dict[str, tuple[str, str]]:
    """Each colour's two values: light and dark."""
    found = re.findall(
        r"--tb-([a-z0-9-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)",
        (OURS / "css" / "tokens.css").read_text(),
    )
    return {token: (light, dark) for token, light, dark in found}


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


GROUNDS = ("bg", "surface", "sunken", "raised")
TEXT_ON = [
    *((ink, ground) for ink in ("ink", "ink-2", "block", "due", "done") for ground in GROUNDS),
    *(("accent", ground) for ground in ("bg", "surface", "sunken", "raised", "accent-soft")),
    *((f"{signal}", f"{signal}-soft") for signal in ("block", "due", "done")),
    *(("ink", f"{signal}-soft") for signal in ("accent", "block", "due", "done")),
    *(("ink-2", ground) for ground in ("accent-soft",)),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("wish-ink", "wish-bg"),
    ("wish-ink-2", "wish-bg"),
]
SEEN_ON = [(line, ground) for line in ("line-strong", "focus", "accent") for ground in GROUNDS]


def test_contrast_is_reckoned_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_can_be_read(text, ground, theme):
    colours = tokens()
    assert contrast(colours[text][theme], colours[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), SEEN_ON)
def test_borders_of_controls_and_focus_can_be_seen(line, ground, theme):
    colours = tokens()
    assert contrast(colours[line][theme], colours[ground][theme]) >= 3
