"""Is every difference from a published figure told, and nothing else?"""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cases.domain import scores

PUBLISHED = Path(__file__).parents[1] / "data" / "score_cases.json"


def check(tmp_path, capsys, cases):
    file = tmp_path / "cases.json"
    file.write_text(json.dumps(cases))
    call_command("check_scores", str(file))
    return capsys.readouterr().out


def first_of(score):
    return next(one for one in json.loads(PUBLISHED.read_text()) if one["score"] == score)


def test_the_published_cases_are_all_as_published(capsys):
    call_command("check_scores", str(PUBLISHED))

    number = len(json.loads(PUBLISHED.read_text()))
    assert capsys.readouterr().out == f"{number} cases, {number} as published, 0 not\n"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"expected": {"status": "ok", "score": 6}}, "1 child_pugh: score should be 6 and is 5. Pugh"),
        ({"expected": {"points": {"albumin": 2}}}, "points.albumin should be 2 and is 1"),
        ({"expected": {"class": "B"}}, "class should be 'B' and is 'A'"),
        ({"expected": {"status": "incomplete"}}, "status should be 'incomplete' and is 'ok'"),
        ({"expected": {"colour": "red"}}, "colour should be 'red' and is None"),
        ({"score": "nonsense"}, "There is no score 'nonsense'"),
    ],
)
def test_a_difference_is_told_and_counted_and_fails(tmp_path, capsys, change, said):
    case = first_of("child_pugh")

    with pytest.raises(CommandError, match="2 cases, 1 as published, 1 not"):
        check(tmp_path, capsys, [case | change, case])
    assert said in capsys.readouterr().out


def test_numbers_may_differ_by_the_tolerance_and_no_more(tmp_path, capsys):
    case = first_of("child_pugh")
    near = case | {"expected": {"score": 5.009}, "tolerance": 0.01}

    assert "1 as published" in check(tmp_path, capsys, [near])
    with pytest.raises(CommandError):
        check(tmp_path, capsys, [near | {"tolerance": 0.001}])


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"score": "albi"}]'])
def test_a_file_that_holds_no_cases_is_told(tmp_path, text):
    file = tmp_path / "cases.json"
    file.write_text(text)

    with pytest.raises(CommandError, match=r"cases\.json"):
        call_command("check_scores", str(file))


def test_every_score_is_described(capsys):
    call_command("describe_scores")

    described = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in described] == [one.id for one in scores.all_scores()]
    assert all(one["source"] and one["version"] and one["inputs"] for one in described)
