"""How do the words of several messages become the words of one?

Each message is words in a frame: a greeting before them and a signature behind. In plain text the frame is
"Dear ...", a blank line, the words, and the signature line of RFC 3676 section 4.3; in HTML the words stand
between two comments. Words without a frame are taken as they are: better a
frame too many than a link too few.
"""

import re
from collections.abc import Sequence

from django.utils.html import escape

SIGNATURE = "\n-- \n"
GREETING = re.compile(r"\ADear [^\n]*\n\s*\n")
BEGIN, END = "<!--words-->", "<!--/words-->"


def title_of(titles: Sequence[str]) -> str:
    return f"{len(titles)} messages: {titles[0]} and {len(titles) - 1} more"


def text_of(parts: Sequence[tuple[str, str]]) -> str:
    """Of (title, text): one greeting, each title as a heading above its words, one signature."""
    greeting, _, signature = _cut_text(parts[0][1])
    sections = [f"{title}\n{'-' * len(title)}\n\n{_cut_text(text)[1].strip()}" for title, text in parts]
    return greeting + "\n\n\n".join(sections) + f"\n{signature}"


def html_of(parts: Sequence[tuple[str, str]]) -> str:
    """Of (title, html), in the frame of the first; nothing when one has no marks: the text tells all."""
    if not all(_is_framed(html) for _, html in parts):
        return ""
    before, _, after = _cut_html(parts[0][1])
    titles = [title for title, _ in parts]
    for mark, words in (("title", title_of(titles)), ("preview", "; ".join(titles))):
        before = _said(before, mark, escape(words))
    sections = "\n".join(f"<h2>{escape(title)}</h2>\n{_cut_html(html)[1].strip()}" for title, html in parts)
    return f"{before}{BEGIN}\n{sections}\n{END}{after}"


def _said(frame: str, mark: str, words: str) -> str:
    """The frame is that of the first message: what it says of that one alone is said of all."""
    return re.sub(f"<!--{mark}-->.*?<!--/{mark}-->", lambda _: f"<!--{mark}-->{words}<!--/{mark}-->", frame)


def _cut_text(text: str) -> tuple[str, str, str]:
    words, sign, behind = text.rpartition(SIGNATURE)
    if not sign:
        words, behind = text, ""
    greeting = GREETING.match(words)
    begins = greeting.end() if greeting else 0
    return words[:begins], words[begins:], sign + behind


def _is_framed(html: str) -> bool:
    return html.count(BEGIN) == html.count(END) == 1 and html.index(BEGIN) < html.index(END)


def _cut_html(html: str) -> tuple[str, str, str]:
    before, _, rest = html.partition(BEGIN)
    words, _, after = rest.partition(END)
    return before, words, after
