"""Is an encrypted stream whole or not there, and does only the right key open it?"""

import io
import os
import random
import resource
import subprocess
import sys

import pytest

from tests.platform.backed_up import ROOT
from tumorboard.backups import archive, keys, sealed
from tumorboard.backups.errors import BackupError, Damaged, WrongKey


@pytest.fixture
def pair():
    private, public = keys.a_pair()
    return keys.private(private), keys.public([public])


PARTS = {"files/kept/aa": b"first", "files/kept/bb": b"", "database/000001": bytes(range(256)) * 700}


def pieces(parts=PARTS):
    writing = archive.Writing(0)
    for name, content in parts.items():
        yield from writing.part(name, content)
    yield from writing.end({"faults": []})


def read(path, identities) -> dict:
    with sealed.opened(path, identities) as stream:
        return dict(archive.Reading(stream).parts())


@pytest.fixture
def backup(tmp_path, pair):
    sealed.write(tmp_path / "one.age", pieces(), pair[1])
    return tmp_path / "one.age"


def test_what_was_written_is_read_back_and_is_for_its_owner_alone(backup, pair):
    assert read(backup, pair[0]) == PARTS
    assert backup.stat().st_mode & 0o777 == 0o600
    assert PARTS["database/000001"][:64] not in backup.read_bytes()


def test_it_can_be_opened_without_anything_of_ours(backup, pair):
    """By any program that knows age and tar."""
    import tarfile

    import pyrage

    plain = pyrage.decrypt(backup.read_bytes(), pair[0])
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        assert tar.extractfile("files/kept/aa").read() == b"first"
        assert tar.getnames()[-1] == "end.json"


def test_each_of_several_keys_opens_it_and_no_other(tmp_path):
    pairs = [keys.a_pair() for _ in range(3)]
    path = tmp_path / "for two.age"
    sealed.write(path, pieces(), keys.public(public for _private, public in pairs[:2]))

    for private, _public in pairs[:2]:
        assert read(path, keys.private(private)) == PARTS
    with pytest.raises(WrongKey, match="not encrypted to this key"):
        read(path, keys.private(pairs[2][0]))


def test_wherever_it_is_cut_off_it_is_damaged(backup, pair):
    whole = backup.read_bytes()
    # Also where a chunk of age ends (64 KiB and a tag of 16 bytes), behind its header.
    header = len(whole) - len(b"".join(pieces())) - 16 * 3
    places = {0, 1, 100, len(whole) // 2, len(whole) - 1, *(header + (65536 + 16) * n for n in (1, 2))}
    for place in places:
        backup.write_bytes(whole[:place])
        with pytest.raises(Damaged):
            read(backup, pair[0])
    backup.write_bytes(whole + b"x")
    with pytest.raises(Damaged):
        read(backup, pair[0])


def test_one_changed_byte_anywhere_is_noticed(backup, pair):
    whole = backup.read_bytes()
    chance = random.Random(7)
    for place in [0, 40, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(120))]:
        changed = bytearray(whole)
        changed[place] ^= 1
        backup.write_bytes(changed)
        with pytest.raises(BackupError):
            read(backup, pair[0])


def test_parts_that_are_not_what_their_digests_say_are_noticed(tmp_path, pair):
    """Whoever has the public key can encrypt anything; it must still be a backup in itself."""
    plain = b"".join(pieces())
    swapped = plain.replace(b"first", b"first"[::-1])
    short = plain[: plain.index(b"digests/")] + bytes(1024)
    unfinished = plain[: plain.index(b"end.json")] + bytes(1024)
    for number, wrong in enumerate((swapped, short, unfinished, b"no tar at all", b"")):
        path = tmp_path / f"{number}.age"
        sealed.write(path, (piece for piece in [wrong]), pair[1])
        with pytest.raises(Damaged):
            read(path, pair[0])


def test_what_fails_on_the_way_leaves_nothing(tmp_path, pair):
    def breaks_off():
        yield b"x" * 200_000
        raise BackupError("pg_dump failed")

    with pytest.raises(BackupError, match="pg_dump failed"):
        sealed.write(tmp_path / "one.age", breaks_off(), pair[1])
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_nothing(tmp_path, pair):
    """The kernel refuses the bytes after the first 100,000, as it does where no room is left."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(BackupError, match=r"could not be written: File too large\. Nothing was kept"):
            sealed.write(tmp_path / "one.age", pieces(), pair[1])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []


def test_nothing_that_is_there_is_replaced(backup, pair):
    before = backup.read_bytes()
    with pytest.raises(BackupError, match="is there already"):
        sealed.write(backup, pieces(), pair[1])
    assert backup.read_bytes() == before
    assert os.listdir(backup.parent) == [backup.name]


def test_keys_that_are_none_are_refused_without_showing_them():
    private, public = keys.a_pair()
    for wrong in ([], ["age1nonsense"], [private], [public, "x"]):
        with pytest.raises(BackupError) as refused:
            keys.public(wrong)
        assert private not in str(refused.value)
    for text in ("", "# nothing", "AGE-SECRET-KEY-1NONSENSE", public):
        with pytest.raises(BackupError):
            keys.private(text)
    assert len(keys.private(f"# a remark\n\n{private}\n")) == 1


PASSES = """
import resource, sys
from pathlib import Path
from tumorboard.backups import archive, keys, sealed
private, public = keys.a_pair()
def pieces():
    writing = archive.Writing(0)
    for number in range(12):
        yield from writing.part(f"database/{number:06}", bytes([number]) * (8 << 20))
    yield from writing.end({})
path = Path(sys.argv[1])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
sealed.write(path, pieces(), keys.public([public]))
with sealed.opened(path, keys.private(private)) as stream:
    count = sum(len(content) for _name, content in archive.Reading(stream).parts())
print(count, path.stat().st_size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_memory_does_not_grow_with_the_size(tmp_path):
    run = [sys.executable, "-c", PASSES, tmp_path / "big.age"]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    size, stored, grown = map(int, done.stdout.split())

    assert size == 12 * (8 << 20) < stored
    assert grown < 64_000, "kB; a few pieces of 8 MB, of 96"
