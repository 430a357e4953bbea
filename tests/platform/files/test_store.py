"""Do files lie where they should, on a disk and in an S3-compatible store, for nobody else to read?"""

import os
import re
import stat
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured

from tumorboard.backups import making
from tumorboard.backups.errors import BackupError
from tumorboard.embedded.processes import end_with_parent
from tumorboard.files import settings as of_files
from tumorboard.files import store
from tumorboard.files.errors import Gone

KEY = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "eu-west-2"}


@pytest.fixture(scope="module")
def s3(tmp_path_factory):
    """The address of a real server of the protocol on loopback, as a process of its own."""
    log = tmp_path_factory.mktemp("s3") / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"],
            stdout=out,
            stderr=out,
            preexec_fn=end_with_parent(),  # noqa: PLW1509
        )
    deadline = time.monotonic() + 90
    while not (found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text())):
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)
    yield found[0]
    process.terminate()
    process.wait(30)


@pytest.fixture
def on_disk(tmp_path, settings):
    folder = tmp_path / "files"
    settings.STORAGES = settings.STORAGES | {"default": of_files.store_at(f"file://{folder}")}
    return folder


@pytest.fixture
def in_s3(s3, settings, monkeypatch):
    for name, value in {
        "ENDPOINT": s3,
        "REGION": KEY["region_name"],
        "KEY_ID": KEY["aws_access_key_id"],
        "KEY": KEY["aws_secret_access_key"],
    }.items():
        monkeypatch.setattr(of_files, name, value)
    client = boto3.client("s3", endpoint_url=s3, **KEY)
    client.create_bucket(Bucket="board", CreateBucketConfiguration={"LocationConstraint": KEY["region_name"]})
    settings.STORAGES = settings.STORAGES | {"default": of_files.store_at("s3://board/files")}
    yield client
    for one in client.list_objects_v2(Bucket="board").get("Contents", []):
        client.delete_object(Bucket="board", Key=one["Key"])
    client.delete_bucket(Bucket="board")
    client.close()


@pytest.fixture(params=["on_disk", "in_s3"])
def either(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def report(tmp_path) -> Path:
    path = tmp_path / "report"
    path.write_bytes(b"A report. " * 1000)
    return path


def test_a_file_comes_moves_and_goes(either, report, tmp_path):
    name = store.put(report)
    kept = store.copy(name, to=store.KEPT)

    assert re.fullmatch(r"quarantine/[0-9a-f]{32}", name)
    assert re.fullmatch(r"kept/[0-9a-f]{32}", kept)
    assert {one for one, _ in store.names()} == {name, kept}
    assert all(at.tzinfo and abs(at.timestamp() - time.time()) < 60 for _, at in store.names())
    store.fetch(kept, tmp_path / "back")
    assert (tmp_path / "back").read_bytes() == report.read_bytes()
    store.remove(name)
    store.remove(name)
    assert {one for one, _ in store.names()} == {kept}


def test_what_is_missing_is_said_so(either, tmp_path):
    with pytest.raises(Gone), store.opened("kept/nothing") as file:
        file.read()
    with pytest.raises(Gone):
        store.fetch("kept/nothing", tmp_path / "back")


def test_what_is_put_back_has_its_name_and_replaces_nothing(either):
    assert store.put_back("kept/as-it-was", b"a report") is True
    assert store.put_back("kept/as-it-was", b"a report") is False
    with pytest.raises(Gone, match="Another file lies at"):
        store.put_back("kept/as-it-was", b"another")
    with store.opened("kept/as-it-was") as file:
        assert file.read() == b"a report"
    assert [name for name, _ in store.names()] == ["kept/as-it-was"]


def test_a_backup_tells_what_is_missing_from_a_store_that_is_away(either, settings, monkeypatch, tmp_path):
    assert making._read("kept/nothing") == (None, "missing")
    monkeypatch.setattr(of_files, "ENDPOINT", "http://127.0.0.1:9")
    settings.STORAGES = settings.STORAGES | {"default": of_files.store_at("s3://board/files")}
    with pytest.raises(BackupError, match="does not answer"):
        making._read("kept/nothing")


def test_an_empty_store_lists_nothing(either):
    assert list(store.names()) == []


def test_on_a_disk_nobody_else_may_read(on_disk, report):
    path = on_disk / store.put(report)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_in_s3_objects_are_private_and_encrypted_by_the_server(in_s3, s3, report):
    name = store.put(report)

    held = in_s3.head_object(Bucket="board", Key=f"files/{name}")
    assert held["ServerSideEncryption"] == "AES256"
    owner = in_s3.get_object_acl(Bucket="board", Key=f"files/{name}")
    assert {grant["Grantee"]["Type"] for grant in owner["Grants"]} == {"CanonicalUser"}
    with pytest.raises(HTTPError) as closed, urlopen(f"{s3}/board/files/{name}"):
        pass
    closed.value.close()
    assert closed.value.code == 403


def test_a_store_that_is_away_is_said_so_and_not_waited_for_long(in_s3, settings, monkeypatch, report):
    from botocore.config import Config

    gone = of_files.store_at("s3://board/files")
    gone["OPTIONS"] |= {
        "endpoint_url": "http://127.0.0.1:9",
        "client_config": Config(connect_timeout=1, retries={"max_attempts": 0}),
    }
    settings.STORAGES = settings.STORAGES | {"default": gone}

    with pytest.raises(Gone):
        store.put(report)


@pytest.mark.parametrize("url", ["s3://", "ftp://x/y", "https://x/y"])
def test_another_address_of_a_store_is_refused_at_the_start(url):
    with pytest.raises(ImproperlyConfigured):
        of_files.store_at(url)


def test_the_readers_program_knows_no_secret(tmp_path):
    """What a hostile file could read in that process: nothing of ours."""
    from tumorboard.files import apart

    seen = {}

    class Spy:
        TimeoutExpired = subprocess.TimeoutExpired
        DEVNULL = subprocess.DEVNULL

        @staticmethod
        def run(command, **how):
            seen.update(how["env"])
            return subprocess.run(command, **how)  # noqa: PLW1510

    original, apart.subprocess = apart.subprocess, Spy
    try:
        path = tmp_path / "in"
        path.write_bytes(b"%PDF-")
        with pytest.raises(Exception, match="damaged"):
            apart.check("pdf", "PDF", path, tmp_path / "out")
    finally:
        apart.subprocess = original
    assert set(seen) == {"PATH", "LANG", "TMPDIR", "PYTHONDONTWRITEBYTECODE"}
    assert os.environ["DATABASE_URL"] not in seen.values()
