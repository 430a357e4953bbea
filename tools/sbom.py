"""What is a hospital's installation made of? A bill of materials, CycloneDX 1.6, for each release.

python -m tools.sbom [FILE]    write it (var/sbom.json)

Packages and their hashes are those of requirements.txt, licences what the packages say of themselves; where a
package says it in no known word, LICENCES does. Inside a package: what its makers list, and BUNDLED.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

from cyclonedx.spdx import is_expression, is_supported_id

from tools.bundled import BUNDLED

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^(?P<name>[a-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>[^ ]+)(?: ; (?P<only>.+?))? \\$")
KEPT_OF_OTHERS = ("type", "name", "version", "purl", "licenses")

# Read in their licence files; the packages themselves say "BSD", "Dual License", or nothing.
LICENCES = {
    "amqp": "BSD-3-Clause",
    "async-timeout": "Apache-2.0",
    "billiard": "BSD-3-Clause",
    "click-plugins": "BSD-3-Clause",
    "clamav-client": "GPL-2.0-only",
    "colorama": "BSD-3-Clause",
    "django-csp": "BSD-3-Clause",
    "django-js-lib-bootstrap5": "MIT",
    "django-template-partials": "MIT",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "jinja2": "BSD-3-Clause",
    "prompt-toolkit": "BSD-3-Clause",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "pyrage": "MIT",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "qrcode": "BSD-3-Clause",
    "s3transfer": "Apache-2.0",
    "sqlparse": "BSD-3-Clause",
    "valkey": "MIT",
    "vine": "BSD-3-Clause",
    "wcwidth": "MIT",
}


def bill(at: datetime) -> dict[str, Any]:
    blocks = list(_blocks((ROOT / "requirements.txt").read_text("utf-8")))
    refs = {block["name"]: f"{block['name']}=={block['version']}" for block in blocks}
    needs: dict[str, list[str]] = {ref: [] for ref in ("tumorboard", *refs.values())}
    for block in blocks:
        for who in block["via"]:
            needs["tumorboard" if who == "tumorboard" else refs[who]].append(refs[block["name"]])
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "metadata": {"timestamp": at.isoformat(timespec="seconds"), "component": _ourselves()},
        "components": [*map(_package, blocks), *_images()],
        "dependencies": [{"ref": ref, "dependsOn": sorted(needed)} for ref, needed in needs.items()],
    }


def _ourselves() -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    about = {name: project[name] for name in ("name", "version", "description")}
    return {"type": "application", "bom-ref": "tumorboard"} | about


# -- packages ---------------------------------------------------------------------------------------------


def _blocks(requirements: str) -> Iterator[dict[str, Any]]:
    """Each pinned package with its hashes, where it is needed, and by whom."""
    block: dict[str, Any] = {}
    for line in requirements.splitlines():
        if pinned := PINNED.match(line):
            if block:
                yield block
            block = pinned.groupdict() | {"hashes": [], "via": []}
        elif found := re.match(r"    --hash=sha256:([0-9a-f]{64})", line):
            block["hashes"].append(found[1])
        elif found := re.match(r"    # (?:via |  )([a-z0-9._-]+)", line):
            block["via"].append(found[1])
    yield block


def _package(block: dict[str, Any]) -> dict[str, Any]:
    name, version = block["name"], block["version"]
    ref = f"{name}=={version}"
    part = {
        "type": "library",
        "bom-ref": ref,
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        "licenses": _licences(licence_of(name)),
        "externalReferences": [
            {
                "type": "distribution",
                "url": f"https://pypi.org/project/{name}/{version}/",
                "hashes": [{"alg": "SHA-256", "content": each} for each in block["hashes"]],
            }
        ],
    }
    if block["only"]:
        part["properties"] = [{"name": "tumorboard:only-where", "value": block["only"]}]
    inside = [*_listed_by_its_makers(name), *_bundled(name)]
    if inside:
        part["components"] = [
            each | {"bom-ref": f"{ref}/{number}/{each['name']}"} for number, each in enumerate(inside)
        ]
    return part


def licence_of(name: str) -> str:
    if name in LICENCES:
        return LICENCES[name]
    said = metadata.metadata(name).json
    for words in (said.get("license_expression"), said.get("license")):
        if isinstance(words, str) and (is_supported_id(words) or is_expression(words)):
            return words
    raise SystemExit(f"{name} names no licence by a known word: read its file, and add it to LICENCES.")


def _licences(words: str) -> list[dict[str, Any]]:
    return [{"license": {"id": words}} if is_supported_id(words) else {"expression": words}]


def _listed_by_its_makers(name: str) -> Iterator[dict[str, Any]]:
    """What wheels carry with them in dist-info/sboms."""
    try:
        files = metadata.files(name) or []
    except metadata.PackageNotFoundError:
        return
    for file in files:
        if file.parent.name == "sboms" and file.suffix == ".json":
            told = json.loads(Path(str(file.locate())).read_text("utf-8"))
            for each in told.get("components", []):
                if each["name"].replace("_", "-") != name:
                    yield {"type": "library"} | {key: each[key] for key in KEPT_OF_OTHERS if key in each}


def _bundled(name: str) -> Iterator[dict[str, Any]]:
    for what, licence, version_of, program in BUNDLED.get(name, []):
        part: dict[str, Any] = {"type": "library", "name": what, "version": version_of()}
        part["licenses"] = _licences(licence)
        if program:
            digest = sha256(Path(program()).read_bytes()).hexdigest()
            part["hashes"] = [{"alg": "SHA-256", "content": digest}]
        yield part


# -- images -----------------------------------------------------------------------------------------------


def _images() -> Iterator[dict[str, Any]]:
    """What the containers start from; of what is inside them their makers tell."""
    told = (ROOT / "docker-compose.yml").read_text("utf-8") + (ROOT / "Dockerfile").read_text("utf-8")
    found = set(re.findall(r"^(?:    image:|FROM) ([a-z/]+:[\w.-]+)", told, re.MULTILINE))
    for image in sorted(found):
        name, _, tag = image.partition(":")
        yield {"type": "container", "bom-ref": f"image {image}", "name": name, "version": tag}


def main() -> int:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var" / "sbom.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    made = bill(datetime.now(UTC))
    target.write_text(json.dumps(made, indent=1) + "\n", "utf-8")
    inside = sum(len(part.get("components", [])) for part in made["components"])
    print(f"{target}: {len(made['components'])} parts, {inside} more inside them.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
