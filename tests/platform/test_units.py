"""Do the units for systemd run the same processes as the containers, with the same secrets, and as confined?

Where systemd-analyze is on the machine, systemd itself reads them too; no unit is started.
"""

import re
import shutil
import subprocess
from collections import defaultdict

import pytest

from tests.platform.composed import COMPOSE, ROOT, SERVICES

FOLDER = ROOT / "deploy" / "systemd"
SHARED = FOLDER / "tumorboard-.service.d" / "confined.conf"
LASTING = ("web", "worker", "ticker", "beat")
MANY = {  # that may be given several times
    "Environment",
    "EnvironmentFile",
    "LoadCredential",
    "StateDirectory",
    "ExecStart",
    "After",
    "Requires",
    "SystemCallFilter",
    "Wants",
}
PROGRAMS = "/opt/tumorboard/.venv/bin/"
# As systemd itself weighs it, from 0 to 10: below 2 is its "OK".
EXPOSURE = 20


def read(*files):
    told = defaultdict(list)
    for line in "\n".join(file.read_text("utf-8") for file in files).splitlines():
        if (found := re.match(r"(\w+)=(.*)", line)) and not line.startswith("#"):
            told[found[1]].append(found[2])
    return told


def service(name):
    return read(FOLDER / f"tumorboard-{name}.service", SHARED)


def variables(unit):
    return dict(pair.split("=", 1) for line in unit["Environment"] for pair in line.split())


@pytest.mark.parametrize("name", ["web", "worker", "ticker", "beat", "backup"])
def test_they_run_what_the_containers_run(name):
    [run] = service(name)["ExecStart"]
    ours = run.removeprefix(PROGRAMS).replace("/var/lib/tumorboard", "/srv").split(" -n ")[0].split()
    image = ["gunicorn", "--config", "python:tumorboard.gunicorn_conf", "tumorboard.wsgi"]
    assert ours == SERVICES[name].get("command", image)


def test_tables_are_made_before_by_their_owner_as_in_containers():
    run = [line.removeprefix(PROGRAMS) for line in service("migrate")["ExecStart"]]
    assert " && ".join(run[1:]) == SERVICES["migrate"]["command"][-1]
    for name in LASTING:
        assert "tumorboard-migrate.service" in " ".join(service(name)["Requires"]), name
        assert "tumorboard-migrate.service" in " ".join(service(name)["After"]), name


@pytest.mark.parametrize("name", ["migrate", "backup", *LASTING])
def test_each_gets_the_secrets_that_its_container_gets(name):
    unit = service(name)
    loaded = dict(line.split(":", 1) for line in unit["LoadCredential"])
    assert loaded == {secret: f"/etc/tumorboard/secrets/{secret}" for secret in SERVICES[name]["secrets"]}
    files = {key: value for key, value in variables(unit).items() if key.endswith("_FILE")}
    of_container = {
        key: value.replace("/run/secrets", "%d")
        for key, value in SERVICES[name]["environment"].items()
        if value.startswith("/run/secrets")
    }
    files.pop("AUDIT_SEAL_FILE", None)
    assert files == of_container
    assert set(loaded) <= set(COMPOSE["secrets"])


@pytest.mark.parametrize("name", LASTING)
def test_what_ends_comes_back_within_limits(name):
    unit = service(name)
    assert unit["Restart"] == ["always"]
    assert unit["MemoryMax"]
    assert unit["TasksMax"]


def test_what_all_share_is_said_once_and_overrides_nothing():
    shared = set(read(SHARED)) - MANY
    for file in FOLDER.glob("*.service"):
        assert not shared & set(read(file)), file.name
    for key, values in read(SHARED).items():
        assert key in MANY or len(values) == 1, key


def test_they_write_only_into_the_folder_of_their_state():
    for file in FOLDER.glob("*.service"):
        unit = read(file, SHARED)
        assert "ReadWritePaths" not in unit
        assert unit["ProtectSystem"] == ["strict"]
        assert unit["User"] == ["tumorboard"]
        places = re.findall(r"/var/lib/([\w/]+)", " ".join(unit["Environment"] + unit["ExecStart"]))
        made = " ".join(unit["StateDirectory"]).split()
        assert {"/".join(place.split("/")[:1]) for place in places} <= set(made), file.name


if shutil.which("systemd-analyze"):

    @pytest.fixture
    def units(tmp_path):
        """A copy whose programs exist on this machine."""
        copied = shutil.copytree(FOLDER, tmp_path / "units")
        for file in copied.glob("*.service"):
            file.write_text(re.sub(rf"{PROGRAMS}\w+", shutil.which("true"), file.read_text()))
        return copied

    def analyze(units, *arguments):
        # With the colon systemd's own folders are looked in too.
        env = {"SYSTEMD_UNIT_PATH": f"{units}:", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
        run = ["systemd-analyze", *arguments]
        return subprocess.run(run, env=env, capture_output=True, text=True, check=False)

    def test_systemd_understands_every_line(units):
        files = sorted(str(file) for file in units.iterdir() if file.is_file())
        done = analyze(units, "verify", "--man=no", *files)
        assert (done.returncode, done.stderr) == (0, "")

    @pytest.mark.parametrize("name", ["web", "worker", "ticker", "beat", "migrate", "backup", "daily"])
    def test_systemd_finds_them_well_confined(units, name):
        file = str(units / f"tumorboard-{name}.service")
        done = analyze(units, "security", "--offline=true", f"--threshold={EXPOSURE}", "--no-pager", file)
        assert done.returncode == 0, done.stdout[-200:]
