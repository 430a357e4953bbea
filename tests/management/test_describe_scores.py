"""Is what is written of the scores what the program has?"""

from django.core.management import call_command

from tests.guards.source import ROOT


def test_the_documentation_is_what_the_program_has(capsys):
    written = (ROOT / "docs" / "scores.md").read_text(encoding="utf-8")

    call_command("describe_scores", markdown=True)

    assert capsys.readouterr().out == written, "Run: manage.py describe_scores --markdown > docs/scores.md"
