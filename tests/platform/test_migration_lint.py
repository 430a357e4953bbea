"""Does the look at migrations find what would hold people up, and leave alone what would not?"""

import tomllib

import pytest

from tests.guards.source import ROOT
from tools.lint_migrations import ACCEPTED, accepted, codes_in, is_newer

OLD = 'ALTER TABLE "cases_case" '
PLAIN = 'ADD CONSTRAINT "a" CHECK ("n" > 0)'


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        ([OLD + 'ADD COLUMN "room" text NULL;'], set()),
        ([OLD + 'ADD COLUMN "n" int DEFAULT 0 NOT NULL;'], set()),
        # The default goes again at once: what the release before adds has no value.
        (
            [
                OLD + "ADD COLUMN \"room\" text DEFAULT '' NOT NULL;",
                OLD + 'ALTER COLUMN "room" DROP DEFAULT;',
            ],
            {"NOT_NULL"},
        ),
        ([OLD + 'ALTER COLUMN "room" SET NOT NULL;'], {"NOT_NULL"}),
        ([OLD + 'DROP COLUMN "place";'], {"DROP_COLUMN"}),
        ([OLD + 'RENAME COLUMN "place" TO "room";'], {"RENAME_COLUMN"}),
        ([OLD + 'ALTER COLUMN "place" TYPE varchar(20);'], {"ALTER_COLUMN"}),
        (['CREATE INDEX "i" ON "cases_case" ("place");'], {"CREATE_INDEX"}),
        (['CREATE INDEX CONCURRENTLY "i" ON "cases_case" ("place");'], set()),
        ([OLD + PLAIN + ";"], {"ADD_CONSTRAINT"}),
        ([OLD + PLAIN + " NOT VALID;"], set()),
        (['CREATE TABLE "cases_case" ("n" int);', OLD + PLAIN + ";"], set()),
        (
            [OLD + 'ADD CONSTRAINT "f" FOREIGN KEY ("b") REFERENCES "b" ("id") DEFERRABLE;'],
            {"ADD_CONSTRAINT"},
        ),
        ([OLD + 'ADD CONSTRAINT "e" EXCLUDE USING gist ("room" WITH =);'], {"ADD_EXCLUDE"}),
        (["BEGIN;", OLD + PLAIN + " NOT VALID;", OLD + 'VALIDATE CONSTRAINT "a";'], {"VALIDATE_AT_ONCE"}),
        ([OLD + 'VALIDATE CONSTRAINT "a";'], set()),
    ],
)
def test_what_is_found(statements, found):
    assert set(codes_in(statements)) == found


def test_newer_ones_are_asked_and_an_app_that_is_not_named_from_its_first():
    shipped = {"cases": "0011_unusual_access"}
    assert not is_newer("cases", "0011_unusual_access", shipped)
    assert is_newer("cases", "0012_steps", shipped)
    assert is_newer("files", "0001_initial", shipped)


def test_what_is_accepted_has_a_reason_and_is_there():
    shipped, reasons = accepted()
    folders = {path.parent.name: path for path in ROOT.glob("tumorboard/*/migrations")}
    folders["cases"] = ROOT / "cases" / "migrations"
    assert all((folders[app] / f"{name}.py").exists() for app, name in shipped.items())
    for (migration, _), reason in reasons.items():
        app, _, name = migration.partition(".")
        assert (folders[app] / f"{name}.py").exists()
        assert is_newer(app, name, shipped)
        assert len(reason.split()) >= 4
    assert "shipped" in tomllib.loads(ACCEPTED.read_text())
