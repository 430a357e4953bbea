"""What docker-compose.yml says, with its variables and secrets put in as Compose does it."""

import re
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES = COMPOSE["services"]
OURS = sorted(name for name, service in SERVICES.items() if service["image"].startswith("tumorboard"))
ONCE = {"migrate", "backup", "restore"}  # they end
OF_THE_OWNER = ONCE  # of the tables
LASTING = sorted(set(SERVICES) - ONCE)
OF_THE_HOSPITAL = {
    "SITE_URL": "https://board.hospital.example",
    "ALLOWED_HOSTS": "board.hospital.example,localhost",
    "CSRF_TRUSTED_ORIGINS": "https://board.hospital.example",
    "EMAIL_URL": "smtp+tls://board@relay.hospital.example:587",
    "OIDC_URL": "https://sign-in.hospital.example/realms/staff",
    "OIDC_CLIENT_ID": "board",
}


def filled_in(text: str, known: dict[str, str]) -> str:
    """${NAME:-default} and ${NAME:?words}, as in Compose; $$ is a dollar."""
    found = re.sub(
        r"(?<!\$)\$\{([A-Z_]+)(?::-([^}]*)|:\?[^}]*)\}", lambda match: known.get(match[1]) or match[2], text
    )
    return found.replace("$$", "$")


def environment(name: str, secrets: Path, known: dict[str, str] = OF_THE_HOSPITAL) -> dict[str, str]:
    """Of a service, as its processes see it; /run/secrets holds only what the service is given."""
    service = SERVICES[name]
    said = {key: filled_in(str(value), known) for key, value in service.get("environment", {}).items()}
    given = set(service.get("secrets", []))
    for key, value in said.items():
        for secret in re.findall(r"/run/secrets/(\w+)", value):
            place = secrets / secret if secret in given else Path("/run/secrets") / secret
            said[key] = said[key].replace(f"/run/secrets/{secret}", str(place))
    return (known if "env_file" in service else {}) | said


def make_secrets(folder: Path) -> Path:
    subprocess.run([ROOT / "deploy" / "secrets.sh", folder], capture_output=True, check=True)
    return folder


def settings_of(env: dict[str, str], *names: str, command: str = "-c") -> list[str]:
    """What the settings are for a process with nothing else in its environment."""
    code = [
        "import sys",
        f"sys.argv = ['manage.py', {command!r}]",
        "import tumorboard.settings as s, tumorboard.files.settings as files",
        *(f"print({name})" for name in names),
    ]
    run = [sys.executable, "-c", "\n".join(code)]
    env = {"LANG": "C.UTF-8"} | env
    done = subprocess.run(run, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
