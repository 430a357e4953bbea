"""Running text keeps its dates whole, and stays text."""

from django.template import Context, Template


def shown(text):
    return Template("{% load reading %}{{ text|days_kept_whole }}").render(Context({"text": text}))


def test_a_date_stays_on_one_line():
    assert shown("by 02-Dec-2026, or later") == 'by <span class="nowrap">02-Dec-2026</span>, or later'


def test_hostile_text_stays_text():
    assert shown("<b>02-Dec-2026</b> & so") == (
        '&lt;b&gt;<span class="nowrap">02-Dec-2026</span>&lt;/b&gt; &amp; so'
    )


def test_what_only_looks_like_a_date_is_left_alone():
    assert shown("segments 5-6, 2-stage") == "segments 5-6, 2-stage"
