"""What may stand in a log line?

Only what is listed here. Message texts are written as their template, without the values, because a value
may be a patient's; of an exception its type and place are kept, never its text, where PostgreSQL quotes rows.
"""

import json
import logging
import time
import traceback
import uuid
from datetime import UTC, datetime

FIELDS = (
    "request_id",
    "method",
    "route",
    "status",
    "status_code",
    "ms",
    "user",
    "task",
    "job",
    "row",
    "kind",
    "code",
    "count",
    "seal",
    "directive",
    "blocked",
)
UNREADABLE = "Invalid request"  # what follows is the line as it came, with what somebody asked for
# These speak of processes and connections, never of a case; but for what an error says.
MACHINERY = ("gunicorn.error", "celery.beat", "celery.worker", "celery.apps", "tumorboard.embedded")
FRAMES = 12


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": self._event(record),
        }
        line |= {name: record.__dict__[name] for name in FIELDS if name in record.__dict__}
        if isinstance(record.args, dict) and "name" in record.args:  # Celery names its task this way
            line["task"] = record.args["name"]
        if record.exc_info and record.exc_info[1]:
            line["exception"] = exception_without_text(record.exc_info[1])
        return json.dumps(line, default=lambda value: type(value).__name__)

    def _event(self, record: logging.LogRecord) -> str:
        if record.name == "django.request":
            return "a view failed"
        said = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        if record.name == "gunicorn.error" and said.startswith(UNREADABLE):
            return UNREADABLE
        if record.name.startswith(MACHINERY) and not record.exc_info:
            return record.getMessage()
        return said


def exception_without_text(error: BaseException) -> dict:
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    told: dict = {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
    if error.__cause__:
        told["cause"] = exception_without_text(error.__cause__)
    return told


class RequestLineMiddleware:
    """One line a request, by its route: addresses carry keys, and queries carry what was searched for."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.log = logging.getLogger("tumorboard.requests")

    def __call__(self, request):
        began = time.perf_counter()
        request.id = uuid.uuid4().hex
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request.id
        match = request.resolver_match
        user = getattr(request, "_cached_user", None)  # only if the view has loaded it
        fields = {
            "request_id": request.id,
            "method": request.method,
            "route": match.route if match else None,
            "status": response.status_code,
            "ms": round((time.perf_counter() - began) * 1000),
            "user": user.pk if user else None,
        }
        self.log.info("request", extra=fields)
        return response


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "tumorboard.logs.JsonLines"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["lines"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},  # refusals have their request line already
        "django.server": {"handlers": [], "propagate": True, "level": "WARNING"},
        "gunicorn.error": {"handlers": [], "propagate": True, "level": "INFO"},
        "gunicorn.access": {"handlers": [], "propagate": False},
        "celery.worker.strategy": {"level": "WARNING"},  # the ticks would fill the file
        "celery.app.trace": {"level": "WARNING"},
    },
}
