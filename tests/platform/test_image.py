"""What comes into the image that a hospital runs, and is one version said everywhere?"""

import re
import subprocess
import tomllib

import pytest

from tests.platform.composed import ROOT
from tumorboard.version import VERSION

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
# By hand: of the sources nothing else is needed to run.
COPIED = {"requirements.txt", "manage.py", "pyproject.toml", "tumorboard", "cases", "templates", "static"}
# Files beside them that are for people or for tests.
NOT_RUN = {"cases/access.txt", "cases/exchange/samples/README.md"}


def tracked(*places):
    done = subprocess.run(["git", "ls-files", "-z", *places], cwd=ROOT, capture_output=True, check=True)
    return [name for name in done.stdout.decode().split("\0") if name]


def matcher(pattern):
    """One line of .dockerignore: ** is any number of folders, * is within one name."""
    parts = re.split(r"(\*\*/|\*\*|\*)", pattern)
    words = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*"}
    return re.compile("".join(words.get(part, re.escape(part)) for part in parts) + "(?:/.*)?$")


RULES = [
    (not line.startswith("!"), matcher(line.removeprefix("!")))
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def enters(name):
    """The last line that speaks of a file counts."""
    said = [is_kept_out for is_kept_out, pattern in RULES if pattern.match(name)]
    return not (said and said[-1])


def test_the_image_is_made_of_the_listed_folders_and_no_others():
    copies = re.findall(r"^(?:COPY|ADD) (.+)$", DOCKERFILE, re.MULTILINE)
    sources = {word for line in copies if "--from" not in line for word in line.split()[:-1]}
    assert sources == COPIED
    assert not re.search(r"^ADD|https?://|curl|wget", DOCKERFILE, re.MULTILINE)


def test_every_file_that_runs_enters_the_image():
    kept_out = {name for name in tracked(*COPIED) if not enters(name)}
    assert kept_out == NOT_RUN


@pytest.mark.parametrize(
    "name",
    [
        ".env",
        "tumorboard/.env",
        "secrets/secret_key",
        "cases/dump.sql",
        "cases/patients.xlsx",
        "static/key.pem",
        "templates/letter.html.orig",
        "tumorboard/__pycache__/settings.cpython-311.pyc",
        "tests/conftest.py",
        "tools/lock.py",
        "var/files/ab/cd",
        "backups/tumorboard-2026.age",
        ".git/config",
        "docker-compose.yml",
        "deploy/secrets.sh",
    ],
)
def test_what_lies_about_does_not(name):
    assert not enters(name)


def test_images_are_of_a_stated_version():
    starts = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert len(starts) == 2
    assert all(re.fullmatch(r"[a-z]+:\d[\w.-]+", image) for image in starts)


def test_packages_come_by_their_hashes_alone():
    [install] = re.findall(r"pip install .*", DOCKERFILE)
    assert "--require-hashes -r requirements.txt" in install


def test_one_version_is_said_everywhere():
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)[1]
    locked = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
    [ours] = [package["version"] for package in locked if package["name"] == "tumorboard"]
    images = set(re.findall(r"image: tumorboard:(\S+)", (ROOT / "docker-compose.yml").read_text("utf-8")))
    assert (newest, ours, images) == (VERSION, VERSION, {VERSION})
