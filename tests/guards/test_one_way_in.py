"""Is there one way in and one way out? What an import linter cannot see."""

import ast
import re

from django.apps import apps
from django.db import models

from tests.guards.source import ROOT, calls, modules

WRITES = {
    "save",
    "create",
    "bulk_create",
    "update",
    "bulk_update",
    "delete",
    "get_or_create",
    "update_or_create",
}
# Rooms from the first to the last: a model may point to its own room or an earlier one.
ROOMS = [
    "hospital",
    "board",
    "calendar",
    "quorum",
    "patient",
    "case",
    "emergency",
    "disease",
    "attachment",
    "specialist_input",
    "meeting",
    "reply",
    "publication",
    "room_session",
    "chase",
    "recommendation",
    "plan",
    "ratification",
    "letter",
    "follow_up",
    "intake",
    "unusual",
]


def room_of(model) -> str:
    return model.__module__.removeprefix("cases.models.").split(".")[0]


def pathway_models():
    return list(apps.get_app_config("cases").get_models())


def test_views_and_forms_write_nothing():
    found = [
        f"{path}:{call.lineno} {call.func.attr}"
        for path, tree in modules("cases/views", "cases/forms", "cases/queries", "cases/templatetags")
        for call in calls(tree)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in WRITES
        and not _is_a_plain_container(call.func.value)
    ]

    assert not found, "Call a service instead:\n" + "\n".join(found)


def _is_a_plain_container(receiver: ast.expr) -> bool:
    """dict.update and set.update write no rows; session data is the browser's, not the record."""
    text = ast.unparse(receiver)
    return not re.search(r"objects|\.filter\(|\.exclude\(|\.all\(\)|instance|form\b", text)


def test_the_status_of_a_case_is_written_in_one_file():
    writers = {
        path
        for path, tree in modules("cases")
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute)
        and target.attr == "status"
        and ast.unparse(target.value) == "case"
    }
    updaters = {
        path
        for path, tree in modules("cases")
        for call in calls(tree)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "update"
        and "Case.objects" in ast.unparse(call.func)
        and any(keyword.arg == "status" for keyword in call.keywords)
    }

    assert writers | updaters == {"cases/services/_steps.py"}


def test_foreign_keys_point_upstream():
    wrong = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in pathway_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model._meta.app_label == "cases"
        and ROOMS.index(room_of(field.related_model)) > ROOMS.index(room_of(model))
    ]

    assert not wrong


def test_nothing_clinical_is_deleted_with_something_else():
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in pathway_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is not models.PROTECT
    ]

    assert wrong == ["ActionLesion.action"], "Rows of a draft decision may go with it; all else is PROTECT."


def test_moments_and_people_come_in_pairs_that_the_database_keeps():
    wrong = []
    for model in pathway_models():
        names = {field.name for field in model._meta.concrete_fields}
        checks = {constraint.name for constraint in model._meta.constraints}
        for what in sorted(
            name.removesuffix("_by") for name in names if name.endswith("_by") and name != "by"
        ):
            nullable = f"{what}_at" in names and model._meta.get_field(f"{what}_at").null
            if (
                nullable
                and what not in {"referred"}
                and not any(f"{what}_at_and_by_together" in c for c in checks)
            ):
                wrong.append(f"{model.__name__}.{what}")

    assert not wrong


def test_every_pathway_row_keeps_its_past():
    untracked = {
        model.__name__
        for model in pathway_models()
        if not any(trigger.name == "keeps_its_past" for trigger in getattr(model._meta, "triggers", []))
    }

    # The first are append-only themselves; counters, a draft, an import and a screen that shows the record
    # are not the record.
    kept = {"StatusChange", "ImportedRecord", "UnusualAccess"}
    counters = {"CaseCounter", "SectionVersion"}
    assert untracked == {*kept, *counters, "Draft", "ImportRun", "ImportRow", "RoomSession"}


def test_every_scheduled_task_exists():
    from django.conf import settings

    from tumorboard.celery import app

    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert scheduled <= set(app.tasks), scheduled - set(app.tasks)


def test_one_leaf_a_migration_history():
    from django.db.migrations.loader import MigrationLoader

    graph = MigrationLoader(None).graph
    leaves: dict[str, int] = {}
    for app_label, _name in graph.leaf_nodes():
        leaves[app_label] = leaves.get(app_label, 0) + 1

    assert set(leaves.values()) == {1}


def test_files_and_functions_stay_small():
    long_files = [
        path
        for path, _tree in modules("cases", "tumorboard")
        if len((ROOT / path).read_text(encoding="utf-8").splitlines()) > 300 and path != "cases/vocabulary.py"
    ]
    long_functions = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in modules("cases", "tumorboard")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 40
    ]

    assert not long_files + long_functions
