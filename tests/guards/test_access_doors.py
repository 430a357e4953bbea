"""Does every view come to its rows through the one door that asks who is asking?

What a browser names by an id is looked for among what the person may see, and nowhere else. This reads the
code of the views: an id that is looked up in a whole table fails here before anybody can try it.
"""

import ast
import re
import textwrap

import pytest

from tests.guards.source import calls, modules

# What narrows rows to those of the person who asks.
DOORS = re.compile(
    r"visible_to\(|visible\(request\.user\)|reviewable_by\(|overseen_by\(|request\.user\.\w+|seated\("
)
# Rows of something that was itself fetched through a door: the name of the loaded thing.
BELOW = {"case", "meeting", "item", "board", "recommendation", "shown"}
LOOKS_UP = {"get_object_or_404", "get_list_or_404"}
BY_ID = {"pk", "id", "pk__in", "id__in", "in_bulk"}
# Looked up in a whole table all the same, and why that tells nobody anything.
KNOWN = {
    "cases/views/attending.py _tick": "anybody with an account; the service asks for their seat or referral",
    "cases/views/case.py edit_referral": "the board of a case that came through the door",
    "cases/views/intake.py _boards": "the boards of the person's own seats",
    "cases/views/replying.py _asked": "the person whom a signed link names",
    "cases/views/specialist_input.py _ask_form": "who sits for the discipline of an input that came through",
}


def functions(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def spelt_out(
    expression: ast.expr, inside: ast.FunctionDef, known: dict[str, ast.FunctionDef], deep=4
) -> str:
    """The source of an expression with what its names and helpers of the same module stand for."""
    text = ast.unparse(expression)
    if not deep:
        return text
    names = {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}
    for node in ast.walk(inside):
        if isinstance(node, ast.Assign) and any(ast.unparse(target) in names for target in node.targets):
            text += "\n" + spelt_out(node.value, inside, known, deep - 1)
    for name in names & set(known):
        if known[name] is not inside:
            text += "\n" + ast.unparse(known[name])
    return text


def faults(path: str, tree: ast.Module) -> list[str]:
    known, found = functions(tree), []
    for function in known.values():
        for call in calls(function):
            name = ast.unparse(call.func)
            if name.rpartition(".")[2] in LOOKS_UP:
                source, narrowed = call.args[0], {keyword.arg for keyword in call.keywords} & BELOW
            elif isinstance(call.func, ast.Attribute) and call.func.attr in {"get", "filter", "in_bulk"}:
                keys = {keyword.arg for keyword in call.keywords}
                if (call.func.attr != "in_bulk" and not keys & BY_ID) or not re.search(
                    r"objects|manager", name
                ):
                    continue
                source, narrowed = call.func.value, keys & BELOW
            else:
                continue
            told = spelt_out(source, function, known)
            below = re.search(rf"\b({'|'.join(BELOW)})=", told)
            if not narrowed and not below and not DOORS.search(told):
                found.append(f"{path} {function.name}")
    return found


def test_what_a_browser_names_is_looked_for_among_what_the_person_may_see():
    found = {one for path, tree in modules("cases/views") for one in faults(path, tree)}

    assert found == set(KNOWN), "Load it through Model.objects.visible_to(request.user)"


@pytest.mark.parametrize(
    ("view", "is_faulty"),
    [
        ("case = get_object_or_404(Case, pk=pk)", True),
        ("case = Case.objects.get(pk=pk)", True),
        ("case = Case.objects.filter(pk=pk).first()", True),
        ("rows = Case.objects.select_related('board')\ncase = get_object_or_404(rows, pk=pk)", True),
        ("case = Case.objects.in_bulk([pk])", True),
        ("case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)", False),
        ("mine = Case.objects.visible_to(request.user)\ncase = get_object_or_404(mine.all(), pk=pk)", False),
        ("fact = get_object_or_404(Lesion, case=case, number=number)", False),
    ],
)
def test_the_reader_of_the_code_finds_what_it_looks_for(view, is_faulty):
    tree = ast.parse("def view(request, pk):\n" + textwrap.indent(view, "    "))

    assert bool(faults("x", tree)) == is_faulty
