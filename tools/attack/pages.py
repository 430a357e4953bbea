"""What do scanners find in the running application, as several people and as nobody?"""

import json
import re
import urllib.parse
from collections.abc import Iterable
from pathlib import Path

from .crawl import Form, Walk
from .findings import TOLD, Finding
from .listener import Listener
from .processes import CODE, PAGES, REPORTS, scan
from .target import Person

MODULES = (
    "backup,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,sql,ssrf,"
    "upload,xss"
)
NOT_ASKED = ("sign-out", "logout", "password", "sessions", "session", "second-step", "passkeys", "live")
LEVELS = {0: TOLD, 1: "low", 2: "medium", 3: "high", 4: "high"}
OPENAPI = Path(__file__).parent / "openapi.yml"
SQLMAP = ("--batch", "--disable-coloring", "--level=1", "--risk=1", "--technique=BEU", "--timeout=15")
INJECTED = re.compile(r"^Parameter: (?P<name>.+?) \((?P<place>[^)]+)\)", re.MULTILINE)
CLEAN = "do not appear to be injectable"
# Forms whose words reach a query as they were typed.
SEARCHES = re.compile(r"/search/|/find/|/people|/trail/|/messages|/chase|sign-in|/codes|/emergency|/refer")


def wapiti(walk: Walk, *, seconds: int, listener: Listener) -> tuple[list[Finding], str]:
    person = walk.person
    name = f"wapiti-{person.name or 'stranger'}"
    report = REPORTS / f"{name}.json"
    report.unlink(missing_ok=True)
    starts = [part for path in walk.addresses for part in ("-s", person.base + path)]
    left_out = [part for word in NOT_ASKED for part in ("-x", f"{person.base}/*{word}*")]
    signed_in = ["-C", person.cookie_header, "--drop-set-cookie"] if person.cookies else []
    scan(
        PAGES / "wapiti",
        *("-u", f"{person.base}/", "-d", "0", "--scope", "domain", "-m", MODULES, "-v", "1"),
        *("--max-scan-time", str(4 * seconds), "--max-attack-time", str(seconds), "--max-parameters", "60"),
        *("--endpoint", listener.address, "--no-bugreport", "--flush-session", "-t", "20"),
        *("--store-session", REPORTS / name, "--store-config", REPORTS / "wapiti-config"),
        *("-f", "json", "-o", report, "-dr", "1"),
        *signed_in,
        *starts,
        *left_out,
        log=name,
        patience=seconds * (len(MODULES.split(",")) + 6),
    )
    if not report.exists():
        return [Finding("wapiti", "no report", name, "it ended without one", "high")], "no report"
    said = json.loads(report.read_text())
    return list(_of_wapiti(said, person)), f"{said['infos'].get('crawled_pages_nbr', '?')} addresses"


def _of_wapiti(said: dict, person: Person) -> Iterable[Finding]:
    for group, least in (("vulnerabilities", 1), ("anomalies", 1), ("additionals", 0)):
        for rule, several in said[group].items():
            for one in several:
                where = f"{one['method']} {one['path']}" + (
                    f" {one['parameter']}" if one["parameter"] else ""
                )
                words = f"{one['info']} (as {person.name or 'nobody'})"
                level = LEVELS[max(int(one["level"]), least)]
                yield Finding("wapiti", rule, where, words.replace(person.base, ""), level)


def sqlmap(walk: Walk, *, most: int) -> tuple[list[Finding], str]:
    """Every parameter of an address, and of the forms that search."""
    person, found, clean = walk.person, [], 0
    forms = [one for one in walk.forms.values() if one.method == "POST" and SEARCHES.search(one.action)]
    jobs: list[tuple[str, list[str]]] = [(one, ["-u", person.base + one]) for one in walk.asked]
    jobs += [(f"POST {one.action}", _posted(person, one)) for one in forms]
    for number, (where, arguments) in enumerate(jobs[:most]):
        name = f"sqlmap-{person.name or 'stranger'}-{number}"
        cookies = [f"--cookie={person.cookie_header}"] if person.cookies else []
        done = scan(
            PAGES / "sqlmap",
            *arguments,
            *SQLMAP,
            *cookies,
            "--param-exclude=csrfmiddlewaretoken|sessionid|csrftoken",
            "--ignore-redirects",
            f"--output-dir={REPORTS / 'sqlmap'}",
            "--flush-session",
            log=name,
            patience=240,
        )
        hits = [
            Finding("sqlmap", "SQL injection", f"{where} {one['name']}", one["place"], "high")
            for one in INJECTED.finditer(done.stdout)
        ]
        found += hits
        clean += CLEAN in done.stdout
        if not hits and CLEAN not in done.stdout:
            found.append(Finding("sqlmap", "not tried", where, _why(done.stdout), "low"))
    return found, f"{clean} of {len(jobs[:most])} addresses and forms tried and clean"


def _posted(person: Person, form: Form) -> list[str]:
    token = person.cookies.get("csrftoken", "")
    fields = {name: value or "1" for name, value in form.fields} | {"csrfmiddlewaretoken": token}
    return ["-u", person.base + form.action, f"--data={urllib.parse.urlencode(fields)}"]


def _why(said: str) -> str:
    told = [line for line in said.splitlines() if "[CRITICAL]" in line or "[ERROR]" in line]
    return (told or ["stopped before its end"])[-1][:160]


def schemathesis(person: Person, *, seconds: int) -> tuple[list[Finding], str]:
    report = REPORTS / "schemathesis.json"
    report.unlink(missing_ok=True)
    token = person.cookies.get("csrftoken", "")
    headers = {"Cookie": person.cookie_header, "X-CSRFToken": token, "Referer": person.base}
    done = scan(
        CODE / "schemathesis",
        *("run", OPENAPI, "--url", person.base, "--max-time", str(seconds), "--no-color"),
        *("--checks", "not_a_server_error,status_code_conformance,content_type_conformance"),
        *("--checks", "response_schema_conformance"),
        *("--report", "ndjson", "--report-ndjson-path", report, "--continue-on-failure"),
        *(part for name, value in headers.items() for part in ("-H", f"{name}: {value}")),
        log="schemathesis",
        patience=seconds * 4 + 60,
    )
    failed = re.findall(r"^_{3,} (?P<where>[A-Z]+ \S+) _{3,}$", done.stdout, re.MULTILINE)
    found = [
        Finding("schemathesis", "answers otherwise", one, "see schemathesis.log", "medium") for one in failed
    ]
    if done.returncode not in (0, 1):
        found.append(Finding("schemathesis", "did not run", "openapi.yml", done.stderr[-200:], "high"))
    cases = re.search(r"(\d+) generated", done.stdout)
    return found, f"{cases[1] if cases else '?'} requests"


def fetched(listener: Listener) -> list[Finding]:
    return [
        Finding("listener", "fetched", one, "the application asked for it", "high")
        for one in listener.came_in
    ]


def errors(log: Path) -> list[Finding]:
    """What the application itself complained of while it was attacked."""
    seen: dict[tuple, Finding] = {}
    for line in log.read_text(errors="replace").splitlines():
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict) and (said.get("level") == "ERROR" or int(said.get("status") or 0) >= 500):
            where = f"{said.get('method', '')} {said.get('route') or said.get('logger', '')}".strip()
            what = said.get("exception") or {"type": said.get("event", "")}
            words = " ".join([str(what.get("type", "")), *what.get("at", [])[-1:]])[-200:]
            seen[where, words] = Finding("web.log", "500", where, words, "high")
    return list(seen.values())
