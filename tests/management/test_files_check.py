"""Does the command find what is missing, changed or left over?"""

import os
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import a_case, a_file, board
from tumorboard.files import settings as of_files
from tumorboard.files import store

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, settings):
    settings.STORAGES = settings.STORAGES | {"default": of_files.store_at(f"file://{tmp_path}/files")}
    return tmp_path / "files"


def check(**how) -> str:
    out = StringIO()
    call_command("files_check", stdout=out, **how)
    return out.getvalue()


def left_over(folder, *, hours):
    path = folder / store.QUARANTINE / f"left-over-{hours}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    old = time.time() - hours * 3600
    os.utime(path, (old, old))
    return path


def test_all_is_well(folder):
    a_file(a_case(board()), b"content")

    assert "1 files of cases; 0 without a row found" in check(read=True)


def test_only_what_is_old_and_has_no_row_is_removed(folder):
    kept = a_file(a_case(board()), b"content")
    old, young = left_over(folder, hours=2), left_over(folder, hours=0)

    assert f"quarantine/{old.name}: belongs to no row" in check()
    assert old.exists()
    check(sweep=True)

    assert (old.exists(), young.exists(), (folder / kept.stored_as).exists()) == (False, True, True)


def test_a_row_without_its_file_fails(folder):
    file = a_file(a_case(board()), b"content")
    (folder / file.stored_as).unlink()

    with pytest.raises(CommandError, match="1 missing, 0 changed"):
        check()


def test_a_changed_file_is_found_by_reading(folder):
    file = a_file(a_case(board()), b"content")
    (folder / file.stored_as).write_bytes(b"Content")
    check()

    with pytest.raises(CommandError, match="0 missing, 1 changed"):
        check(read=True)
